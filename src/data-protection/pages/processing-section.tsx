import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { WarningText } from '../../platform/govuk/index.ts';
import { currentProcessingRestriction, type ProcessingRestriction } from '../request-queries.ts';

/** Tells everybody who opens a record that its processing is restricted. */
export const processingSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, person }) {
    const current = await currentProcessingRestriction(tx, person.id);
    return current && <ProcessingNotice restriction={current} />;
  },
};

/** Says that the processing of a record is restricted, why, and what that means for whoever reads it. */
export function ProcessingNotice({ restriction }: { restriction: ProcessingRestriction }) {
  return (
    <WarningText iconFallbackText="Important">
      Processing restricted since {formatDate(restriction.since)}:{' '}
      <span class="hw-text" dir="auto">
        {restriction.why.replace(/\.+$/, '')}
      </span>
      . Use this record only to protect somebody, for a legal claim, or with the young person's consent.
    </WarningText>
  );
}
