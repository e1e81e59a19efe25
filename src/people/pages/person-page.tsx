import { Fragment } from 'preact';
import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker, Role, Transaction } from '../../platform/database/transaction.ts';
import { SummaryList, type SummaryListRow } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { ethnicities, genders, wordFor } from '../../reference/code-lists.ts';
import { DeathNotice } from '../death-notice.tsx';
import { mayWriteAbout } from '../may-write-about.ts';
import { ageInWords, bornInWords, fullName, type Person } from '../person.ts';
import { personAddress } from '../person-address.ts';
import { findOpenedPerson, findPerson } from '../person-queries.ts';
import { recordFieldInWords } from '../person-record.ts';
import type { PersonSection } from '../person-section.tsx';

/** Who reads young people's records. */
export const readersOfRecords = [
  'caseworker',
  'provider-manager',
  'coordinator',
  'analyst',
  'spoc',
  'operations-manager',
] as const satisfies readonly Role[];

/** Who corrects them. */
export const correctorsOfRecords = ['coordinator'] as const satisfies readonly Role[];

/** Who is shown who has looked at them. */
export const readersOfLooks = [
  'operations-manager',
  'provider-manager',
  'data-protection-lead',
] as const satisfies readonly Role[];

/** A young person's page: who they are, and what each capability knows of them. */
export const personPage = (sections: readonly PersonSection[]) =>
  page({
    path: '/people/:person',
    for: readersOfRecords,
    params: z.object({ person: z.uuid() }),
    async get({ tx, asker, service, params }) {
      const own = await findPerson(tx, params.person);
      const person = own ?? (await findOpened(tx, asker, params.person));
      if (!person) return missing();
      const theirs = sections.filter(
        (section) =>
          section.for.includes(asker.role) &&
          // What was opened in an emergency is read as a caseworker would.
          (own !== null || section.for.includes('caseworker')),
      );
      const look = theirs.find((section) => section.look !== undefined)?.look ?? 'view-person';
      await recordLook(tx, { action: look, subject: { kind: 'person', id: person.id }, personId: person.id });
      const mayWrite = await mayWriteAbout(tx, asker, person.id);
      const shown = [];
      // One transaction is one connection: its queries take turns however they are asked.
      for (const section of theirs) shown.push(await section.show({ tx, asker, service, person, mayWrite }));
      return show(
        fullName(person),
        <>
          <h1 class="govuk-heading-l">
            <bdi>{fullName(person)}</bdi>
          </h1>
          <p class="govuk-body hw-only-printed">
            Printed by <bdi>{asker.name}</bdi>, as they may see it on {formatLondon(service.clock.now())}.
          </p>
          <DeathNotice person={person} />
          <PersonSummary person={person} today={londonDate(service.clock.now())} />
          <Ways role={asker.role} personId={person.id} />
          {shown.map((section, place) => (
            <Fragment key={place}>{section}</Fragment>
          ))}
        </>,
      );
    },
  });

/** Only these roles open records in an emergency and read them as another role than their own. */
async function findOpened(tx: Transaction, { role }: Asker, id: string): Promise<Person | null> {
  return role === 'coordinator' || role === 'provider-manager' ? await findOpenedPerson(tx, id) : null;
}

function PersonSummary({ person, today }: { person: Person; today: PlainDate }) {
  const age = person.dateOfBirth === null ? '' : ` (${ageInWords(person, today)} years old)`;
  const rows: (SummaryListRow | false)[] = [
    typedRow(recordFieldInWords.givenNames, person.givenNames),
    // Somebody of whom one name is known has it there, whatever kind of name it is.
    typedRow(person.givenNames === '' ? 'Name' : recordFieldInWords.familyName, person.familyName),
    typedRow(recordFieldInWords.knownAs, person.knownAs),
    { key: { text: recordFieldInWords.born }, value: { text: `${bornInWords(person)}${age}` } },
    { key: { text: recordFieldInWords.gender }, value: { text: wordFor(genders, person.gender) } },
    { key: { text: recordFieldInWords.ethnicity }, value: { text: wordFor(ethnicities, person.ethnicity) } },
    { key: { text: recordFieldInWords.postcode }, value: { text: person.postcode || 'Not known' } },
    { key: { text: recordFieldInWords.area }, value: { text: person.areaName } },
    {
      key: { text: 'Reference' },
      value: { text: <span class="hw-reference">{person.reference}</span> },
    },
  ];
  return <SummaryList rows={rows} />;
}

function typedRow(key: string, value: string): SummaryListRow | false {
  return value !== '' && { key: { text: key }, value: { text: <bdi>{value}</bdi> } };
}

function Ways({ role, personId }: { role: Role; personId: string }) {
  if (!(correctorsOfRecords as readonly Role[]).includes(role)) return null;
  return (
    <p class="govuk-body not-printed">
      <a class="govuk-link" href={personAddress(personId, 'edit')}>
        Correct the record
      </a>
    </p>
  );
}
