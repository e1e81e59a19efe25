import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { InsetText } from '../../platform/govuk/index.ts';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { groundsForOpening } from '../restricted.ts';
import {
  findRestriction,
  openedByOthers,
  ownOpening,
  type RestrictedMatch,
  restrictedMatches,
} from '../restriction-queries.ts';
import { mayBreakGlass, mayRestrict } from '../who-restricts.ts';
import { restrictPage } from './restrict-page.tsx';

/** Says on a young person's page that it is open to few, or open for an hour. */
export const restrictionSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, asker, service, person, mayWrite }) {
    const restriction = await findRestriction(tx, person.id);
    const opening = (mayBreakGlass as readonly Role[]).includes(asker.role)
      ? await ownOpening(tx, person.id, service.clock.now())
      : null;
    const matches = restriction ? await restrictedMatches(tx, person.id) : [];
    const others = await openedByOthers(tx, person.id);
    const change =
      (mayRestrict as readonly Role[]).includes(asker.role) &&
      opening === null &&
      // Nor a manager whose provider has not worked with them for four weeks.
      (asker.role !== 'provider-manager' || mayWrite);
    return (
      <>
        {opening && (
          <InsetText>
            You opened this record in an emergency. It is open to you until {formatLondon(opening.until)}, and
            the data protection lead has been told.
          </InsetText>
        )}
        {restriction && (
          <InsetText>
            This record is restricted. Only {restriction.readers.join(', ')} may open it. Do not speak of it
            to anybody else.
          </InsetText>
        )}
        {matches.length > 0 && <Matches matches={matches} />}
        {others.map((other) => (
          <InsetText key={other.openedAt.toISOString()}>
            <bdi>{other.who}</bdi>, {roleInWords[other.role]}
            {other.organisation !== null && (
              <>
                {' '}
                of <bdi>{other.organisation}</bdi>
              </>
            )}
            , opened this record in an emergency on {formatLondon(other.openedAt)}:{' '}
            {wordFor(groundsForOpening, other.ground)}. Ask them what happened.
          </InsetText>
        ))}
        {change && (
          <p class="govuk-body not-printed">
            <a class="govuk-link" href={restrictPage.url({ person: person.id })}>
              {restriction ? 'Change who may open this record' : 'Restrict this record'}
            </a>
          </p>
        )}
      </>
    );
  },
};

/** Nobody else learns that the record is there, so whoever is named brings the two together. */
function Matches({ matches }: { matches: readonly RestrictedMatch[] }) {
  return (
    <section aria-labelledby="may-be-about-them">
      <h2 class="govuk-heading-m" id="may-be-about-them">
        Referrals that may be about them
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {matches.map(({ referralId, reference, receivedAt, isTheirsToDecide }) => (
          <li key={referralId}>
            {isTheirsToDecide ? (
              <a class="govuk-link" href={`/referrals/${referralId}`}>
                Referral <span class="hw-reference">{reference}</span>
              </a>
            ) : (
              <>
                Referral <span class="hw-reference">{reference}</span>
              </>
            )}
            , received {formatLondon(receivedAt)}
          </li>
        ))}
      </ul>
      {matches.some(({ isTheirsToDecide }) => !isTheirsToDecide) && (
        <p class="govuk-body">
          Whoever decides about a referral is not told of this record unless they are named. If it is about
          this young person, ask a manager or coordinator who is named to name them.
        </p>
      )}
    </section>
  );
}
