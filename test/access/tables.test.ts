import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database, type Transaction } from '../../src/platform/database/transaction.ts';
import { withClient } from '../support/database.ts';
import { type TestService, testService } from '../support/service.ts';
import { type Attempt, addProbe, type SeenRow, seenBy, tryEach, writableColumns } from './probe.ts';
import {
  type Actor,
  actors,
  functionMatrix,
  groups,
  matrix,
  type SignedIn,
  signedIn,
  tasks,
} from './table-matrix.ts';
import { buildWorld, type Case, type Member, primaryKeys, type World } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

interface Name {
  accountId: string;
  organisationId: string;
}

/** What makes an inserted row the asker's own, where a row says who made it. */
const inOwnName: Readonly<Record<string, (me: Name) => Row>> = {
  'service.note_sign_off': (me) => ({ signed_by: me.accountId, organisation_id: me.organisationId }),
  'service.case_note': (me) => ({ author_id: me.accountId, organisation_id: me.organisationId }),
  'service.contact': (me) => ({ worker_id: me.accountId, organisation_id: me.organisationId }),
  'service.referral': (me) => ({ referrer_id: me.accountId }),
  'service.referral_action': (me) => ({ by_account: me.accountId }),
  'service.referral_draft': (me) => ({ account_id: me.accountId }),
  'service.borough_acknowledgement': (me) => ({ acknowledged_by: me.accountId }),
  'service.concern': (me) => ({ raised_by: me.accountId, organisation_id: me.organisationId }),
  'service.concern_told': (me) => ({ told_by: me.accountId, organisation_id: me.organisationId }),
  'service.concern_development': (me) => ({ written_by: me.accountId, organisation_id: me.organisationId }),
  'service.risk_assessment': (me) => ({ assessed_by: me.accountId, organisation_id: me.organisationId }),
  'service.allegation': (me) => ({ raised_by: me.accountId }),
  'service.allegation_recipient': (me) => ({ named_by: me.accountId }),
  'service.import_upload': (me) => ({ brought_by: me.accountId }),
  'service.report': (me) => ({ author_id: me.accountId }),
  'service.request': (me) => ({ asked_by: me.accountId }),
  'service.check_finding': (me) => ({ written_by: me.accountId }),
  'service.consultation_note': (me) => ({ written_by: me.accountId }),
  'identity.kept_form': (me) => ({ account_id: me.accountId }),
  'identity.submission': (me) => ({ account_id: me.accountId }),
  'identity.access_grant': (me) => ({ requested_by: me.accountId }),
  'disposal.request': (me) => ({ requested_by: me.accountId }),
  'disposal.legal_hold': (me) => ({ placed_by: me.accountId }),
};

