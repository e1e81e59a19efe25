import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button, InsetText, SummaryList, Tag, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { Refusal } from '../../platform/refusal.ts';
import { kindOfReport } from '../compute-report.ts';
import { narrativeFaults } from '../narrative.tsx';
import { periodInWords } from '../period-words.ts';
import { exposedInWords } from '../publish-report.ts';
import { askToPublish, refreshFigures, submitReport, wroteAnyOf } from '../report-commands.ts';
import { sectionsOf, type WrittenSection } from '../report-document.ts';
import type { Edition, ReportFigures } from '../report-figures.ts';
import {
  figuresOf,
  findReport,
  listPublished,
  type PublishedEdition,
  type PublishStage,
  type Report,
  textsOf,
  type WorkedOut,
} from '../report-queries.ts';
import { editionInWords, kindInWords, stateInWords } from '../report-words.ts';
import { warningOfShortPublic } from '../short-in-public.ts';
import { reportsPage, writers } from './reports-page.tsx';

export const reportParams = z.object({ report: z.uuid() });

/** Everything about a report that is under way, and what can be done with it now. */
export const reportPage = page({
  path: '/reports/:report',
  for: writers,
  params: reportParams,
  form: z.object({ act: z.enum(['refresh', 'submit', 'publish'], { error: 'Choose what to do' }) }),

  async get({ tx, asker, params }) {
    const report = await findReport(tx, params.report);
    if (!report) return missing();
    await lookAt(tx, report);
    const texts = await textsOf(tx, report.id);
    const figures = await figuresOf(tx, report.id);
    const faults = faultsOf(texts, figures);
    const sections = sectionsOf(kindOfReport(report.kind).chapters);
    const published =
      report.state === 'published'
        ? (await listPublished(tx)).filter(({ reportId }) => reportId === report.id)
        : [];
    return show(
      report.title,
      <>
        <h1 class="govuk-heading-l">{report.title}</h1>
        <p class="govuk-body">
          <Tag>{stateInWords[report.state]}</Tag>
        </p>
        {report.state === 'draft' && report.sentBack !== '' && (
          <InsetText>
            It was sent back: <span class="hw-text">{report.sentBack}</span>
          </InsetText>
        )}
        <About report={report} />
        <NextStep
          isWorkedOut={isWorkedOut(report, figures)}
          exposed={exposedIn(figures)}
          short={report.state === 'draft' ? await warningOfShortPublic(tx, report) : null}
          report={report}
          faults={faults}
          wrote={await wroteAnyOf(tx, report.id, asker.accountId)}
          asker={asker}
          published={published}
        />
        <h2 class="govuk-heading-m">Read it</h2>
        <ul class="govuk-list">
          {report.editions.map((edition) => (
            <li>
              <a class="govuk-link" href={`/reports/${report.id}/preview/${edition}`}>
                {editionInWords[edition]} as it is now
              </a>
            </li>
          ))}
        </ul>
        {report.state !== 'published' && (
          <Sections report={report} sections={sections} texts={texts} faults={faults} />
        )}
      </>,
      { backTo: reportsPage.url() },
    );
  },

  async post({ tx, params }, { act }) {
    const report = await findReport(tx, params.report, true);
    if (!report) return missing();
    const here = addressOf(report);
    if (act === 'publish') {
      if (report.state !== 'signed-off')
        return redirect(here, { notice: 'It is not signed off, so it is not published' });
      if (report.publishFault === '') return redirect(here, { notice: 'It is being published already' });
      await askToPublish(tx, report);
      return redirect(here, { notice: 'It is being published: every figure is worked out again first' });
    }
    if (report.state !== 'draft')
      return redirect(here, { notice: 'It was submitted already, and is not changed any more' });
    if (act === 'submit') {
      const figures = await figuresOf(tx, report.id);
      if (!isWorkedOut(report, figures))
        return redirect(here, { notice: 'It is not submitted: its public edition is not worked out yet' });
      if (exposedIn(figures).length > 0)
        return redirect(here, {
          notice: 'It is not submitted: numbers of it could be worked out whatever is hidden',
        });
      const faults = faultsOf(await textsOf(tx, report.id), figures);
      if (faults.length > 0)
        return redirect(here, { notice: 'It is not submitted: mend the placeholders first' });
      await submitReport(tx, report);
      return redirect(here, { notice: 'It is submitted, and waits for somebody else to sign it off' });
    }
    try {
      await refreshFigures(tx, report);
    } catch (error) {
      if (error instanceof Refusal) return refuse({ field: 'act', message: error.message });
      throw error;
    }
    return redirect(here, { notice: 'The figures are up to date' });
  },
});

