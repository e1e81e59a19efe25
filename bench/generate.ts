import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Connection } from '../src/platform/database/connections.ts';
import { nameKey } from '../src/platform/text/name-key.ts';

/** How big a generated service is; everything else follows from the number of people. */
export interface Size {
  people: number;
}

/** Authorities of a country's service, and what each provider has. */
const AUTHORITIES = 150;
const TEAMS_EACH = 10;
const WORKERS_EACH = 5;
/**
 * Work that is open at one time does not grow with the years a service has run. 1,200,000 referrals in nine years are 375 a
 * day, and one is decided within five working days: a week's are waiting.
 */
const WAITING = 2_600;
const OPEN_ALLOCATIONS = 24_000;
/** Open allocations of the widest team: 40 workers with 15 young people each. */
const WIDEST_TEAM = 600;
/** Those that a provider has not taken up yet: a few days' worth. */
const NOT_TAKEN_UP = 300;
/** Open allocations of any other team. */
const ORDINARY_TEAM = 56;

/** Rows for `COPY … FROM STDIN`, made a chunk at a time so that memory does not grow with the size. */
async function copy(
  owner: pg.Client,
  into: string,
  count: number,
  row: (index: number) => string,
): Promise<void> {
  const lines = function* () {
    let chunk: string[] = [];
    for (let index = 0; index < count; index += 1) {
      chunk.push(row(index));
      if (chunk.length === 2_000) {
        yield `${chunk.join('\n')}\n`;
        chunk = [];
      }
    }
    if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
  };
  await pipeline(Readable.from(lines()), owner.query(copyFrom(`copy ${into} from stdin`)));
}

