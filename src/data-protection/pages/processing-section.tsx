import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { WarningText } from '../../platform/govuk/index.ts';
import { currentProcessingRestriction } from '../request-queries.ts';

/** Tells everybody who opens a record that its processing is restricted. */
export const processingSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, person }) {
    const current = await currentProcessingRestriction(tx, person.id);
    return (
      current && (
        <WarningText iconFallbackText="Important">
          Processing restricted since {formatDate(current.since)}:{' '}
          <span class="hw-text" dir="auto">
            {current.why}
          </span>
          . Use this record only to protect somebody, for a legal claim, or with the young person's consent.
        </WarningText>
      )
    );
  },
};
