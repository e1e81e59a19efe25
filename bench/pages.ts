import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Keyring } from '../src/platform/crypto/sealed-box.ts';
import { sealDraft } from '../src/referrals/referral-draft.ts';
import { isNeeded, parts } from '../src/referrals/referral-form.ts';
import { type Actor, endActors, get, makeActor, post } from './actors.ts';
import { idOf } from './generate.ts';
import type { BenchPage } from './run.ts';

const PAGE_MS = 50;
const SEARCH_MS = 100;
const DRAFTS = 8_000;

/** The pages of the thread, each as the widest of its kind of reader and as an ordinary one. */
export async function pagesOf(owner: pg.Client, keyring: Keyring, people: number): Promise<BenchPage[]> {
  await endActors(owner);
  const every = (
    await owner.query<{ code: string }>(
      "select code from reference.area order by code like 'E99%' desc, code",
    )
  ).rows.map((area) => area.code);
  const actor = (place: Parameters<typeof makeActor>[2]) => makeActor(owner, keyring, place);
  const workerOf = (team: number) =>
    actor({ role: 'caseworker', organisationId: idOf(6, Math.floor(team / 10)), teamId: idOf(7, team) });

  const coordinators = {
    widest: await actor({ role: 'coordinator', areas: every }),
    ordinary: await actor({ role: 'coordinator', areas: every.slice(0, 12) }),
  };
  const contacts = {
    widest: await actor({ role: 'spoc', areas: every.slice(0, 40) }),
    ordinary: await actor({ role: 'spoc', areas: every.slice(0, 1) }),
  };
  const workers = { widest: await workerOf(0), ordinary: await workerOf(5) };
  const operations = await actor({ role: 'operations-manager' });
  const manager = await actor({ role: 'provider-manager', organisationId: idOf(6, 0) });

  const spread = Array.from({ length: 2_000 }, (_, index) => idOf(1, Math.floor((index * people) / 2_000)));
  const everybody = await sample(owner, 'select id from service.person where id = any ($1)', [spread]);
  const inOrdinary = await sample(owner, 'select id from service.person where area = any ($1) limit 500', [
    every.slice(0, 12),
  ]);
  const inBorough = await sample(owner, 'select id from service.person where area = $1 limit 500', [
    every[0],
  ]);
  const withTeam = (team: number) =>
    sample(
      owner,
      'select person_id as id from service.allocation where team_id = $1 and ended_at is null limit 1500',
      [idOf(7, team)],
    );
  const [ofWidest, ofOrdinary] = [await withTeam(0), await withTeam(5)];
  const waiting = await sample(owner, `select id from service.referral where stage = 'received' limit 2000`);
  const ofEverybody = (what: string) =>
    sample(owner, `select ${what} as id from service.person where id = any ($1)`, [spread]);
  const names = await ofEverybody(`given_names || ' ' || family_name`);
  const births = await ofEverybody(`to_char(date_of_birth, 'DD/MM/YYYY')`);
  const districts = await ofEverybody(`split_part(postcode, ' ', 1)`);
  const drafts = await makeDrafts(owner, keyring, every[3] ?? 'not-known');

  const of = (list: readonly string[], index: number) => list[(index * 7_919) % list.length] ?? '';
  const reading = (name: string, who: string, reader: Actor, path: (index: number) => string): BenchPage => ({
    name,
    who,
    budget: PAGE_MS,
    call: (index) => get(reader, path(index)),
  });
  const searching = (
    who: string,
    searcher: Actor,
    name = 'search',
    words = (index: number) => misspelt(of(names, index), index),
  ): BenchPage => ({
    name,
    who,
    budget: SEARCH_MS,
    call: (index) => post(searcher, '/search', { words: words(index) }),
  });
  const writing = (who: string, writer: Actor, people: readonly string[]): BenchPage => ({
    name: 'save a note',
    who,
    budget: PAGE_MS,
    call: (index) => post(writer, `/people/${of(people, index)}/notes/new`, noteFields()),
  });

  return [
    reading('home', 'widest coordinator', coordinators.widest, () => '/home'),
    reading('home', 'ordinary coordinator', coordinators.ordinary, () => '/home'),
    reading('home', 'ordinary borough contact', contacts.ordinary, () => '/home'),
    reading('home', 'provider manager', manager, () => '/home'),
    reading('home', 'operations manager', operations, () => '/home'),
    reading("coordinator's queue", 'widest coordinator', coordinators.widest, () => '/queue'),
    reading("coordinator's queue", 'ordinary coordinator', coordinators.ordinary, () => '/queue'),
    reading(
      'a referral',
      'widest coordinator',
      coordinators.widest,
      (index) => `/referrals/${of(waiting, index)}`,
    ),
    reading(
      'likely matches',
      'widest coordinator',
      coordinators.widest,
      (index) => `/referrals/${of(waiting, index)}/match`,
    ),
    reading("borough's referrals", 'widest borough contact', contacts.widest, () => '/borough'),
    reading("borough's referrals", 'ordinary borough contact', contacts.ordinary, () => '/borough'),
    reading(
      'person',
      'widest coordinator',
      coordinators.widest,
      (index) => `/people/${of(everybody, index)}`,
    ),
    reading(
      'person',
      'ordinary coordinator',
      coordinators.ordinary,
      (index) => `/people/${of(inOrdinary, index)}`,
    ),
    reading(
      'person',
      'ordinary borough contact',
      contacts.ordinary,
      (index) => `/people/${of(inBorough, index)}`,
    ),
    reading('person', 'widest caseworker', workers.widest, (index) => `/people/${of(ofWidest, index)}`),
    reading('person', 'ordinary caseworker', workers.ordinary, (index) => `/people/${of(ofOrdinary, index)}`),
    reading('caseload', 'widest caseworker', workers.widest, () => '/caseload'),
    reading('caseload', 'ordinary caseworker', workers.ordinary, () => '/caseload'),
    reading('caseload', 'provider manager', manager, () => '/caseload'),
    searching('widest coordinator', coordinators.widest),
    searching('ordinary coordinator', coordinators.ordinary),
    searching('widest borough contact', contacts.widest),
    searching('widest caseworker', workers.widest),
    searching('ordinary caseworker', workers.ordinary),
    searching('widest coordinator', coordinators.widest, 'search by birth', (index) => of(births, index)),
    searching('widest caseworker', workers.widest, 'search by birth', (index) => of(births, index)),
    searching('widest coordinator', coordinators.widest, 'search by postcode', (index) =>
      of(districts, index),
    ),
    searching('ordinary borough contact', contacts.ordinary, 'search by postcode', (index) =>
      of(districts, index),
    ),
    writing('widest caseworker', workers.widest, ofWidest),
    writing('ordinary caseworker', workers.ordinary, ofOrdinary),
    {
      name: 'submit a referral',
      who: 'referrer',
      budget: PAGE_MS,
      call: (index) => {
        const draft = drafts[index];
        if (!draft) throw new Error('The benchmark has no drafts left: make more of them');
        return post(draft.referrer, `/refer/${draft.id}/check`, { version: '1' });
      },
    },
  ];
}

