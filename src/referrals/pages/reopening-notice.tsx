import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { InsetText, Tag } from '../../platform/govuk/index.ts';
import { type Reopening, reopeningOf } from '../reopening.ts';

/** Who asked that support begin again, and why, on the page of a young person while it goes on. */
export const reopeningSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, person }) {
    const reopening = await reopeningOf(tx, person.id);
    return reopening && <ReopeningNotice reopening={reopening} />;
  },
};

/** That support begins again, before whoever chooses a provider or works with them. */
export function ReopeningNotice({ reopening }: { reopening: Reopening }) {
  return (
    <InsetText>
      <ReopeningInWords reopening={reopening} />
    </InsetText>
  );
}

export function ReopeningInWords({ reopening: { askedBy, why, notSafeOn } }: { reopening: Reopening }) {
  return (
    <>
      {notSafeOn !== null && (
        <>
          <Tag classes="govuk-tag--red">Not safe</Tag> They said so at the follow-up on{' '}
          {formatDate(notSafeOn)}.
          <br />
        </>
      )}
      Support was opened again. <bdi>{askedBy}</bdi> asked for it:
      <div class="hw-text" dir="auto">
        {why}
      </div>
    </>
  );
}
