import { ReportView, type ReportViewProps } from './report-view.tsx';

/** A whole document of a report, to be read without the service: its styles are in it, and nothing else is asked for. */
export function StandaloneReport({ styles, ...view }: ReportViewProps & { styles: string }) {
  const { content } = view;
  return (
    <html lang="en-GB" class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <title>{`${content.title} – ${content.serviceName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body class="govuk-template__body">
        <div class="govuk-width-container">
          <main class="govuk-main-wrapper">
            <ReportView {...view} />
          </main>
        </div>
      </body>
    </html>
  );
}