async function sample(owner: pg.Client, query: string, values: unknown[] = []): Promise<string[]> {
  return (await owner.query<{ id: string }>(query, values)).rows.map((row) => row.id);
}

/** As people type: two letters swapped in one name of three, and sometimes the family name first. */
function misspelt(words: string, index: number): string {
  const [given = '', family = ''] = words.split(' ');
  const typed =
    index % 3 === 0 ? `${given.slice(0, 2)}${given.charAt(3)}${given.charAt(2)}${given.slice(4)}` : given;
  return index % 4 === 0 ? `${family} ${typed}` : `${typed} ${family}`;
}

function noteFields(): Record<string, string> {
  // Nine in the morning has always been, the day before.
  const yesterday = new Date(Date.now() - 86_400_000);
  return {
    kind: 'contact-telephone',
    'happenedOn-day': String(yesterday.getUTCDate()),
    'happenedOn-month': String(yesterday.getUTCMonth() + 1),
    'happenedOn-year': String(yesterday.getUTCFullYear()),
    happenedTime: '9am',
    present: 'The young person',
    fact: 'Spoke as arranged. They are safe and were at college. We agreed to meet on Thursday. '.repeat(6),
    opinion: '',
    voice: '"See you Thursday."',
  };
}

interface Draft {
  id: string;
  referrer: Actor;
}

/** The pages of a referral that may be left empty. */
const optionalParts = parts.filter((part) => !isNeeded(part));

/** Drafts that only wait to be sent, a few for each referrer: there is a limit to how many one may send in an hour. */
async function makeDrafts(owner: pg.Client, keyring: Keyring, area: string): Promise<Draft[]> {
  const answers: Record<string, Record<string, string | string[]>> = {
    danger: { safeNow: 'yes' },
    criteria: { criteria: ['used', 'missing'] },
    kind: { kind: 'intervention' },
    you: { yourName: 'A worker', role: 'Duty worker', phone: '020 7946 0000', agencyKind: 'education' },
    agency: { agencyName: 'A school' },
    name: { nameKnown: 'full', givenNames: 'Kamori', familyName: 'Talley' },
    birth: {
      birthKnown: 'exact',
      'dateOfBirth-day': '3',
      'dateOfBirth-month': '4',
      'dateOfBirth-year': '2010',
    },
    'gender-and-ethnicity': { gender: 'male', ethnicity: 'NOBT' },
    home: { postcodeKnown: 'not-known' },
    council: { area },
    consent: { youngPersonKnows: 'yes', consents: 'yes' },
    contact: { safeContact: 'Text first' },
    concern: { whatIsHappening: 'Found outside London three times this month. '.repeat(20) },
    'county-lines': { countyLines: 'known', whyCountyLines: 'Seen with an adult who buys the tickets.' },
    'social-care': { socialCareTold: 'yes' },
    nrm: { nrm: 'not-known' },
    // All the other pages were opened, and nothing was known.
    ...Object.fromEntries(optionalParts.map(({ name }) => [name, {}])),
  };
  const content = Object.fromEntries(
    Object.entries(answers).map(([part, fields]) => [part, { savedAs: 1, fields }]),
  );
  const drafts: Draft[] = [];
  let referrer: Actor | undefined;
  for (let index = 0; index < DRAFTS; index += 1) {
    if (index % 8 === 0 || !referrer) referrer = await makeActor(owner, keyring, { role: 'referrer' });
    const id = randomUUID();
    await owner.query(
      'insert into service.referral_draft (id, account_id, answers_sealed) values ($1, $2, $3)',
      [id, referrer.accountId, sealDraft(keyring, id, content)],
    );
    drafts.push({ id, referrer });
  }
  return drafts;
}
