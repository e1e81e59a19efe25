import { formatLondon } from '../../platform/clock/london-time.ts';
import { type Addition, type AdditionKind, additionsTo } from '../addition-queries.ts';
import type { ReferralSection } from '../referral-section.tsx';

const inWords: Record<AdditionKind, string> = {
  information: 'Information',
  file: 'A file, among the files of this referral',
  withdrawal: 'They withdraw it',
};

/** What the referrer added since they sent it, on the page of a referral; nothing where nothing was. */
export const additionsSection: ReferralSection = {
  for: ['coordinator', 'analyst', 'operations-manager'],
  async show({ tx, referral }) {
    const additions = await additionsTo(tx, [referral.id]);
    if (additions.length === 0) return null;
    return (
      <section aria-labelledby="added">
        <h2 class="govuk-heading-m" id="added">
          Added by the referrer
        </h2>
        <AddedByReferrer additions={additions} />
      </section>
    );
  },
};

/** What was added, each with when. */
export function AddedByReferrer({ additions }: { additions: readonly Addition[] }) {
  return (
    <>
      {additions.map(({ id, kind, addedAt, words }) => (
        <div key={id} class="hw-note">
          <p class="hw-note__meta">
            {inWords[kind]}, {formatLondon(addedAt)}
          </p>
          {words !== '' && (
            <p class="hw-note__text" dir="auto">
              {words}
            </p>
          )}
        </div>
      ))}
    </>
  );
}
