import { formatLondon } from '../../platform/clock/london-time.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type ApproverChange, CHANGES_DAYS_BACK } from '../partner-queries.ts';

const whatInWords: Readonly<Record<ApproverChange['what'], string>> = {
  asked: 'Asked for, to be confirmed',
  named: 'Began to speak for it',
  ended: 'Stopped speaking for it',
};

/** Who began or stopped speaking for an organisation, and by whom. */
export function ApproverChanges({ changes }: { changes: readonly ApproverChange[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">Changes in who speaks for organisations</h2>
      <p class="govuk-body">
        Of the last {CHANGES_DAYS_BACK} days. Whoever speaks for an organisation gives its people their roles:
        if you know nothing of a change, ask the organisation.
      </p>
      {changes.length === 0 ? (
        <p class="govuk-body">There was none.</p>
      ) : (
        <ScrollingTable
          about="Changes in who speaks for organisations"
          caption="Changes in who speaks for organisations"
          captionClasses="govuk-visually-hidden"
          head={['When', 'Who', 'Organisation', 'What', 'By'].map((heading) => ({ text: heading }))}
          rows={changes.map((change) => [
            { text: formatLondon(change.at) },
            { text: <bdi>{change.name}</bdi> },
            { text: <bdi>{change.organisation}</bdi> },
            { text: whatInWords[change.what] },
            { text: <bdi>{change.by ?? 'Whoever runs the server'}</bdi> },
          ])}
        />
      )}
    </>
  );
}