/** A reproducible stream of numbers in [0, 1): the same service comes out each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An id that says which row of which table it is, in the shape of a UUID version 7 whose time grows with the index. */
export function idOf(table: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 'a', index: number): string {
  const time = (1_420_070_400_000 + index * 30).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${table}00-8000-${index.toString(16).padStart(12, '0')}`;
}
const PERSON = 1,
  REFERRAL = 2,
  NOTE = 3,
  ALLOCATION = 4,
  ACCOUNT = 5,
  ORGANISATION = 6,
  TEAM = 7,
  GRANT = 8,
  ACTION = 9,
  EPISODE = 'a';

const syllables = [
  'ka',
  'mo',
  'ri',
  'ta',
  'sha',
  'lei',
  'bo',
  'an',
  'de',
  'vi',
  'jo',
  'el',
  'nia',
  'ru',
  'za',
  'ha',
  'tom',
  'ber',
  'lyn',
  'que',
  'wil',
  'dar',
  'fen',
  'ish',
];
const surnames = [
  'son',
  'ford',
  'man',
  'well',
  'ley',
  'ton',
  'bury',
  'more',
  'ash',
  'worth',
  'ovic',
  'escu',
  'wa',
  'oye',
  'ski',
  'ez',
];

/** Names spread as names are: a few very common, most of them rare. */
function nameFrom(random: () => number, endings: readonly string[]): string {
  const pick = () => syllables[Math.floor(random() ** 2 * syllables.length)] ?? 'ka';
  const name =
    pick() +
    pick() +
    (random() < 0.5 ? pick() : '') +
    (endings.length > 0 ? (endings[Math.floor(random() * endings.length)] ?? '') : '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** How many districts London's letters have, one person in each in turn. */
const districts = Object.entries({ E: 20, N: 22, NW: 11, SE: 28, SW: 20, W: 14 }).flatMap(([letters, many]) =>
  Array.from({ length: many }, (_, index) => `${letters}${index + 1}`),
);
const INWARD = 'ABDEFGHJLNPQRSTUWXYZ';

function postcodeOf(index: number): string {
  const inward = Math.floor(index / districts.length);
  const letter = (place: number) => INWARD.charAt(place % INWARD.length);
  return `${districts[index % districts.length]} ${inward % 10}${letter(Math.floor(inward / 10))}${letter(Math.floor(inward / 200))}`;
}

/** A case note's worth of words: enough to weigh what a real one does. */
function paragraph(random: () => number): string {
  const words = [
    'met',
    'at',
    'the',
    'library',
    'and',
    'talked',
    'about',
    'college',
    'who',
    'is',
    'safe',
    'to',
    'call',
    'after',
    'school',
    'agreed',
    'next',
    'step',
    'with',
    'their',
    'mum',
    'plan',
    'for',
    'weekend',
    'travel',
    'phone',
  ];
  let text = '';
  const length = 40 + Math.floor(random() * 60);
  for (let index = 0; index < length; index += 1)
    text += `${words[Math.floor(random() * words.length)] ?? 'and'} `;
  return text.trim();
}

/**
 * Fills an empty, migrated database with a service of the given size. Everything is made by `COPY` as the owner, with
 * triggers off and secondary indexes made afterwards, from a fixed seed.
 */
export async function generate(
  connection: Connection,
  { people }: Size,
  say: (line: string) => void,
): Promise<void> {
  const owner = new pg.Client(connection);
  await owner.connect();
  const started = Date.now();
  const stage = (what: string) => say(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${what}`);
  try {
    await owner.query('set session_replication_role = replica');
    await owner.query("set maintenance_work_mem = '1GB'");
    await owner.query('set default_toast_compression = lz4').catch(() => undefined);
    const random = numbers(20_260_101);
    const referrals = Math.round(people * 1.2);
    const notes = people * 10;
    const waiting = Math.min(WAITING, Math.round(referrals / 4));
    const open = Math.min(OPEN_ALLOCATIONS, Math.round(people / 4));
    // As many as keep an ordinary team's caseload the same whatever the size: pages are compared between sizes.
    const providers = Math.max(2, Math.round((open - WIDEST_TEAM) / ORDINARY_TEAM / TEAMS_EACH));
    const teams = providers * TEAMS_EACH;
    const accounts = teams * WORKERS_EACH;
    const areaOf = (index: number) => `E99${String(index % AUTHORITIES).padStart(6, '0')}`;

    const indexes = await owner.query<{ name: string; definition: string }>(
      `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'service' and not i.indisprimary and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
    );
    for (const { name } of indexes.rows) await owner.query(`drop index ${name}`);

    stage('accounts, partners, areas');
    await owner.query(
      `insert into reference.area (code, name, patch, kind)
       select 'E99' || lpad(i::text, 6, '0'), 'Authority ' || i, case when i % 12 = 0 then 'south' end, 'borough' from generate_series(0, ${AUTHORITIES - 1}) i`,
    );
    await copy(owner, 'identity.organisation (id, kind, name)', providers, (i) =>
      [idOf(ORGANISATION, i), 'provider', `Provider ${i}`].join('\t'),
    );
    await copy(owner, 'identity.team (id, organisation_id, name)', teams, (i) =>
      [idOf(TEAM, i), idOf(ORGANISATION, Math.floor(i / TEAMS_EACH)), `Team ${i}`].join('\t'),
    );
    await copy(owner, 'identity.account (id, email, name, kind)', accounts, (i) =>
      [idOf(ACCOUNT, i), `worker${i}@example.org`, `Worker ${i}`, 'staff'].join('\t'),
    );
    await copy(
      owner,
      'identity.access_grant (id, account_id, role, organisation_id, team_id, approved_at)',
      accounts,
      (i) => {
        const team = Math.floor(i / WORKERS_EACH);
        return [
          idOf(GRANT, i),
          idOf(ACCOUNT, i),
          'caseworker',
          idOf(ORGANISATION, Math.floor(team / TEAMS_EACH)),
          idOf(TEAM, team),
          '2026-01-01',
        ].join('\t');
      },
    );

    stage(`${people} people`);
    const names: string[] = [];
    const born: string[] = [];
    await copy(
      owner,
      'service.person (id, reference, given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, area, version, recorded_at)',
      people,
      (i) => {
        const given = nameFrom(random, []);
        const family = nameFrom(random, surnames);
        const date = `${2001 + Math.floor(random() * 14)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`;
        if (i < waiting) {
          names.push(`${given}\t${family}`);
          born.push(date);
        }
        return [
          idOf(PERSON, i),
          referenceOf('P', i),
          given,
          family,
          nameKey(`${given} ${family}`),
          date,
          'exact',
          random() < 0.8 ? 'male' : 'female',
          'NOBT',
          postcodeOf(i),
          areaOf(i),
          1,
          '2026-01-01',
        ].join('\t');
      },
    );

    stage(`${referrals} referrals`);
    // The newest are waiting; the rest were decided, and are about the people in order.
    const answers = JSON.stringify(
      Array.from({ length: 24 }, (_, key) => ({
        page: 'concern',
        key: `question-${key}`,
        question: `Question number ${key} as it read?`,
        answer: 'An answer as it read',
        value: 'an-answer',
      })),
    );
    await copy(
      owner,
      'service.referral (id, reference, kind, stage, referrer_id, agency_kind, agency_name, received_at, decision_due_on, area, given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, answers, person_id, episode_id, version, recorded_at)',
      referrals,
      (i) => {
        const isWaiting = i >= referrals - waiting;
        const day = new Date(Date.UTC(2018, 0, 1) + (i / referrals) * 3_200 * 86_400_000).toISOString();
        const [given, family] = (names[i % waiting] ?? 'Ann\tLee').split('\t');
        return [
          idOf(REFERRAL, i),
          referenceOf('R', i),
          'intervention',
          isWaiting ? 'received' : i < referrals - waiting - open ? 'declined' : 'allocated',
          idOf(ACCOUNT, i % accounts),
          'childrens-social-care',
          'A council',
          day,
          day.slice(0, 10),
          areaOf(i),
          given,
          family,
          nameKey(`${given} ${family}`),
          born[i % waiting] ?? '\\N',
          born[i % waiting] ? 'exact' : 'not-known',
          'male',
          'NOBT',
          postcodeOf(i),
          answers,
          isWaiting ? '\\N' : idOf(PERSON, i % people),
          isWaiting ? '\\N' : idOf(EPISODE, i),
          1,
          '2026-01-01',
        ].join('\t');
      },
    );
    await copy(
      owner,
      'service.referral_action (id, referral_id, sequence, area, person_id, kind, at, by_account, version, recorded_at)',
      referrals,
      (i) =>
        [
          idOf(ACTION, i),
          idOf(REFERRAL, i),
          1,
          areaOf(i),
          i >= referrals - waiting ? '\\N' : idOf(PERSON, i % people),
          'sent',
          '2026-01-01',
          idOf(ACCOUNT, i % accounts),
          1,
          '2026-01-01',
        ].join('\t'),
    );

    const allocations = referrals - waiting;
    stage(`${allocations} allocations, ${open} of them open`);
    const dayOf = (i: number, later: number) =>
      new Date(Date.UTC(2018, 0, 8) + ((i / allocations) * 3_200 + later) * 86_400_000).toISOString();
    const startOf = (i: number) => dayOf(i, 0);
    const endOf = (i: number) => (allocations - 1 - i < open ? '\\N' : dayOf(i, 30));
    await copy(
      owner,
      'service.episode (id, person_id, area, referral_id, opened_at, closed_at, version, recorded_at)',
      allocations,
      (i) =>
        [
          idOf(EPISODE, i),
          idOf(PERSON, i % people),
          areaOf(i),
          idOf(REFERRAL, i),
          startOf(i),
          endOf(i),
          1,
          '2026-01-01',
        ].join('\t'),
    );
    await copy(
      owner,
      'service.allocation (id, referral_id, person_id, episode_id, area, organisation_id, team_id, worker_id, started_at, ended_at, taken_up_at, taken_up_by, version, recorded_at)',
      allocations,
      (i) => {
        const fromEnd = allocations - 1 - i;
        const team = fromEnd < Math.min(WIDEST_TEAM, open) ? 0 : 1 + (i % (teams - 1));
        const organisation = Math.floor(team / TEAMS_EACH);
        const worker = idOf(ACCOUNT, team * WORKERS_EACH + (i % WORKERS_EACH));
        const isTakenUp = fromEnd >= open || fromEnd % Math.ceil(open / NOT_TAKEN_UP) > 0;
        return [
          idOf(ALLOCATION, i),
          idOf(REFERRAL, i),
          idOf(PERSON, i % people),
          idOf(EPISODE, i),
          areaOf(i),
          idOf(ORGANISATION, organisation),
          idOf(TEAM, team),
          worker,
          startOf(i),
          endOf(i),
          ...(isTakenUp ? [dayOf(i, 1), worker] : ['\\N', '\\N']),
          1,
          '2026-01-01',
        ].join('\t');
      },
    );

    stage(`${notes} notes`);
    const texts = Array.from({ length: 5_000 }, () => paragraph(random));
    await copy(
      owner,
      'service.case_note (id, person_id, organisation_id, author_id, kind, happened_at, present, fact, opinion, voice, version, recorded_at)',
      notes,
      (i) => {
        const person = i % people;
        // Most recent people have the most notes to show, as they do in life; the text differs from row to row.
        const text = texts[(i * 7_919) % texts.length] ?? '';
        const at = new Date(Date.UTC(2018, 0, 8) + (i / notes) * 3_200 * 86_400_000).toISOString();
        return [
          idOf(NOTE, i),
          idOf(PERSON, person),
          idOf(ORGANISATION, person % providers),
          idOf(ACCOUNT, i % accounts),
          'meeting',
          at,
          '',
          `${i} ${text}`,
          '',
          '',
          1,
          '2026-01-01',
        ].join('\t');
      },
    );

    stage('indexes');
    for (const { definition } of indexes.rows) await owner.query(definition);
    stage('statistics');
    await owner.query('set session_replication_role = origin');
    await owner.query('vacuum (analyze, freeze)');
    stage('done');
  } finally {
    await owner.end();
  }
}

/** Unique, and of the length a reference has; real ones are random. */
function referenceOf(kind: string, index: number): string {
  const digits = index.toString(36).toUpperCase().padStart(7, '0');
  return `HW-${kind}${digits.slice(0, 3)}-${digits.slice(3)}`;
}