/** The page of a report. */
export const addressOf = ({ id }: Pick<Report, 'id'>): string => `/reports/${id}`;

export const lookAt = (tx: Transaction, { id }: Pick<Report, 'id'>): Promise<void> =>
  recordLook(tx, { action: 'view-report', subject: { kind: 'report', id }, personId: null });

type Figures = Partial<Record<Edition, WorkedOut>>;

/** Whether each edition was worked out, as at the moment of the report. */
const isWorkedOut = (report: Report, figures: Figures): boolean =>
  report.editions.every((edition) => figures[edition]?.asAt?.getTime() === report.asAt.getTime());

/** What of a report could be found out whatever is hidden. */
export const exposedIn = (figures: Figures): readonly string[] => figures.public?.exposed ?? [];

interface TextFault {
  readonly section: string;
  readonly fault: string;
}

/** Placeholders of the texts that name no figure, in any of the editions. */
function faultsOf(
  texts: Readonly<Record<string, string>>,
  editions: Partial<Record<Edition, { figures: ReportFigures }>>,
): TextFault[] {
  const one = editions.internal;
  if (!one) return [];
  return Object.entries(texts).flatMap(([section, words]) =>
    narrativeFaults(words, one.figures).map((fault) => ({ section, fault })),
  );
}

function About({ report }: { report: Report }) {
  const changes = report.state === 'draft';
  const rows: [string, string][] = [
    ['Kind', kindInWords(report.kind)],
    ...(report.area ? ([['Borough', report.area.name]] as [string, string][]) : []),
    ['Period', periodInWords(report.period)],
    ['Compared with', report.comparison ? periodInWords(report.comparison) : 'Nothing'],
    ['Figures as at', formatLondon(report.asAt)],
    ['Editions', report.editions.map((edition) => editionInWords[edition]).join(', ')],
    ...(report.editions.includes('internal')
      ? ([['Marking of the internal edition', report.marking]] as [string, string][])
      : []),
    ['Author', report.author],
    ...(report.signedOffBy && report.signedOffAt
      ? ([['Signed off', `${report.signedOffBy}, ${formatLondon(report.signedOffAt)}`]] as [string, string][])
      : []),
  ];
  return (
    <>
      <SummaryList rows={rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } }))} />
      {changes && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/reports/${report.id}/details`}>
            Change the title or the marking
          </a>
        </p>
      )}
    </>
  );
}

function NextStep({
  report,
  faults,
  isWorkedOut: ready,
  exposed,
  short,
  wrote,
  published,
}: {
  report: Report;
  isWorkedOut: boolean;
  exposed: readonly string[];
  /** What a short report for everybody would use up; null where nothing. */
  short: string | null;
  faults: readonly TextFault[];
  wrote: boolean;
  asker: Asker;
  published: readonly PublishedEdition[];
}) {
  switch (report.state) {
    case 'draft':
      return (
        <>
          <Act act="refresh" secondary>
            Bring the figures up to date
          </Act>
          {report.publishFault !== '' && <WarningText>{report.publishFault}</WarningText>}
          {exposed.length > 0 && <WarningText>{exposedInWords(exposed)}</WarningText>}
          {short !== null && exposed.length === 0 && <WarningText>{short}</WarningText>}
          {!ready ? (
            <InsetText>
              Its public edition is not worked out yet: open this page again in a minute. It can be submitted
              then.
            </InsetText>
          ) : exposed.length > 0 ? null : faults.length > 0 ? (
            <WarningText>
              It cannot be submitted yet: {faults.length} placeholder
              {faults.length === 1 ? ' names' : 's name'} no figure.
            </WarningText>
          ) : (
            <Act act="submit">Submit it to be signed off</Act>
          )}
        </>
      );
    case 'submitted':
      return wrote ? (
        <InsetText>It waits for somebody else to sign it off: nobody signs off what they wrote.</InsetText>
      ) : (
        <p class="govuk-body">
          <a class="govuk-button" href={`/reports/${report.id}/sign-off`}>
            Sign it off, or send it back
          </a>
        </p>
      );
    case 'signed-off':
      return (
        <>
          {report.publishFault !== '' && <WarningText>{report.publishFault}</WarningText>}
          {report.publishFault === '' ? (
            <BeingPublished report={report} />
          ) : (
            <Act act="publish">Publish it again</Act>
          )}
          <p class="govuk-body">
            <a class="govuk-link" href={`/reports/${report.id}/sign-off`}>
              Send it back to its author
            </a>
          </p>
        </>
      );
    case 'published':
      return (
        <ul class="govuk-list">
          {published.map(({ id, edition }) => (
            <li>
              <a class="govuk-link" href={`/publications/${id}`}>
                {editionInWords[edition]} as it was published
              </a>
            </li>
          ))}
        </ul>
      );
  }
}

/** What the background does, in its order. */
const stages: readonly { readonly stage: PublishStage; readonly says: string }[] = [
  { stage: '', says: 'it waits for its turn' },
  { stage: 'counting', says: 'every figure is worked out again' },
  { stage: 'hiding', says: 'small numbers are hidden, and what would give them away' },
  { stage: 'auditing', says: 'the auditor tries to find out what is hidden' },
];

function BeingPublished({ report }: { report: Report }) {
  const step = stages.findIndex(({ stage }) => stage === report.publishStage);
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>Being published</strong>, step {step + 1} of {stages.length}: {stages[step]?.says}. It takes a
        minute as a rule, and goes on without you: you are told when it is published. An auditor that does not
        end in its time begins again, up to three times, with more time.
      </p>
      <a class="govuk-link" href={addressOf(report)}>
        See how far it is now
      </a>
    </InsetText>
  );
}

function Act({ act, secondary, children }: { act: string; secondary?: boolean; children: string }) {
  return (
    <Form>
      <input type="hidden" name="act" value={act} />
      <Button preventDoubleClick {...(secondary && { classes: 'govuk-button--secondary' })}>
        {children}
      </Button>
    </Form>
  );
}

function Sections({
  report,
  sections,
  texts,
  faults,
}: {
  report: Report;
  sections: readonly WrittenSection[];
  texts: Readonly<Record<string, string>>;
  faults: readonly TextFault[];
}) {
  const changes = report.state === 'draft';
  return (
    <>
      <h2 class="govuk-heading-m">Texts</h2>
      <p class="govuk-body">A text that is left empty is left out of the report.</p>
      <SummaryList
        rows={sections.map(({ section, title, chapter }) => {
          const within = chapter === title ? null : `In “${chapter}”`;
          const theirs = faults.filter((each) => each.section === section);
          return {
            key: {
              text: (
                <>
                  {title}
                  {within !== null && <span class="govuk-hint govuk-!-margin-bottom-0">{within}</span>}
                </>
              ),
            },
            value: {
              text: (
                <>
                  {texts[section] === undefined ? 'Empty' : 'Written'}
                  {theirs.map(({ fault }) => (
                    <p class="govuk-error-message">{fault}</p>
                  ))}
                </>
              ),
            },
            actions: {
              items: [
                {
                  href: `/reports/${report.id}/texts/${section}`,
                  text: changes ? (texts[section] === undefined ? 'Write' : 'Change') : 'Read',
                  visuallyHiddenText: within === null ? title : `${title}. ${within}`,
                },
              ],
            },
          };
        })}
      />
    </>
  );
}
