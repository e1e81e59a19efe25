import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { InsetText } from '../../platform/govuk/index.ts';
import { findRestriction, ownOpening } from '../restriction-queries.ts';
import { mayBreakGlass, mayRestrict } from '../who-restricts.ts';
import { restrictPage } from './restrict-page.tsx';

/** Says on a young person's page that it is open to few, or open for an hour. */
export const restrictionSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, asker, service, person }) {
    const restriction = await findRestriction(tx, person.id);
    const opening = (mayBreakGlass as readonly Role[]).includes(asker.role)
      ? await ownOpening(tx, person.id, service.clock.now())
      : null;
    const change = (mayRestrict as readonly Role[]).includes(asker.role) && opening === null;
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
        {change && (
          <p class="govuk-body">
            <a class="govuk-link" href={restrictPage.url({ person: person.id })}>
              {restriction ? 'Change who may open this record' : 'Restrict this record'}
            </a>
          </p>
        )}
      </>
    );
  },
};
