import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database, type Transaction } from '../../src/platform/database/transaction.ts';
import { type TestService, testService } from '../support/service.ts';
import { type Attempt, addProbe, type SeenRow, seenBy, tryEach, writableColumns } from './probe.ts';
import { type Actor, actors, groups, matrix, type SignedIn, tasks } from './table-matrix.ts';
import { buildWorld, type Member, primaryKeys, type World } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

/** What makes an inserted row the asker's own, where a row says who made it. */
const inOwnName: Readonly<Record<string, (me: { accountId: string; organisationId: string }) => Row>> = {
  'service.case_note': (me) => ({ author_id: me.accountId, organisation_id: me.organisationId }),
  'service.referral': (me) => ({ referrer_id: me.accountId }),
  'service.referral_action': (me) => ({ by_account: me.accountId }),
  'service.referral_draft': (me) => ({ account_id: me.accountId }),
  'service.borough_acknowledgement': (me) => ({ acknowledged_by: me.accountId }),
  'identity.kept_form': (me) => ({ account_id: me.accountId }),
  'identity.submission': (me) => ({ account_id: me.accountId }),
  'identity.access_grant': (me) => ({ requested_by: me.accountId }),
  'disposal.request': (me) => ({ requested_by: me.accountId }),
  'disposal.legal_hold': (me) => ({ placed_by: me.accountId }),
};

/** An update that decides something and says who; elsewhere a column is set to what it is. */
const decisions: Readonly<Record<string, (accountId: string) => string>> = {
  'disposal.request': (accountId) => `approved_by = '${accountId}', approved_at = now()`,
  'disposal.legal_hold': (accountId) => `lifted_by = '${accountId}', lifted_at = now()`,
};

const verbs = ['select', 'insert', 'update', 'delete'] as const;
type Verb = (typeof verbs)[number];
/** Whose rows, by table and verb, as `service.person select`; sorted. Nothing is left out. */
type Outcome = Readonly<Record<string, string>>;

/** What the matrix says of one actor: of the rows that there are. */
function expectedFor(actor: Actor): Outcome {
  const outcome: Record<string, string> = {};
  for (const [table, may] of Object.entries(matrix)) {
    for (const clause of (may[actor] ?? '').split(';').map((each) => each.trim())) {
      if (clause === '') continue;
      const [verb, ...words] = clause.split(' ');
      const group = groups[words.join(' ')];
      if (!group || !verbs.some((each) => each === verb)) throw new Error(`${table}: what is "${clause}"?`);
      const whose = new Set(known(table).map((row) => row.whose));
      const these = group(actor).filter((each) => whose.has(each));
      if (these.length > 0) outcome[`${table} ${verb}`] = these.toSorted().join(', ');
    }
  }
  return outcome;
}

let given: TestService;
let world: World;
let jobs: Database;
let keys: Map<string, string[]>;
let sources: Map<string, Row[]>;

beforeAll(async () => {
  given = await testService();
  world = await buildWorld(given);
  await addProbe(given.owner);
  jobs = new Database(given.connections.jobs);
  keys = await primaryKeys(given.owner);
  sources = new Map();
  for (const [table, rows] of world.rows) {
    const { rows: found } = await given.owner.query<{ row: Row }>(
      `select to_jsonb(t) as row from ${table} t`,
    );
    sources.set(
      table,
      rows.map((each) => found.find(({ row }) => isRow(row, each.key))?.row ?? {}),
    );
  }
});
afterAll(async () => {
  await jobs.close();
  await given.stop();
});

const known = (table: string) => world.rows.get(table.replace('as_at', 'service')) ?? [];

const isRow = (row: Row, key: Row) =>
  Object.entries(key).every(([name, value]) => plain(row[name]) === plain(value));
/** Dates and bytes read the same, however they came. */
const plain = (value: unknown) =>
  value instanceof Date
    ? value.toISOString()
    : value instanceof Buffer
      ? `\\x${value.toString('hex')}`
      : typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
        ? new Date(value).toISOString()
        : String(value);

/** Runs `work` in a transaction as the actor. */
async function as<Result>(actor: Actor, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  if (actor === 'visitor') return await given.service.database.asVisitor(work);
  const task = tasks.find((each) => actor === `task ${each}`);
  if (task !== undefined) return await jobs.asTask(task, work);
  const began = await given.service.database.asPerson(world.cast[actor as SignedIn].token, work);
  if (began === null) throw new Error(`${actor} has no session`);
  return began.result;
}

const nameOf = (actor: Actor | Member) => {
  const accountId = actor in world.cast ? world.cast[actor as Member].accountId : randomUUID();
  return { accountId, organisationId: world.organisations.near.organisationId };
};

/** One thing to try, and whose rows it would show to be writable. */
interface Trial {
  table: string;
  verb: Exclude<Verb, 'select'>;
  whose: string;
  statement: string;
}

