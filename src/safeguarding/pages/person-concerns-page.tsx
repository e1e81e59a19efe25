import { z } from 'zod';
import { reasonsOf } from '../../organisations/index.ts';
import { findPerson, type PersonSection, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { NotificationBanner, Pagination } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, show } from '../../platform/http/page.ts';
import { closedConcerns, openConcerns } from '../concern-queries.ts';
import { concernsAddress } from '../safeguarding-addresses.ts';
import { About, Due, safeguarders } from './concern-ground.tsx';
import { ConcernsList, Standing } from './concerns-list.tsx';

/** The most open concerns that are listed about one young person. */
const OPEN = 50;
const A_PAGE = 20;

/** That a concern is open, above everything else that is known of a young person. */
export const openConcernsSection: PersonSection = {
  for: safeguarders,
  async show({ tx, service, person }) {
    const { concerns } = await openConcerns(tx, { personId: person.id }, { most: OPEN });
    const [first] = concerns;
    if (!first) return null;
    const today = londonDate(service.clock.now());
    return (
      <NotificationBanner titleId="open-concerns">
        <p class="govuk-notification-banner__heading">
          <a class="govuk-notification-banner__link" href={concernsAddress(person.id)}>
            {concerns.length === 1
              ? 'A safeguarding concern is open'
              : `${concerns.length} safeguarding concerns are open`}
          </a>
          {first.dueOn !== null && (
            <>
              . <Standing concern={first} due={<Due on={first.dueOn} today={today} />} />
            </>
          )}
        </p>
      </NotificationBanner>
    );
  },
};

/** The concerns about a young person: those that are open, then those that were closed. */
export const personConcernsPage = page({
  path: '/people/:person/concerns',
  for: safeguarders,
  params: z.object({ person: z.uuid() }),
  query: z.object({ before: z.uuid().optional().catch(undefined) }),
  async get({ tx, service, params, query }): Promise<Answer> {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-concerns',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const today = londonDate(service.clock.now());
    const of = { personId: person.id };
    const open = query.before === undefined ? (await openConcerns(tx, of, { most: OPEN })).concerns : [];
    const closed = await closedConcerns(tx, of, { after: query.before, most: A_PAGE });
    const outcomes = await reasonsOf(tx, 'concern-outcome');
    const last = closed.more ? closed.concerns.at(-1) : undefined;
    return show(
      'Safeguarding concerns',
      <>
        <h1 class="govuk-heading-l">Safeguarding concerns</h1>
        <About person={person} />
        {query.before === undefined && (
          <>
            <h2 class="govuk-heading-m">Open</h2>
            {open.length === 0 ? (
              <p class="govuk-body">No concern is open.</p>
            ) : (
              <ConcernsList
                about="Open concerns, those nobody has been told of first"
                concerns={open}
                outcomes={outcomes}
                today={today}
                ofOnePerson
              />
            )}
          </>
        )}
        <h2 class="govuk-heading-m">Closed</h2>
        {closed.concerns.length === 0 ? (
          <p class="govuk-body">None.</p>
        ) : (
          <ConcernsList
            about="Closed concerns, the latest first"
            concerns={closed.concerns}
            outcomes={outcomes}
            today={today}
            ofOnePerson
          />
        )}
        {(query.before !== undefined || last) && (
          <Pagination
            previous={
              query.before === undefined
                ? undefined
                : { href: concernsAddress(person.id), text: 'Back to the newest' }
            }
            next={
              last && {
                href: personConcernsPage.url({ person: person.id }, { before: last.id }),
                text: 'Show older',
              }
            }
          />
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});
