import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  carryOutDisposals,
  disposeAgain,
  filesHoldTraces,
  readDisposed,
  reviewRetention,
  writeFilesAnew,
} from '../../src/disposal/index.ts';
import { createKeyring } from '../../src/platform/crypto/sealed-box.ts';
import { writeBackup } from '../../src/platform/database/backup.ts';
import { type Connections, connectionsTo } from '../../src/platform/database/connections.ts';
import { type EmbeddedServer, freePort, useServer } from '../../src/platform/database/embedded-server.ts';
import { prepareDatabase } from '../../src/platform/database/prepare-database.ts';
import { restoreBackup } from '../../src/platform/database/restore.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { broughtInRows } from '../access/brought-in-rows.ts';
import { caseworkRows } from '../access/casework-rows.ts';
import { TEST_SECRET, type TestDatabase, testDatabase, testRoad, withClient } from '../support/database.ts';
import { provider, type Someone, someone } from '../support/service.ts';

/** In no language, and in no compressed or encoded form of anything else. */
const CANARY = 'zxqcanaryqxz';
const OTHER = 'wvjotherjvw';

interface Subject {
  person: string;
  reference: string;
  referral: string;
  referrer: string;
  note: string;
}

/** A young person who referred themselves, was supported, and whose record closed long ago: the word in all they wrote. */
async function closedRecord(
  owner: pg.Client,
  word: string,
  place: Awaited<ReturnType<typeof provider>>,
): Promise<Subject> {
  const worker = await someone(owner, 'caseworker', place);
  const referrer = (await someone(owner, 'referrer', { name: word })).accountId;
  const one = async (statement: string, values: unknown[]): Promise<{ id: string; reference: string }> =>
    (await owner.query(statement, values)).rows[0];
  const person = await one(
    `insert into service.person (given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, area)
     values ('Ada', $1, $1, '1994-05-04', 'exact', 'female', 'WBRI', 'E09000022') returning id, reference`,
    [word],
  );
  const referral = await one(
    `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, received_at, decision_due_on, area, family_name, name_key,
       date_of_birth, date_of_birth_precision, gender, ethnicity, answers, person_id, decided_at)
     values ('intervention', 'allocated', $1, 'self-or-family', '', '2012-03-05 10:00Z', '2012-03-09', 'E09000022', $2, $2,
       '1994-05-04', 'exact', 'female', 'WBRI', $3, $4, '2012-03-06 09:00Z') returning id, reference`,
    [
      referrer,
      word,
      JSON.stringify([{ page: 1, key: 'worry', question: 'Why?', answer: word, value: word }]),
      person.id,
    ],
  );
  await owner.query(
    `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details) values ($1, 1, 'E09000022', $2, 'accepted', '{}')`,
    [referral.id, person.id],
  );
  await owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, started_at, taken_up_at, ended_at)
     values ($1, $2, 'E09000022', $3, $4, '2012-03-07', '2012-03-08', '2013-01-31')`,
    [referral.id, person.id, place.organisationId, place.teamId],
  );
  const episode = await one(
    `insert into service.episode (person_id, area, referral_id, opened_at, closed_at)
     values ($1, 'E09000022', $2, '2012-03-06 09:00Z', '2013-01-31') returning id, id::text as reference`,
    [person.id, referral.id],
  );
  await owner.query(
    `with raised as (
       insert into service.allegation (organisation_id, about_name, what, raised_by) values ($1, 'A. Member', 'As was said', $2) returning id)
     insert into service.allegation_person (allegation_id, person_id, what) select id, $3, $4 from raised`,
    [place.organisationId, worker.accountId, person.id, word],
  );
  const note = await one(
    `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact) values ($1, $2, $3, 'call', '2012-04-01', $4)
     returning id, id::text as reference`,
    // Too long for its row, and too random to be compressed: it is kept beside the table.
    [person.id, place.organisationId, worker.accountId, `${randomBytes(6000).toString('base64')}${word}`],
  );
  const about = {
    personId: person.id,
    episodeId: episode.id,
    referralId: referral.id,
    organisationId: place.organisationId,
    area: 'E09000022',
    noteId: note.id,
    workerId: worker.accountId,
    canary: word,
  };
  for (const [table, { row }] of Object.entries(caseworkRows)) {
    const entries = Object.entries(row(about));
    await owner.query(
      `insert into ${table} (${entries.map(([column]) => column).join(', ')}) values (${entries.map((_entry, n) => `$${n + 1}`).join(', ')})`,
      entries.map(([, value]) => value),
    );
  }
  const past = await one(
    `insert into service.import (source, files) values ('a folder', '{}') returning id, id::text as reference`,
    [],
  );
  for (const { table, row } of broughtInRows({
    personId: person.id,
    referralId: referral.id,
    area: 'E09000022',
    importId: past.id,
    place: 1,
  }))
    await owner.query(
      `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
        .map((_column, n) => `$${n + 1}`)
        .join(', ')})`,
      Object.values(row),
    );
  await owner.query(
    `insert into service.recorded_event (person_id, ordinal, kind, occurred_on, source) values ($1, 2, 'arrest', '2012-02-01', $2)`,
    [person.id, word],
  );
  await owner.query(
    `insert into service.waiting_entry (person_id, episode_id, area, meanwhile, local_provision, moved_up_at, moved_up_reason, moved_up_why)
     values ($1, $2, 'E09000022', $3, $3, now(), 'other', $3)`,
    [person.id, episode.id, word],
  );
  const right = await one(
    `insert into service.rights_request (person_id, kind, received_on, asked_by, from_whom, what, due_on)
     values ($1, 'access', '2012-05-01', 'themselves', $2, $2, '2012-06-01') returning id, id::text as reference`,
    [person.id, word],
  );
  await owner.query(
    `insert into service.redaction_mark (rights_request_id, person_id, passage, decision, reason) values ($1, $2, $3, 'redact', 'third-party')`,
    [right.id, person.id, word],
  );
  const asked = await one(
    `insert into service.request (kind, person_id, area, question, asked_by, due_on) values ('consultation', $1, 'E09000022', $2, $3, '2012-05-01')
     returning id, id::text as reference`,
    [person.id, word, worker.accountId],
  );
  await owner.query(
    `insert into service.check_finding (request_id, person_id, finding, source, source_grade, intelligence_grade, handling, written_by)
     values ($1, $2, $3, $3, '1', 'A', 'P', $4)`,
    [asked.id, person.id, word, worker.accountId],
  );
  await owner.query(
    'insert into service.consultation_note (request_id, person_id, note, written_by) values ($1, $2, $3, $4)',
    [asked.id, person.id, word, worker.accountId],
  );
  await owner.query(
    `insert into service.referral_addition (referral_id, kind, words) values ($1, 'information', $2)`,
    [referral.id, word],
  );
  for (const file of [
    { referral_id: referral.id },
    { person_id: person.id, organisation_id: place.organisationId },
  ]) {
    const columns = Object.keys(file);
    const { id } = await one(
      `insert into service.attachment (name, type, size, sha256, uploaded_by, ${columns.join(', ')})
       values ($1, 'text', 10, 'x', $2, ${columns.map((_column, n) => `$${n + 3}`).join(', ')}) returning id, id::text as reference`,
      [word, worker.accountId, ...Object.values(file)],
    );
    await owner.query(
      'insert into service.attachment_content (attachment_id, content_sealed) values ($1, $2)',
      [id, Buffer.from(word)],
    );
  }
  await owner.query(
    `insert into service.borough_acknowledgement (referral_id, area, acknowledged_by, note) values ($1, 'E09000022', $2, $3)`,
    [referral.id, worker.accountId, word],
  );
  await owner.query(
    `insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, $2, 'telephone')`,
    [referrer, word],
  );
  for (const sent of [referral.id, null]) {
    await owner.query(
      'insert into service.referral_draft (account_id, answers_sealed, referral_id) values ($1, $2, $3)',
      [referrer, Buffer.from(word), sent],
    );
  }
  for (const [account, path] of [
    [worker.accountId, `/people/${person.id}/notes/new`],
    [worker.accountId, `/referrals/${referral.id}/decide`],
    [referrer, '/refer/concern'],
  ]) {
    await owner.query(
      'insert into identity.kept_form (account_id, path, fields_sealed) values ($1, $2, $3)',
      [account, path, Buffer.from(word)],
    );
    await owner.query(
      `insert into messages.message (account_id, template, path, last_error) values ($1, 'something-waits', $2, $3)`,
      [account, path, word],
    );
  }
  for (const words of [
    word,
    `Ada ${word.toUpperCase()}`,
    `${word.slice(0, -1)}`,
    `about ${person.reference}`,
  ])
    await owner.query('select audit.search($1, 1)', [words]);
  await owner.query(
    `insert into disposal.legal_hold (subject_kind, subject_id, reference, reason, placed_by, lifted_by, lifted_at)
     values ('person', $1, $2, $3, $4, $4, now())`,
    [person.id, person.reference, word, worker.accountId],
  );
  for (const settled of [
    `update service.concern set closed_at = now(), closed_by = raised_by, outcome = 'no-further-action' where person_id = $1 and closed_at is null`,
    `update service.follow_up set done_on = due_on, reached = 'reached', safe = 'yes' where person_id = $1`,
    `update service.request set state = 'answered', answer = 'x', answered_by = asked_by, answered_at = now()
     where person_id = $1 or referral_id in (select id from service.referral where person_id = $1)`,
    `update service.rights_request set stage = 'answered', outcome = 'granted', decision = 'x', answered_on = '2012-05-20' where person_id = $1`,
    `update service.processing_restriction set lifted_on = since where person_id = $1`,
    `update service.allegation set closed_at = now(), outcome = 'x'
     where id in (select allegation_id from service.allegation_person where person_id = $1)`,
  ])
    await owner.query(settled, [person.id]);
  return { person: person.id, reference: person.reference, referral: referral.id, referrer, note: note.id };
}

/** Codes, which the figures stand on, and what the database itself makes: everything else that is text is free text. */
const NOT_FREE = [
  'gender',
  'ethnicity',
  'agency_kind',
  'area',
  'reference',
  'stage',
  'kind',
  'date_of_birth_precision',
  // Codes that are counted: what can be counted is kept.
  'decision_reason',
  'residence_ward',
  'referring_area',
  'education_status',
  'education_setting',
  'social_care_status',
  'gang_link',
  'missing_linked',
  'linked_force',
  'linked_town',
  'provider',
  'service',
  'police_force',
];

/** What is about staff, and names no young person: it is kept when one is disposed of. */
const ABOUT_STAFF = [
  'service.access_finding',
  'service.data_breach',
  'service.allegation',
  'service.check_in',
  'service.cover',
  'service.worker_capacity',
  'service.allegation_recipient',
];

/** What was counted, here or elsewhere, and is of no record here. */
const OF_NO_RECORD = [
  'service.report',
  'service.report_text',
  'service.report_figures',
  'service.report_publication',
  'service.county_link',
  'service.training_session',
  'service.import',
  // Sealed, and gone within seven days.
  'service.import_upload',
  'service.import_upload_piece',
];

/** Puts the word at the end of every free text of their rows, a column at a time: each change leaves a version behind. */
async function writeEverywhere(owner: pg.Client, subject: Subject, word: string): Promise<string[]> {
  const { rows } = await owner.query<{ table: string; column: string; type: string }>(
    `select c.table_schema || '.' || c.table_name as table, c.column_name as column, c.data_type as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'service' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and c.data_type in ('text', 'jsonb', 'bytea')
       and c.column_name <> all ($1) and c.table_schema || '.' || c.table_name <> all ($2) order by 1, 2`,
    [NOT_FREE, [...ABOUT_STAFF, ...OF_NO_RECORD]],
  );
  const free: string[] = [];
  for (const { table, column, type } of rows) {
    const added = {
      text: `coalesce(${column}, '') || '${word}'`,
      jsonb: `case jsonb_typeof(${column}) when 'array' then ${column} || '["${word}"]' else ${column} || '{"to": "${word}"}' end`,
      bytea: `'${word}'::bytea`,
    }[type];
    const changed = await unlessOnlyCodes(
      owner,
      `update ${table} t set ${column} = ${added}
       where to_jsonb(t)->>'person_id' = $1 or to_jsonb(t)->>'id' = $1 or to_jsonb(t)->>'referral_id' = $2 or to_jsonb(t)->>'id' = $2
         or to_jsonb(t)->>'referrer_id' = $3
         or to_jsonb(t)->>'attachment_id' in (select id::text from service.attachment where person_id::text = $1)`,
      [subject.person, subject.referral, subject.referrer],
    );
    if (changed === null) continue;
    expect(changed, `${table}.${column} has a row of theirs to write in`).toBeGreaterThan(0);
    free.push(`${table}.${column}`);
  }
  return free;
}

/** How many rows a statement changed; null where a check of the table refuses the word, which is no code of it. */
async function unlessOnlyCodes(
  owner: pg.Client,
  statement: string,
  values: readonly string[],
): Promise<number | null> {
  try {
    return (await owner.query(statement, [...values])).rowCount ?? 0;
  } catch (error) {
    if (error instanceof pg.DatabaseError && ['23514', '23503'].includes(error.code ?? '')) return null;
    throw error;
  }
}

/** Every table, of every schema but PostgreSQL's own, that has the word in any column; and the planner's statistics. */
async function tablesWith(owner: pg.Client, word: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of [...rows, { name: 'pg_catalog.pg_stats' }]) {
    const hit = await owner.query(
      `select from ${name} t where lower(t::text) like '%' || $1 || '%' or t::text like '%' || encode($1::bytea, 'hex') || '%' limit 1`,
      [word],
    );
    if (hit.rowCount) found.push(name);
  }
  return found.sort();
}

/** The files of the server's data directory that have the word's bytes in them: tables, indexes, the log, all of it. */
async function filesWith(dataDir: string, word: string): Promise<string[]> {
  const root = join(dataDir, 'postgres', 'data');
  const found: string[] = [];
  for (const file of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0)); // removed meanwhile
    if (bytes.includes(word)) found.push(path.slice(root.length + 1));
  }
  return found;
}

const referralsByMonth = async (owner: pg.Client) =>
  (
    await owner.query(`
      select to_char(received, 'YYYY-MM') as month, count(*)::int as referrals, count(*) filter (where gender = 'female')::int as female,
        count(*) filter (where age between 16 and 17)::int as aged_16_or_17
      from (
        select received_at as received, gender, extract(year from age(received_at::date, date_of_birth))::int as age from service.referral
        union all
        select received_on, gender, age_at_referral from disposal.counted_referral where recorded_until is null
      ) r group by 1 order by 1`)
  ).rows;

/** What two people do on the pages, done by the policies' own rights. */
async function approve(
  web: Database,
  first: Someone,
  second: Someone,
  subject: Pick<Subject, 'person' | 'reference'>,
): Promise<string> {
  const proposed = await web.asPerson(first.token, (tx) =>
    tx
      .insertInto('disposal.request')
      .values({
        subject_kind: 'person',
        subject_id: subject.person,
        reference: subject.reference,
        ground: 'retention-ended',
        note: CANARY,
        requested_by: first.accountId,
      })
      .execute(),
  );
  expect(proposed).not.toBeNull();
  const approved = await web.asPerson(second.token, (tx) =>
    tx
      .updateTable('disposal.request')
      .set({ approved_by: second.accountId, approved_at: new Date() })
      .where('subject_id', '=', subject.person)
      .where('approved_at', 'is', null)
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return approved?.result.id ?? '';
}

describe('a young person who is disposed of', () => {
  let folder: string;
  let dataDir: string;
  let server: EmbeddedServer;
  let connections: Connections;
  let owner: pg.Client;
  let web: Database;
  let jobs: Database;
  let gone: Subject;
  let stays: Subject;
  let before: Awaited<ReturnType<typeof referralsByMonth>>;
  const keyring = createKeyring(TEST_SECRET);
  const now = new Date('2026-11-22T13:05:00Z');
  const backup = () => join(folder, 'from-before.backup');
  const logs = () => [join(folder, 'data'), join(folder, 'elsewhere')];

  async function open(): Promise<void> {
    owner = new pg.Client(connections.owner ?? {});
    owner.on('error', () => undefined);
    await owner.connect();
    web = new Database(connections.web, { connections: 2 });
    jobs = new Database(connections.jobs, { connections: 2 });
  }
  async function close(): Promise<void> {
    await web.close();
    await jobs.close();
    await owner.end();
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeward-disposal-'));
    dataDir = join(folder, 'server');
    const tcpPort = await freePort();
    // As a service has it, but that nobody waits for the disk and no background clears up before we look.
    server = await useServer(dataDir, { tcpPort, settings: { fsync: 'off', autovacuum: 'off' } });
    const road = testRoad() === 'tcp' ? { ...server.connection, host: '127.0.0.1' } : server.connection;
    connections = connectionsTo(road, TEST_SECRET);
    await prepareDatabase(connections, TEST_SECRET, keyring);
    await open();
    const place = await provider(owner);
    gone = await closedRecord(owner, CANARY, place);
    stays = await closedRecord(owner, OTHER, place);
    const columns = await writeEverywhere(owner, gone, CANARY);
    expect(columns).toEqual(
      expect.arrayContaining([
        'service.case_note.opinion',
        'service.person.known_as',
        'service.referral.answers',
      ]),
    );
    await owner.query('analyze');
    before = await referralsByMonth(owner);
    await writeBackup(connections.jobs, backup(), { passphrase: TEST_SECRET, keyring, madeAt: now });

    // Where the word is before: the search below would find it.
    expect(await tablesWith(owner, CANARY)).toEqual(
      expect.arrayContaining([
        'audit.detail',
        'disposal.legal_hold',
        'history.case_note',
        'history.person',
        'history.referral',
        'identity.account',
        'identity.kept_form',
        'messages.message',
        'pg_catalog.pg_stats',
        'service.case_note',
        'service.person',
        'service.referral',
        'service.referral_draft',
      ]),
    );
  });
  afterAll(async () => {
    await close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  test('is due by the rule, and nobody who is not', async () => {
    await reviewRetention(jobs, now);
    const due = await owner.query(
      'select subject_id, record_type, closed_on, keep_until from disposal.retention order by subject_id',
    );
    expect(due.rows).toEqual(
      [gone, stays].map(({ person }) => ({
        subject_id: person,
        record_type: 'supported',
        closed_on: '2013-01-31',
        keep_until: '2020-01-31',
      })),
    );
  });

  test('is nowhere in any table or its history, and everybody else is where they were', async () => {
    const others = async () => [
      await tablesWith(owner, OTHER),
      (
        await owner.query('select count(*)::int as versions from history.case_note where person_id = $1', [
          stays.person,
        ])
      ).rows,
      (await owner.query('select * from service.person where id = $1', [stays.person])).rows,
    ];
    const othersBefore = await others();
    const lead = await someone(owner, 'data-protection-lead');
    const manager = await someone(owner, 'operations-manager');
    const request = await approve(web, lead, manager, gone);
    expect(await carryOutDisposals(jobs, logs())).toEqual({ done: [request], waiting: [] });

    // What the planner remembers of them goes with the files, below.
    const holding = async (word: string) =>
      (await tablesWith(owner, word)).filter((table) => table !== 'pg_catalog.pg_stats');
    expect(await holding(CANARY)).toEqual([]);
    // Nor are their reference and their notes' ids; their own id stands in the audit, and where it is refused for ever.
    expect(await holding(gone.reference.toLowerCase())).toEqual([]);
    expect(await holding(gone.note)).toEqual([]);
    expect(await holding(gone.person)).toEqual([
      'audit.entry',
      'disposal.disposed',
      'disposal.legal_hold',
      'disposal.request',
    ]);
    expect(await holding(gone.referrer)).toEqual(['disposal.disposed']);
    expect(await others()).toEqual(othersBefore);
    const audited = await owner.query(`select task, person_id from audit.entry where action = 'disposed'`);
    expect(audited.rows).toEqual([{ task: 'disposal', person_id: gone.person }]);
  });

  test('still counts, by month and as it was recorded at any earlier day', async () => {
    expect(await referralsByMonth(owner)).toEqual(before);
    const left = async (columns: string, table: string) =>
      (
        await owner.query(
          `select ${columns} from disposal.${table} where recorded_until is null order by ${columns}`,
        )
      ).rows;
    expect(await left('received_on, decision, age_at_referral, decided_on', 'counted_referral')).toEqual([
      { received_on: '2012-03-05', decision: 'accepted', age_at_referral: 17, decided_on: '2012-03-06' },
    ]);
    // They never engaged: the day they were allocated is in no figure.
    expect(await left('closed_on, allocated_on, first_engaged_on', 'counted_support')).toEqual([
      { closed_on: '2012-12-31', allocated_on: null, first_engaged_on: null },
      { closed_on: '2013-01-31', allocated_on: null, first_engaged_on: null },
    ]);
    expect(await left('service, made_on', 'counted_onward_referral')).toEqual([
      { service: 'housing', made_on: '2026-03-02' },
      { service: null, made_on: null },
    ]);
    // Of an arrest on 1 February, that it was in the year before they were accepted.
    expect(await left('kind, told_on', 'counted_event')).toEqual([{ kind: 'arrest', told_on: '2012-03-05' }]);
    expect(await left('requested_on', 'counted_rescue')).toEqual([{ requested_on: '2020-01-01' }]);
    expect(await left('referred_on', 'counted_nrm_referral')).toEqual([{ referred_on: '2020-01-01' }]);
  });

  test('leaves bytes in the files until those are written anew, and then none', async () => {
    await owner.query('checkpoint');
    const traces = await filesWith(dataDir, CANARY);
    expect(traces.some((file) => file.startsWith('base/'))).toBe(true);
    expect(traces.some((file) => file.startsWith('pg_wal/'))).toBe(true);

    const reader = new pg.Client(connections.owner ?? {});
    await reader.connect();
    await reader.query('begin transaction isolation level repeatable read');
    await reader.query('select from service.person');
    // What is deleted after somebody has begun to read is kept for them.
    await owner.query('delete from disposal.retention');
    await expect(writeFilesAnew(owner)).rejects.toThrow(/disposal\.retention still holds 1 deleted rows/);
    await reader.end();
    const { rows } = await owner.query('select erased_at from disposal.request');
    expect(rows).toEqual([{ erased_at: null }]);

    expect(await filesHoldTraces(jobs)).toBe(true);
    expect(await writeFilesAnew(owner)).toMatchObject({ log: true });
    expect(await filesHoldTraces(jobs)).toBe(false);
    expect(await filesWith(dataDir, CANARY)).toEqual([]);
    expect(await tablesWith(owner, CANARY)).toEqual([]);
    expect(await tablesWith(owner, gone.reference.toLowerCase())).toEqual([]);
    expect(await tablesWith(owner, OTHER)).toContain('service.person');
    const erased = await owner.query('select erased_at is not null as yes from disposal.request');
    expect(erased.rows).toEqual([{ yes: true }]);
  });

  test('cannot come back under the same id', async () => {
    const again = owner.query(
      `insert into service.person (id, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
       values ($1, 'x', 'x', 'not-known', 'unknown', 'NOBT', 'E09000022')`,
      [gone.person],
    );
    await expect(again).rejects.toThrow('was disposed of');
  });

  test('is written down outside the database, in ids alone', async () => {
    for (const log of logs()) {
      const text = await readFile(join(log, 'disposals.log'), 'utf8');
      expect(text.trim().split('\n')).toHaveLength(1);
      expect(JSON.parse(text)).toMatchObject({
        kind: 'person',
        subject: gone.person,
        referrals: [gone.referral],
        accounts: [gone.referrer],
      });
      expect(text).not.toContain(gone.reference);
    }
  });

  test.for([
    { told: 'the log alone', fromLog: true },
    { told: 'the database that is replaced alone', fromLog: false },
  ])('is not brought back by a backup from before: by $told', async ({ fromLog }) => {
    const disposed = fromLog ? [] : await readDisposed(owner);
    await close();
    let reapplied: Awaited<ReturnType<typeof disposeAgain>> | undefined;
    const { keptAs } = await restoreBackup(connections, backup(), {
      passphrase: TEST_SECRET,
      keyring,
      production: false,
      replace: true,
      now: new Date(),
      async prepare(restored) {
        await prepareDatabase(restored, TEST_SECRET, keyring);
        await withClient(restored.owner ?? {}, async (client) => {
          expect(await tablesWith(client, CANARY)).toContain('service.person');
          reapplied = await disposeAgain(client, fromLog ? logs() : [], disposed);
          await writeFilesAnew(client);
        });
      },
    });
    await open();
    expect(reapplied).toEqual({ again: 1, unreadable: 0 });
    await owner.query(`drop database "${keptAs}"`);
    expect(await tablesWith(owner, CANARY)).toEqual([]);
    expect(await filesWith(dataDir, CANARY)).toEqual([]);
    expect(await tablesWith(owner, OTHER)).toContain('service.case_note');
    expect(await referralsByMonth(owner)).toEqual(before);
  });
});

describe('the database refuses', () => {
  let given: TestDatabase;
  let owner: pg.Client;
  let web: Database;
  let jobs: Database;
  let lead: Someone;
  let manager: Someone;
  let place: Awaited<ReturnType<typeof provider>>;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeward-disposal-'));
    given = await testDatabase();
    const connections = connectionsTo(given.ownerConfig, TEST_SECRET);
    owner = new pg.Client(given.ownerConfig);
    await owner.connect();
    web = new Database(connections.web, { connections: 2 });
    jobs = new Database(connections.jobs, { connections: 2 });
    lead = await someone(owner, 'data-protection-lead');
    manager = await someone(owner, 'operations-manager');
    place = await provider(owner);
  });
  afterAll(async () => {
    await web.close();
    await jobs.close();
    await owner.end();
    await given.drop();
    await rm(folder, { recursive: true });
  });

  const propose = (subject: Subject, who: Someone = lead) =>
    web.asPerson(who.token, (tx) =>
      tx
        .insertInto('disposal.request')
        .values({
          subject_kind: 'person',
          subject_id: subject.person,
          reference: subject.reference,
          ground: 'recorded-in-error',
          requested_by: who.accountId,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );

  test('a disposal that one person approves alone, by policy and by constraint', async () => {
    const subject = await closedRecord(owner, 'alone', place);
    const request = (await propose(subject))?.result.id ?? '';
    const alone = await web.asPerson(lead.token, (tx) =>
      tx
        .updateTable('disposal.request')
        .set({ approved_by: lead.accountId, approved_at: new Date() })
        .where('id', '=', request)
        .executeTakeFirstOrThrow(),
    );
    expect(alone?.result.numUpdatedRows).toBe(0n);
    const inAnothersName = web.asPerson(manager.token, (tx) =>
      tx
        .updateTable('disposal.request')
        .set({ approved_by: lead.accountId, approved_at: new Date() })
        .where('id', '=', request)
        .execute(),
    );
    await expect(inAnothersName).rejects.toThrow(/row-level security|check constraint/);
    await expect(
      owner.query(
        'update disposal.request set approved_by = requested_by, approved_at = now() where id = $1',
        [request],
      ),
    ).rejects.toThrow('check constraint');
    await expect(
      jobs.asTask('disposal', (tx) => sql`select disposal.carry_out(${request})`.execute(tx)),
    ).rejects.toThrow('not approved by a second person');
  });

  test('everything to the task but what was approved', async () => {
    const subject = await closedRecord(owner, 'task', place);
    for (const statement of [
      sql`select * from service.person`,
      sql`delete from service.case_note`,
      sql`select disposal.erase(${subject.person}, array[]::uuid[], array[]::uuid[])`,
      sql`select disposal.apply_again(${subject.person}, 'person', ${subject.person}, '', array[]::uuid[], array[]::uuid[], now())`,
      sql`update disposal.request set approved_at = now()`,
      sql`insert into disposal.disposed (subject_id) values (${subject.person})`,
    ])
      await expect(jobs.asTask('disposal', (tx) => statement.execute(tx))).rejects.toThrow(
        'permission denied',
      );
    await expect(
      jobs.asTask('disposal', (tx) => sql`select disposal.carry_out(${randomUUID()})`.execute(tx)),
    ).rejects.toThrow('not approved by a second person');
  });

  test('a proposal by others than those who answer for it, or about a record that is open', async () => {
    const subject = await closedRecord(owner, 'others', place);
    for (const role of ['coordinator', 'spoc', 'administrator'] as const) {
      const other = await someone(owner, role, { areas: ['E09000022'] });
      await expect(propose(subject, other), role).rejects.toThrow(/row-level security/);
      const seen = await web.asPerson(other.token, (tx) =>
        tx.selectFrom('disposal.request').select('id').execute(),
      );
      expect(seen?.result, role).toEqual([]);
      const found = await web.asPerson(other.token, (tx) =>
        sql`select * from disposal.find_subject(${subject.reference})`.execute(tx),
      );
      expect(found?.result.rows, role).toEqual([]);
    }
    await owner.query('update service.allocation set ended_at = null where person_id = $1', [subject.person]);
    await expect(propose(subject)).rejects.toThrow(/row-level security/);
  });

  test('to carry out what is held or open again, until it is neither', async () => {
    const subject = await closedRecord(owner, 'held', place);
    const request = (await propose(subject))?.result.id ?? '';
    await web.asPerson(manager.token, (tx) =>
      tx
        .updateTable('disposal.request')
        .set({ approved_by: manager.accountId, approved_at: new Date() })
        .where('id', '=', request)
        .execute(),
    );
    await owner.query(
      `insert into disposal.legal_hold (subject_kind, subject_id, reference, reason, placed_by) values ('person', $1, $2, 'x', $3)`,
      [subject.person, subject.reference, lead.accountId],
    );
    expect(await carryOutDisposals(jobs, [folder])).toEqual({
      done: [],
      waiting: [{ request, why: 'under a legal hold' }],
    });
    await owner.query(
      'update disposal.legal_hold set lifted_at = now(), lifted_by = placed_by where lifted_at is null',
    );
    await owner.query('update service.allocation set ended_at = null where person_id = $1', [subject.person]);
    expect(await carryOutDisposals(jobs, [folder])).toEqual({
      done: [],
      waiting: [{ request, why: 'still open: work' }],
    });
    await owner.query('update service.allocation set ended_at = now() where person_id = $1', [
      subject.person,
    ]);

    // Where it cannot be written down outside, nothing happens.
    await writeFile(join(folder, 'not-a-folder'), '');
    await expect(carryOutDisposals(jobs, [join(folder, 'not-a-folder')])).rejects.toThrow();
    expect((await owner.query('select from service.person where id = $1', [subject.person])).rowCount).toBe(
      1,
    );
    expect(await carryOutDisposals(jobs, [folder])).toEqual({ done: [request], waiting: [] });
    expect((await owner.query('select from service.person where id = $1', [subject.person])).rowCount).toBe(
      0,
    );
    expect(await carryOutDisposals(jobs, [folder])).toEqual({ done: [], waiting: [] });
  });

  test('a proposal, and the carrying out, while something about them is open, and say what', async () => {
    const subject = await closedRecord(owner, 'unsettled', place);
    const { rows: theirs } = await owner.query<{ allegation: string }>(
      'select allegation_id as allegation from service.allegation_person where person_id = $1',
      [subject.person],
    );
    const allegation = theirs[0]?.allegation;
    const found = async () =>
      (
        await web.asPerson(lead.token, (tx) =>
          sql<{ open: string[] }>`select open from disposal.find_subject(${subject.reference})`.execute(tx),
        )
      )?.result.rows[0]?.open;
    expect(await found()).toEqual([]);
    const request = (await propose(subject))?.result.id ?? '';
    await web.asPerson(manager.token, (tx) =>
      tx
        .updateTable('disposal.request')
        .set({ approved_by: manager.accountId, approved_at: new Date() })
        .where('id', '=', request)
        .execute(),
    );
    const since = await web.asPerson(manager.token, (tx) =>
      sql<{ what: string }>`select what from disposal.recorded_since(${request})`.execute(tx),
    );
    expect(since?.result.rows).toEqual([]);
    for (const [code, opened, settled] of [
      [
        'concern',
        'update service.concern set closed_at = null, closed_by = null, outcome = null where person_id = $1',
        `update service.concern set closed_at = now(), closed_by = raised_by, outcome = 'x' where person_id = $1`,
      ],
      [
        'follow-up',
        'update service.follow_up set done_on = null, reached = null, safe = null where person_id = $1',
        `update service.follow_up set done_on = '2099-01-01', reached = 'reached', safe = 'yes' where person_id = $1`,
      ],
      [
        'follow-up',
        `update service.follow_up set safe = 'no', no_concern_why = '' where person_id = $1`,
        `update service.follow_up set safe = 'yes' where person_id = $1`,
      ],
      [
        'unsettled',
        `update service.request set state = 'open', answer = '', answered_by = null, answered_at = null where person_id = $1`,
        `update service.request set state = 'answered', answer = 'x', answered_by = asked_by, answered_at = now() where person_id = $1`,
      ],
      [
        'unsettled',
        `update service.rights_request set stage = 'open', outcome = null, decision = '', answered_on = null where person_id = $1`,
        // What a disposal settles does not keep it from being done.
        `update service.rights_request set kind = 'erasure' where person_id = $1`,
      ],
      [
        'unsettled',
        `update service.allegation set closed_at = null where $1::uuid is not null and id = '${allegation}'`,
        `update service.allegation set closed_at = now() where $1::uuid is not null and id = '${allegation}'`,
      ],
      [
        'unsettled',
        'update service.processing_restriction set lifted_on = null where person_id = $1',
        'update service.processing_restriction set lifted_on = since where person_id = $1',
      ],
    ] as const) {
      expect((await owner.query(opened, [subject.person])).rowCount, opened).toBeGreaterThan(0);
      expect(await found(), opened).toEqual([code]);
      expect(await carryOutDisposals(jobs, [folder]), opened).toEqual({
        done: [],
        waiting: [{ request, why: `still open: ${code}` }],
      });
      await owner.query(settled, [subject.person]);
      expect(await found(), settled).toEqual([]);
    }
    const recorded = await web.asPerson(manager.token, (tx) =>
      sql<{ what: string }>`select what from disposal.recorded_since(${request}) order by 1`.execute(tx),
    );
    expect(recorded?.result.rows.map(({ what }) => what)).toEqual([
      'concern',
      'follow_up',
      'processing_restriction',
      'request',
      'rights_request',
    ]);
    expect((await carryOutDisposals(jobs, [folder])).done).toEqual([request]);
  });

  test('to say of a restricted record that there is one, but to those it names', async () => {
    const subject = await closedRecord(owner, 'restricted', place);
    const named = await someone(owner, 'operations-manager');
    const { rows } = await owner.query<{ id: string }>(
      `insert into service.restriction (person_id, why, placed_by) values ($1, 'x', $2) returning id`,
      [subject.person, named.accountId],
    );
    await owner.query(
      'insert into service.restriction_reader (restriction_id, person_id, account_id) values ($1, $2, $3)',
      [rows[0]?.id, subject.person, named.accountId],
    );
    for (const [who, times] of [
      [manager, 0],
      [lead, 0],
      [named, 1],
    ] as const) {
      const found = await web.asPerson(who.token, (tx) =>
        sql`select * from disposal.find_subject(${subject.reference})`.execute(tx),
      );
      expect(found?.result.rows).toHaveLength(times);
      const held = web.asPerson(who.token, (tx) =>
        tx
          .insertInto('disposal.legal_hold')
          .values({
            subject_kind: 'person',
            subject_id: subject.person,
            reference: subject.reference,
            reason: 'x',
            placed_by: who.accountId,
          })
          .execute(),
      );
      if (times === 0) await expect(held).rejects.toThrow('row-level security');
      else await held;
    }
    // The lead decides by references alone, and lists them all.
    for (const [who, isListed] of [
      [manager, false],
      [lead, true],
      [named, true],
    ] as const) {
      const listed = await web.asPerson(who.token, (tx) =>
        tx.selectFrom('disposal.legal_hold').select('id').where('subject_id', '=', subject.person).execute(),
      );
      expect(listed?.result.length !== 0).toBe(isListed);
    }
  });

  test('to carry out what a hold is being placed on at that moment', async () => {
    const subject = await closedRecord(owner, 'raced', place);
    const request = (await propose(subject))?.result.id ?? '';
    await web.asPerson(manager.token, (tx) =>
      tx
        .updateTable('disposal.request')
        .set({ approved_by: manager.accountId, approved_at: new Date() })
        .where('id', '=', request)
        .execute(),
    );
    await owner.query('begin');
    await owner.query(
      `insert into disposal.legal_hold (subject_kind, subject_id, reference, reason, placed_by) values ('person', $1, $2, 'x', $3)`,
      [subject.person, subject.reference, lead.accountId],
    );
    const carriedOut = carryOutDisposals(jobs, [folder]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await owner.query('commit');
    expect(await carriedOut).toEqual({ done: [], waiting: [{ request, why: 'under a legal hold' }] });
    await owner.query('delete from disposal.legal_hold where subject_id = $1', [subject.person]);
    expect((await carryOutDisposals(jobs, [folder])).done).toEqual([request]);
    await expect(
      owner.query(
        `insert into disposal.legal_hold (subject_kind, subject_id, reference, reason, placed_by) values ('person', $1, $2, 'x', $3)`,
        [subject.person, subject.reference, lead.accountId],
      ),
    ).rejects.toThrow('disposed of before the hold was placed');
  });

  test('to touch anything beside a referral that never had a person', async () => {
    const [subject, other] = [
      await closedRecord(owner, 'unlinked', place),
      await closedRecord(owner, 'neighbour', place),
    ];
    await owner.query('delete from service.allocation where referral_id = $1', [subject.referral]);
    // Nor did it begin an episode of support, with what belongs to one.
    const { rows: ofEpisodes } = await owner.query<{ name: string }>(
      `select attrelid::regclass::text as name from pg_attribute join pg_class c on c.oid = attrelid and c.relkind = 'r'
       where attname = 'episode_id' and not attisdropped and c.relnamespace = 'service'::regnamespace and c.relname <> 'referral'`,
    );
    await owner.query('update service.referral set episode_id = null where id = $1', [subject.referral]);
    await owner.query('delete from service.goal_step where person_id = $1', [subject.person]);
    await owner.query('delete from service.assessed_need where person_id = $1', [subject.person]);
    await owner.query('delete from service.concern_told where person_id = $1', [subject.person]);
    await owner.query('delete from service.concern_development where person_id = $1', [subject.person]);
    for (const { name } of ofEpisodes)
      await owner.query(`delete from ${name} where person_id = $1`, [subject.person]);
    await owner.query('delete from service.episode where person_id = $1', [subject.person]);
    await owner.query(`update service.referral set person_id = null, stage = 'declined' where id = $1`, [
      subject.referral,
    ]);
    const { rows } = await owner.query<{ reference: string }>(
      'select reference from service.referral where id = $1',
      [subject.referral],
    );
    const found = await web.asPerson(lead.token, (tx) =>
      sql`select * from disposal.find_subject(${rows[0]?.reference})`.execute(tx),
    );
    expect(found?.result.rows).toEqual([
      {
        subject_kind: 'referral',
        subject_id: subject.referral,
        subject_reference: rows[0]?.reference,
        open: [],
      },
    ]);
    const request = randomUUID();
    await owner.query(
      `insert into disposal.request (id, subject_kind, subject_id, reference, ground, requested_by, approved_by, approved_at)
       values ($1, 'referral', $2, $3, 'retention-ended', $4, $5, now())`,
      [request, subject.referral, rows[0]?.reference, lead.accountId, manager.accountId],
    );
    expect((await carryOutDisposals(jobs, [folder])).done).toEqual([request]);
    const left = await owner.query('select id from service.referral where id = any ($1)', [
      [subject.referral, other.referral],
    ]);
    expect(left.rows).toEqual([{ id: other.referral }]);
    expect(
      (await owner.query('select from history.referral where id = $1', [subject.referral])).rowCount,
    ).toBe(0);
    expect((await owner.query('select from service.person where id = $1', [subject.person])).rowCount).toBe(
      1,
    );
  });

  test('nothing to a referrer who has other referrals, or to somebody else’s referral once thought to be theirs', async () => {
    const [subject, other] = [
      await closedRecord(owner, 'first', place),
      await closedRecord(owner, 'second', place),
    ];
    await owner.query('update service.referral set referrer_id = $1 where id = $2', [
      subject.referrer,
      other.referral,
    ]);
    await owner.query('update service.referral_action set person_id = $1 where referral_id = $2', [
      subject.person,
      other.referral,
    ]);
    const request = await approve(web, lead, manager, subject);
    expect((await carryOutDisposals(jobs, [folder])).done).toEqual([request]);
    expect(
      (await owner.query('select from identity.account where id = $1', [subject.referrer])).rowCount,
    ).toBe(1);
    const { rows } = await owner.query(
      'select person_id from service.referral_action where referral_id = $1',
      [other.referral],
    );
    expect(rows).toEqual([{ person_id: null }]);
    const kept = await owner.query('select from history.referral_action where person_id = $1', [
      subject.person,
    ]);
    expect(kept.rowCount).toBe(0);
  });
});

describe('retention', () => {
  test('is reckoned anew: a record that opens again is due no longer, and a referral without a person is one', async () => {
    const given = await testDatabase();
    const owner = new pg.Client(given.ownerConfig);
    await owner.connect();
    const jobs = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).jobs, { connections: 2 });
    const now = new Date('2026-11-22T13:05:00Z');
    const reckoned = async () => {
      await reviewRetention(jobs, now);
      return (
        await owner.query('select subject_kind, subject_id, keep_until from disposal.retention order by 1')
      ).rows;
    };
    try {
      const subject = await closedRecord(owner, 'reopened', await provider(owner));
      expect(await reckoned()).toEqual([
        { subject_kind: 'person', subject_id: subject.person, keep_until: '2020-01-31' },
      ]);
      await owner.query('update service.allocation set ended_at = null');
      expect(await reckoned()).toEqual([]);
      await owner.query('delete from service.allocation');
      // Support that the system before this one kept: a record of somebody supported, and open until that ended.
      await owner.query('update service.imported_support set closed_on = null');
      expect(await reckoned()).toEqual([]);
      await owner.query(`update service.imported_support set closed_on = '2014-06-01'`);
      expect(await reckoned()).toEqual([
        { subject_kind: 'person', subject_id: subject.person, keep_until: '2021-06-01' },
      ]);
      await owner.query('delete from service.imported_support');
      expect(await reckoned()).toEqual([
        { subject_kind: 'person', subject_id: subject.person, keep_until: '2019-05-04' },
      ]);
      await owner.query(`update service.referral set person_id = null, stage = 'declined'`);
      const referral = { subject_kind: 'referral', subject_id: subject.referral, keep_until: '2019-05-04' };
      expect(await reckoned()).toContainEqual(referral);
      await owner.query(`update service.referral set stage = 'received'`);
      expect(await reckoned()).not.toContainEqual(referral);
    } finally {
      await jobs.close();
      await owner.end();
      await given.drop();
    }
  });

  test('reaches every table that leads to a person, a referral or an account: a new one needs a row in disposal.reach', async () => {
    const given = await testDatabase();
    try {
      await withClient(given.ownerConfig, async (owner) => {
        const { rows } = await owner.query<{ leads: string }>(`
          select distinct n.nspname || '.' || c.relname || ' ' || a.attname as leads
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
          where c.relkind in ('r', 'p') and n.nspname in ('identity', 'audit', 'service', 'messages', 'disposal')
            and (a.attname in ('person_id', 'referral_id', 'account_id', 'referrer_id', 'referral_ids', 'account_ids')
              or k.confrelid in ('service.person'::regclass, 'service.referral'::regclass))
          except
          select table_name || ' ' || column_name from disposal.reach`);
        expect(rows.map(({ leads }) => leads)).toEqual([]);
        const nowhere = await owner.query(`
          select table_name, column_name from disposal.reach r where not exists (
            select from information_schema.columns c
            where c.table_schema || '.' || c.table_name = r.table_name and c.column_name = r.column_name)`);
        expect(nowhere.rows).toEqual([]);
      });
    } finally {
      await given.drop();
    }
  });
});
