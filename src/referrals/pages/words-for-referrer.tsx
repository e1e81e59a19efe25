import { text } from '../../platform/forms/fields.ts';
import { InsetText, WarningText } from '../../platform/govuk/index.ts';
import type { CoordinatedReferral } from '../referral-queries.ts';

/** The most characters of what a referrer reads. */
export const MOST_WORDS = 2000;
export const WORDS_CALLED = 'What the referrer will read';

/** The fields of a decision that the referrer reads. */
export const wordsForReferrer = text({
  called: WORDS_CALLED,
  most: MOST_WORDS,
  needed: 'Enter what the referrer will read',
  lines: 'many',
});
export const whereToTurn = text({ called: 'The support you suggest', most: 500, lines: 'many' });

/** What must not stand in words that leave the service, and when they are read. */
export function NeverWrite({ referral }: { referral: CoordinatedReferral }) {
  return (
    <>
      <WarningText>
        Never write that the young person is known to this service or to another, or anything about them. The
        referrer may not be who they say, and others may read their email.
      </WarningText>
      {referral.referrer === null && (
        <InsetText>
          This referral came from the system before this one: nobody here sent it, and nobody will read this.
        </InsetText>
      )}
      {referral.referrer?.verified === null && (
        <InsetText>
          Nobody has verified this referrer. They will read this only when somebody has; until then they see
          “Received”.
        </InsetText>
      )}
    </>
  );
}