/** Updates that decide something and say who; elsewhere a column is set to what it is. */
const decisions: Readonly<Record<string, (accountId: string) => string | readonly string[]>> = {
  // Those who asked change when it is due, those who are asked answer.
  'service.request': (accountId) => [
    'due_on = due_on',
    `state = 'answered', answer = 'x', answered_by = '${accountId}', answered_at = now()`,
  ],
  'service.check_in': (accountId) => `checked_in_at = now(), checked_in_by = '${accountId}'`,
  'disposal.request': (accountId) => `approved_by = '${accountId}', approved_at = now()`,
  'service.record_opening': (accountId) =>
    `reviewed_by = '${accountId}', reviewed_at = now(), finding = 'justified'`,
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
/** The organisation that each account's role is held in. */
let organisations: Map<string, string>;

beforeAll(async () => {
  given = await testService();
  world = await buildWorld(given);
  await addProbe(given.owner);
  jobs = new Database(given.connections.jobs);
  keys = await primaryKeys(given.owner);
  const held = await given.owner.query<{ account_id: string; organisation_id: string }>(
    'select account_id, organisation_id from identity.access_grant where organisation_id is not null',
  );
  organisations = new Map(held.rows.map((row) => [row.account_id, row.organisation_id]));
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

/** Whom a call is about that is about nobody. */
const nobody = { person: randomUUID(), personReference: 'HW-2222-2222', referral: randomUUID() };

const nameOf = (actor: Actor | Member) => {
  const accountId = actor in world.cast ? world.cast[actor as Member].accountId : randomUUID();
  return {
    accountId,
    organisationId: organisations.get(accountId) ?? world.organisations.near.organisationId,
  };
};

/** One thing to try, and whose rows it would show to be writable. */
interface Trial {
  table: string;
  verb: Exclude<Verb, 'select'>;
  whose: string;
  statement: string;
}

/** Everything there is to try with the rows of the world, in the name of `name`. */
function trials(name: Name, writable: Awaited<ReturnType<typeof writableColumns>>): Trial[] {
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
        ? [decisions[table](name.accountId)].flat()
        : (columns?.UPDATE ?? []).map((column) => `${column} = ${column}`);
      const about = { table, whose: known.whose };
      const tries: Trial[] = [
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
      // Where a role may write no column at all, one try of each kind says so.
      return n > 0 && insertable.length === 0 && sets.length === 0
        ? tries.filter(({ verb }) => verb === 'delete')
        : tries;
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
  for (const { table, row } of seen) note(`${table} select`, whoseIs(table, row));
  for (const [trial, attempt] of tried)
    if (attempt.allowed) note(`${trial.table} ${trial.verb}`, trial.whose);
  return Object.fromEntries(
    Object.entries(outcome).map(([what, whose]) => [what, [...whose].toSorted().join(', ')]),
  );
}

const whoseIs = (table: string, row: Row): string =>
  known(table).find(({ key }) => isSeen(row, key, table))?.whose ?? `UNKNOWN ${JSON.stringify(row)}`;

/** An as-at function may give an older version of a row: it is the same by its id. */
const isSeen = (row: Row, key: Row, table: string) =>
  isRow(row, table.startsWith('as_at') ? { id: key.id } : key);

/** Tries to write everything there is, in the name of `name`, and says what came of each try. */
async function everyTrial(tx: Transaction, name: Name): Promise<(readonly [Trial, Attempt])[]> {
  const all = trials(name, await writableColumns(tx));
  // Nothing is changed without a command; what it adds to the audit is undone with the tries.
  await sql`savepoint before_the_tries`.execute(tx);
  const mayCommand = await sql<{ yes: boolean }>`
    select case when has_schema_privilege('audit', 'usage')
      then has_function_privilege('audit.command(text, text, uuid, uuid, jsonb)', 'execute') else false end as yes`.execute(
    tx,
  );
  if (mayCommand.rows[0]?.yes) await sql`select audit.command('test', 'test', null, null, '{}')`.execute(tx);
  const attempts = await tryEach(
    tx,
    all.map(({ statement }) => statement),
  );
  await sql`rollback to savepoint before_the_tries`.execute(tx);
  return all.map((trial, n) => [trial, attempts[n] ?? { allowed: false, because: 'not tried' }] as const);
}

describe('the matrix', () => {
  test('has a row for every table and every as-at function of one, and no other', async () => {
    const { rows } = await given.owner.query<{ name: string }>(
      `select 'as_at.' || p.proname as name from pg_proc p join pg_type t on t.oid = p.prorettype
       where p.pronamespace = 'as_at'::regnamespace and t.typrelid <> 0`,
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
    const found = await as(actor, async (tx) =>
      outcomeOf(await seenBy(tx), await everyTrial(tx, nameOf(actor))),
    );
    expect(found).toEqual(expectedFor(actor));
  });

  test('writes nothing in the name of somebody else', async () => {
    const somebodyElse = { ...nameOf(actor), accountId: world.cast.outsider.accountId };
    const tried = await as(actor, (tx) => everyTrial(tx, somebodyElse));
    const forged = tried.filter(
      ([{ table, verb }, { allowed }]) => allowed && verb === 'insert' && table in inOwnName,
    );
    expect(forged).toEqual([]);
  });
});

test.each(functionMatrix.map((each) => [each.call(nobody).split('(')[0] ?? '', each] as const))(
  '%s tells about those whom the matrix names, and nobody else',
  async (_call, { call, may }) => {
    const calls = Object.values(world.cases).map((each) =>
      call({
        person: each.personId ?? nobody.person,
        personReference: each.personReference ?? nobody.personReference,
        referral: each.referralId,
      }),
    );
    const names = Object.keys(world.cases) as Case[];
    const isAboutPeople =
      call(nobody).includes(nobody.person) || call(nobody).includes(nobody.personReference);
    const told: Partial<Record<Actor, string>> = {};
    const expected: Partial<Record<Actor, string>> = {};
    for (const actor of actors) {
      const answers = await as(actor, (tx) => tryEach(tx, calls));
      told[actor] = names.filter((_name, n) => answers[n]?.allowed).join(', ');
      const group = groups[may[actor] ?? '']?.(actor) ?? [];
      expected[actor] = names
        .filter((name) => group.includes(name) && !(isAboutPeople && world.cases[name].personId === null))
        .join(', ');
    }
    expect(told).toEqual(expected);
  },
);

/** What SQL that somebody manages to inject into a statement of their own request could try. */
describe('injected SQL', () => {
  const requestRoles = ['visitor', 'referrer', 'relationship', 'provider', 'area', 'steward'];

  /** Every cell that is seen, as `service.person open family_name`, and every write that is allowed. */
  async function reach(actor: Actor, tx: Transaction): Promise<Set<string>> {
    const cells = (await seenBy(tx)).flatMap(({ table, row }) =>
      Object.keys(row).map((column) => `${table} ${whoseIs(table, row)} ${column}`),
    );
    const written = (await everyTrial(tx, nameOf(actor))).filter(([, attempt]) => attempt.allowed);
    return new Set([...cells, ...written.map(([trial]) => `${trial.table} ${trial.verb} ${trial.whose}`)]);
  }

  test.each([...signedIn, 'visitor'] as const)('takes %s no further under any other role', async (actor) => {
    const own = await as(actor, (tx) => reach(actor, tx));
    expect(own.size).toBeGreaterThan(5);
    for (const role of requestRoles) {
      const more = await as(actor, async (tx) => {
        await sql.raw(`set local role homeward_${role}`).execute(tx);
        return [...(await reach(actor, tx))].filter((each) => !own.has(each));
      });
      expect(more, `${actor} as homeward_${role}`).toEqual([]);
    }
  });

  test('sees nothing without the role that the request took', async () => {
    for (const actor of signedIn) {
      const seen = await as(actor, async (tx) => {
        await sql`reset role`.execute(tx);
        return await seenBy(tx);
      });
      expect(seen).toEqual([]);
    }
  });

  test.each([
    'homeward_owner',
    'homeward_gate',
    'homeward_jobs',
    // That of statistics is open to the web: its policies ask who counts.
    ...tasks.filter((task) => task !== 'statistics').map((task) => `homeward_task_${task}`),
  ])('cannot become %s', async (role) => {
    const becoming = as('operations-manager', (tx) => sql.raw(`set local role ${role}`).execute(tx));
    await expect(becoming).rejects.toThrow('permission denied to set role');
  });

  test('sees code lists and nothing else once it has thrown the context away', async () => {
    for (const actor of signedIn) {
      const seen = await as(actor, async (tx) => {
        await sql`select set_config('homeward.context', '', true)`.execute(tx);
        return await seenBy(tx);
      });
      expect(seen.filter(({ table }) => !table.startsWith('reference.'))).toEqual([]);
    }
  });

  const readContext = async (tx: Transaction) => {
    const { rows } = await sql<{ context: string }>`
      select current_setting('homeward.context') as context`.execute(tx);
    return rows[0]?.context ?? '';
  };

  test.each<[string, (context: string) => string]>([
    [
      'in another’s name',
      (context) => context.replace(world.cast.caseworker.accountId, world.cast.coordinator.accountId),
    ],
    [
      'with another’s role',
      (context) => context.replace(world.cast.caseworker.grantId, world.cast['operations-manager'].grantId),
    ],
    ['without its proof', (context) => context.split('|').slice(0, 5).join('|')],
    ['with an empty proof', (context) => `${context.split('|').slice(0, 5).join('|')}|`],
    ['with more in it', (context) => `${context}|${world.cast.coordinator.accountId}`],
    ['that is no context', () => 'operations-manager'],
  ])('cannot use a context %s', async (_how, forge) => {
    const forged = as('caseworker', async (tx) => {
      const context = forge(await readContext(tx));
      await sql`select set_config('homeward.context', ${context}, true)`.execute(tx);
      return await tx.selectFrom('service.person').select('id').execute();
    });
    await expect(forged).rejects.toThrow('forged context');
  });

  test('cannot use the context of somebody else, of the same connection a moment ago or of another one now', async () => {
    const { web } = given.connections;
    const begin = `begin; select set_config('role', database_role, true) from identity.begin('TOKEN')`;
    const contextOf = async (client: pg.Client, member: Member) => {
      await client.query(begin.replace('TOKEN', world.cast[member].token));
      const { rows } = await client.query<{ context: string }>(
        `select current_setting('homeward.context') as context`,
      );
      return rows[0]?.context;
    };
    await withClient(web, async (first) =>
      withClient(web, async (second) => {
        const other = await contextOf(first, 'operations-manager');
        await contextOf(second, 'caseworker');
        for (const road of [first, second]) {
          if (road === first) {
            await first.query('commit');
            await contextOf(first, 'caseworker');
          }
          await road.query(`select set_config('homeward.context', $1, true)`, [other]);
          await road.query('set local role homeward_area');
          await expect(road.query('select id from service.person')).rejects.toThrow('forged context');
        }
      }),
    );
  });

  test('cannot sign the audit as a background task', async () => {
    await as('caseworker', async (tx) => {
      await sql`select set_config('homeward.task', 'backup', true)`.execute(tx);
      await sql`select audit.look('view-person', 'person', null, null)`.execute(tx);
    });
    const { rows } = await given.owner.query(
      `select actor_id, task from audit.entry where actor_id = $1 and action = 'view-person'`,
      [world.cast.caseworker.accountId],
    );
    expect(rows).toEqual([{ actor_id: world.cast.caseworker.accountId, task: null }]);
    await expect(
      as('caseworker', (tx) => sql`select audit.task('sealed', null, null, null, '{}')`.execute(tx)),
    ).rejects.toThrow('permission denied');
  });

  test('cannot have the gate run a function of its own by way of a temporary type', async () => {
    const steal = () =>
      as('caseworker', async (tx) => {
        await sql
          .raw(
            `create function pg_temp.steal(pg_catalog.text) returns boolean language plpgsql as $$
             begin raise exception 'STOLEN as %', current_user; end $$;
             create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.steal(value::pg_catalog.text))`,
          )
          .execute(tx);
        await sql`select audit.command('x', 'person', null, null, '{}')`.execute(tx);
        throw new Error('nothing was stolen');
      });
    // (A copied database has lost what 00-start.sql takes from everybody: the right to make anything temporary.)
    await expect(steal()).rejects.toThrow('nothing was stolen');
    // Where pg_temp is not named it is searched first, and `made uuid` in a function of the gate's is the thief's type.
    const searchPath = (path: string) =>
      given.owner.query(
        `alter function audit.command(text, text, uuid, uuid, jsonb) set search_path = ${path}`,
      );
    await searchPath('pg_catalog');
    await expect(steal()).rejects.toThrow('STOLEN as homeward_gate');
    await searchPath('pg_catalog, pg_temp');
  });
});