/** Everything there is to try with the rows of the world, in the name of `name`. */
function trials(
  name: { accountId: string; organisationId: string },
  writable: Awaited<ReturnType<typeof writableColumns>>,
): Trial[] {
  return [...world.rows].flatMap(([table, rows]) =>
    rows.flatMap((known, n): Trial[] => {
      const columns = writable.get(table);
      const where = Object.entries(known.key)
        .map(
          ([column, value]) =>
            `${column}::text = ${literal(plainText(sources.get(table)?.[n]?.[column] ?? value))}`,
        )
        .join(' and ');
      const row = { ...sources.get(table)?.[n], ...inOwnName[table]?.(name) };
      if ('id' in row) Object.assign(row, { id: randomUUID() });
      const insertable = columns?.INSERT ?? [];
      const list = (insertable.length === 0 ? Object.keys(row) : insertable)
        .map(pg.escapeIdentifier)
        .join(', ');
      const sets = decisions[table]
        ? [decisions[table](name.accountId)]
        : (columns?.UPDATE ?? []).map((column) => `${column} = ${column}`);
      const about = { table, whose: known.whose };
      return [
        {
          ...about,
          verb: 'insert',
          statement: `insert into ${table} (${list}) select ${list} from jsonb_populate_record(null::${table}, ${literal(JSON.stringify(row))})`,
        },
        { ...about, verb: 'delete', statement: `delete from ${table} where ${where}` },
        ...(sets.length === 0 ? [`${Object.keys(known.key)[0]} = default`] : sets).map((set) => ({
          ...about,
          verb: 'update' as const,
          statement: `update ${table} set ${set} where ${where}`,
        })),
      ];
    }),
  );
}
const literal = (text: string) => pg.escapeLiteral(text);
const plainText = (value: unknown) => (typeof value === 'string' ? value : String(value));

function outcomeOf(seen: readonly SeenRow[], tried: readonly (readonly [Trial, Attempt])[]): Outcome {
  const outcome: Record<string, Set<string>> = {};
  const note = (what: string, whose: string) => {
    outcome[what] ??= new Set();
    outcome[what].add(whose);
  };
  for (const { table, row } of seen)
    note(
      `${table} select`,
      known(table).find(({ key }) => isSeen(row, key, table))?.whose ?? `UNKNOWN ${JSON.stringify(row)}`,
    );
  for (const [trial, attempt] of tried)
    if (attempt.allowed) note(`${trial.table} ${trial.verb}`, trial.whose);
  return Object.fromEntries(
    Object.entries(outcome).map(([what, whose]) => [what, [...whose].toSorted().join(', ')]),
  );
}

/** An as-at function may give an older version of a row: it is the same by its id. */
const isSeen = (row: Row, key: Row, table: string) =>
  isRow(row, table.startsWith('as_at') ? { id: key.id } : key);

async function everythingTried(actor: Actor, tx: Transaction, name = nameOf(actor)): Promise<Outcome> {
  const seen = await seenBy(tx);
  const all = trials(name, await writableColumns(tx));
  const attempts = await tryEach(
    tx,
    all.map(({ statement }) => statement),
  );
  return outcomeOf(
    seen,
    all.map((trial, n) => [trial, attempts[n] ?? { allowed: false, because: 'not tried' }] as const),
  );
}

describe('the matrix', () => {
  test('has a row for every table and every as-at function, and no other', async () => {
    const { rows } = await given.owner.query<{ name: string }>(
      `select 'as_at.' || proname as name from pg_proc where pronamespace = 'as_at'::regnamespace`,
    );
    const there = [...keys.keys(), ...rows.map(({ name }) => name)].filter(
      (name) => !name.startsWith('probe.'),
    );
    const missing = there.filter((name) => !(name in matrix));
    expect(missing, `Write in test/access/tables.test.ts who may do what with ${missing.join(', ')}`).toEqual(
      [],
    );
    expect(Object.keys(matrix).filter((name) => !there.includes(name))).toEqual([]);
  });

  test('is tried with rows of every table', async () => {
    const { rows } = await given.owner.query<{ name: string; count: number }>(
      [...keys.keys()]
        .map((name) => `select '${name}' as name, count(*)::int as count from ${name}`)
        .join(' union all '),
    );
    const poor = rows.filter(
      ({ name, count }) => count === 0 || (!name.startsWith('homeward.') && known(name).length !== count),
    );
    expect(poor, 'Give each of these tables rows in test/access/world.ts, and say whose they are').toEqual(
      [],
    );
  });
});

describe.each(actors)('%s', (actor) => {
  test('sees and changes what the matrix says, and nothing else', async () => {
    expect(await as(actor, (tx) => everythingTried(actor, tx))).toEqual(expectedFor(actor));
  });

  test('writes nothing in the name of somebody else', async () => {
    const written = await as(actor, (tx) => everythingTried(actor, tx, nameOf('outsider')));
    const forged = Object.keys(inOwnName)
      .map((table) => `${table} insert`)
      .filter((what) => what in written);
    expect(forged).toEqual([]);
  });
});
