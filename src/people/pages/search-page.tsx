import { z } from 'zod';
import { recordSearch } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { DiedTag } from '../death-notice.tsx';
import { type Found, type FoundPerson, type FoundReferral, findPeople, MOST_FOUND } from '../find-people.ts';
import { ageInWords, bornInWords, fullName } from '../person.ts';
import { personAddress } from '../person-address.ts';
import { readersOfRecords } from './person-page.tsx';

/**
 * Finds young people by name, date of birth, reference, postcode or phone number. What is typed goes by POST and never into an address, which browsers and
 * proxies remember.
 */
export const searchPage = page({
  path: '/search',
  for: readersOfRecords,
  form: z.object({
    words: text({
      called: 'Name, date of birth, reference, postcode or phone number',
      most: 200,
      needed: 'Enter a name, a date of birth, a reference, a postcode or a phone number',
    }),
  }),
  async get({ entry }) {
    return show('Search', <SearchForm entry={entry()} />);
  },
  async post({ tx, asker, service, entry }, { words }) {
    const found = await findPeople(tx, words);
    await recordSearch(tx, words, found.people.length + found.referrals.length);
    return show(
      'Search',
      <>
        <SearchForm entry={entry()} />
        <Results found={found} today={londonDate(service.clock.now())} role={asker.role} />
      </>,
    );
  },
});

function SearchForm({ entry }: { entry: Entry }) {
  return (
    <>
      <Faults entry={entry} />
      <h1 class="govuk-heading-l">Search</h1>
      <Form>
        <TextQuestion
          name="words"
          label="Name, date of birth, reference, postcode or phone number"
          hint="Names in any order and spelling, a date of birth like 10/04/2009, a reference like HW-7K2M-9P4X, the beginning of a postcode like SW9 8, or the young person’s own number. What you search for is recorded"
          entry={entry}
          autocomplete="off"
        />
        <Button>Search</Button>
      </Form>
    </>
  );
}

function Results({ found, today, role }: { found: Found; today: PlainDate; role: Role }) {
  if (found.people.length === 0 && found.referrals.length === 0) return <NothingFound role={role} />;
  return (
    <>
      <h2 class="govuk-heading-m">
        {found.more
          ? `The ${MOST_FOUND} closest`
          : found.people.length === 0
            ? 'No young person’s record'
            : found.people.length === 1
              ? '1 young person'
              : `${found.people.length} young people`}
      </h2>
      {found.more && (
        <p class="govuk-body">
          There are more. Add another name, or more of the postcode, to bring the one you want nearer.
        </p>
      )}
      {found.people.length > 0 && <People people={found.people} today={today} />}
      {found.referrals.length > 0 && <Referrals referrals={found.referrals} role={role} today={today} />}
    </>
  );
}

/** Referrals about somebody who has no record yet: whoever rings about them must not hear that nobody knows them. */
function Referrals({
  referrals,
  role,
  today,
}: {
  referrals: readonly FoundReferral[];
  role: Role;
  today: PlainDate;
}) {
  return (
    <ScrollingTable
      about="Referrals that are not matched to a young person yet"
      caption="Referrals that are not matched to a young person yet"
      captionClasses="govuk-table__caption--m"
      head={['Name', 'Date of birth', 'Age', 'Borough', 'Received', 'Referral'].map((text) => ({ text }))}
      rows={referrals.map((referral) => [
        { text: <bdi>{fullName(referral)}</bdi> },
        { text: bornInWords(referral) },
        { text: ageInWords(referral, today) },
        { text: referral.areaName },
        { text: formatDate(londonDate(referral.receivedAt)) },
        {
          text: (
            <a
              class="govuk-link hw-reference"
              href={`${role === 'spoc' ? '/borough' : ''}/referrals/${referral.id}`}
            >
              {referral.reference}
            </a>
          ),
        },
      ])}
    />
  );
}

function People({ people, today }: { people: readonly FoundPerson[]; today: PlainDate }) {
  return (
    <ScrollingTable
      about="Young people"
      caption="Young people, the closest first"
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'Name' },
        { text: 'Known as' },
        { text: 'Date of birth' },
        { text: 'Age' },
        { text: 'Borough' },
        { text: 'Reference' },
      ]}
      rows={people.map((person) => [
        {
          text: (
            <>
              <a class="govuk-link" href={personAddress(person.id)}>
                <bdi>{fullName(person)}</bdi>
              </a>{' '}
              <DiedTag hasDied={person.hasDied} />
            </>
          ),
        },
        { text: <bdi>{person.knownAs}</bdi> },
        { text: bornInWords(person) },
        { text: ageInWords(person, today) },
        { text: person.areaName },
        { text: <span class="hw-reference">{person.reference}</span> },
      ])}
    />
  );
}

function NothingFound({ role }: { role: Role }) {
  return (
    <>
      <h2 class="govuk-heading-m">Nobody found</h2>
      <p class="govuk-body">Among the records that you may see, none is close to what you typed. Try:</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>one name only</li>
        <li>another name they are known by</li>
        <li>the reference, if you have it</li>
      </ul>
      <p class="govuk-body">
        {role === 'caseworker' || role === 'provider-manager'
          ? 'You find the young people your team works with. Somebody who works with another team, or with nobody yet, is not found here: ask the partnership coordinator.'
          : 'You find the young people of the areas that you answer for.'}
      </p>
      {(role === 'caseworker' || role === 'provider-manager' || role === 'coordinator') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/break-glass">
            Open a record in an emergency
          </a>
        </p>
      )}
    </>
  );
}
