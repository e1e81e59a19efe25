import { sql } from 'kysely';
import type { Clock } from '../platform/clock/clock.ts';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Connection } from '../platform/database/connections.ts';
import type { Database, Transaction } from '../platform/database/transaction.ts';
import { FAULTS_HEADER, faultRow } from './faults-file.ts';
import type { FileName } from './files.ts';
import { type ImportOutcome, type IncomingFile, importHistory } from './import-history.ts';
import { FAULTS_KEPT, FAULTS_SHOWN, goodRowsOf, type ImportPreview } from './import-preview.ts';
import { KEPT_DAYS } from './import-upload.ts';
import { dropPieces, putFile, readPieces } from './upload-pieces.ts';
import type { PlacedFault } from './waiting-rows.ts';

export interface ImportingGround {
  /** On the connection of the jobs login. */
  database: Database;
  /** The same, for a connection of the import's own. */
  jobs: Connection;
  keyring: Keyring;
  clock: Clock;
}

/** How often the work on one import is begun: what ends the worker each time must not end it for ever. */
const MOST_ATTEMPTS = 5;

/** How often the page is told how far it is, in milliseconds. */
const TELL_EVERY = 1_000;

/** Another import is under way: this one waits for the next run, and holds up no other work meanwhile. */
class AnotherIsUnderWay extends Error {}
/** The worker was told to stop: what was begun is undone, and done again by the next. */
class Stopped extends Error {}

interface Waiting {
  id: string;
  state: 'checking' | 'importing';
  files: { name: FileName; bytes: number }[];
  mode: 'all' | 'valid' | null;
  decidedBy: string | null;
  faults: number | null;
}

/**
 * Checks what was brought in the browser, imports what was confirmed, and throws away what is too old, until nothing is left to
 * do. Two at once do each thing once: the database lets one import at a time write, and an id be imported once. A worker that is
 * killed has imported nothing of what it was at, and the next one does it.
 *
 * @returns how many were checked or imported.
 * @throws AggregateError with what went wrong, once the others are done.
 */
export async function carryOutImports(ground: ImportingGround, stopping?: AbortSignal): Promise<number> {
  await throwAwayOld(ground);
  const failures: unknown[] = [];
  const tried: string[] = [];
  for (;;) {
    if (stopping?.aborted) break;
    const next = await begin(ground.database, tried);
    if (next === null) break;
    tried.push(`${next.id} ${next.state}`);
    try {
      if (next.state === 'checking') await check(ground, next, stopping);
      else await carryOut(ground, next, stopping);
    } catch (error) {
      if (error instanceof AnotherIsUnderWay || error instanceof Stopped) {
        // It was not its fault.
        await ground.database.asTask('importing', (tx) =>
          sql`update service.import_upload set attempts = attempts - 1 where id = ${next.id} and attempts > 0`.execute(
            tx,
          ),
        );
        break;
      }
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some imports could not be carried out');
  return tried.length;
}

/** The oldest that waits and was not tried in this run, counted as begun; null where there is none. */
async function begin(database: Database, tried: readonly string[]): Promise<Waiting | null> {
  return await database.asTask('importing', async (tx) => {
    for (;;) {
      const { rows } = await sql<Waiting & { attempts: number }>`
        select id, state, files, mode, decided_by as "decidedBy", faults, attempts from service.import_upload
        where state in ('checking', 'importing') and (id || ' ' || state) <> all (${tried})
        order by brought_at limit 1 for update skip locked`.execute(tx);
      const [next] = rows;
      if (!next) return null;
      if (next.attempts < MOST_ATTEMPTS) {
        await sql`update service.import_upload set attempts = attempts + 1 where id = ${next.id}`.execute(tx);
        return next;
      }
      await act(tx, 'import-failed', next.id, {});
      await sql`update service.import_upload set state = 'failed' where id = ${next.id}`.execute(tx);
    }
  });
}

async function check(ground: ImportingGround, upload: Waiting, stopping?: AbortSignal): Promise<void> {
  const { outcome, faults } = await run(ground, upload, { mode: 'preview' }, stopping);
  await ground.database.asTask('importing', (tx) => keepChecked(tx, ground, upload, outcome, faults));
}

async function carryOut(ground: ImportingGround, upload: Waiting, stopping?: AbortSignal): Promise<void> {
  const { database } = ground;
  const isImported = () =>
    database.asTask('importing', async (tx) => {
      const { rows } = await sql`select from service.import where id = ${upload.id}`.execute(tx);
      return rows.length > 0;
    });
  // Killed between the import and its being said, it is only said.
  if (!(await isImported())) {
    const { mode, decidedBy, faults: faultsSeen } = upload;
    if (mode === null || decidedBy === null || faultsSeen === null)
      throw new Error('What is to be imported was confirmed by nobody');
    const confirmed = { id: upload.id, mode, onBehalfOf: decidedBy, faultsSeen };
    const { outcome } = await run(ground, upload, confirmed, stopping);
    if (!outcome.imported) {
      // Not what was confirmed: the service changed meanwhile, and people see what it would be now.
      await check(ground, upload, stopping);
      return;
    }
  }
  await database.asTask('importing', async (tx) => {
    await sql`
      update service.import_upload set state = 'imported', ended_at = ${ground.clock.now()}
      where id = ${upload.id} and state = 'importing'`.execute(tx);
  });
}

/** The faults of a run: the first ones, and as many as are kept in a file of them. */
class FaultsOfRun {
  readonly first: PlacedFault[] = [];
  kept = 0;
  readonly #lines: string[] = [];

  add(fault: PlacedFault): void {
    if (this.first.length < FAULTS_SHOWN) this.first.push(fault);
    if (this.kept === FAULTS_KEPT) return;
    this.kept += 1;
    this.#lines.push(faultRow(fault));
  }

  /** As a file; empty where there are none. */
  file(): Buffer {
    return Buffer.from(this.kept === 0 ? '' : FAULTS_HEADER + this.#lines.join(''));
  }
}

async function run(
  ground: ImportingGround,
  upload: Waiting,
  how: { mode: 'preview' } | { mode: 'all' | 'valid'; id: string; onBehalfOf: string; faultsSeen: number },
  stopping?: AbortSignal,
): Promise<{ outcome: ImportOutcome; faults: FaultsOfRun }> {
  const { database, jobs, keyring, clock } = ground;
  const faults = new FaultsOfRun();
  const teller = progressTeller(ground, upload.id);
  try {
    const outcome = await importHistory(jobs, {
      onBehalfOf: null,
      ...how,
      files: upload.files.map(
        ({ name }): IncomingFile => ({ name, read: () => readPieces(database, keyring, upload.id, name) }),
      ),
      source: 'Brought in the browser',
      now: clock.now(),
      fault: (fault) => faults.add(fault),
      progress(what, rows) {
        if (stopping?.aborted) throw new Stopped();
        teller.tell(what, rows);
      },
      waits() {
        throw new AnotherIsUnderWay();
      },
    });
    return { outcome, faults };
  } finally {
    await teller.end();
  }
}

/** Tells the page how far the work is, now and then; what cannot be told holds up nothing. */
function progressTeller({ database, keyring }: ImportingGround, uploadId: string) {
  let last = 0;
  let telling: Promise<void> | null = null;
  return {
    tell(what: string, rows: number): void {
      const now = performance.now();
      if (telling !== null || (last > 0 && now - last < TELL_EVERY)) return;
      last = now;
      telling = database
        .asTask('importing', async (tx) => {
          const { rows: held } = await sql`
            select from service.import_upload where id = ${uploadId} and state in ('checking', 'importing') for update`.execute(
            tx,
          );
          // Thrown away meanwhile.
          if (held.length === 0) return;
          await dropPieces(tx, uploadId, 'progress');
          await putFile(tx, keyring, uploadId, 'progress', Buffer.from(JSON.stringify({ what, rows })));
        })
        .catch(() => undefined)
        .finally(() => {
          telling = null;
        });
    },
    async end(): Promise<void> {
      await telling;
    },
  };
}

/** Keeps what a check found, unless what was checked is thrown away meanwhile. */
async function keepChecked(
  tx: Transaction,
  { keyring, clock }: ImportingGround,
  { id, state }: Waiting,
  outcome: ImportOutcome,
  faults: FaultsOfRun,
): Promise<void> {
  const { rows } = await sql`
    select from service.import_upload where id = ${id} and state = ${state} for update`.execute(tx);
  if (rows.length === 0) return;
  await act(tx, 'import-checked', id, { faults: outcome.faults });
  for (const name of ['progress', 'preview', 'faults.csv']) await dropPieces(tx, id, name);
  const { files, isUnreadable, passedOver, odd, findings } = outcome;
  const preview: ImportPreview = {
    files,
    faults: outcome.faults,
    isUnreadable,
    passedOver,
    odd,
    findings,
    firstFaults: faults.first,
    faultsKept: faults.kept,
  };
  await putFile(tx, keyring, id, 'preview', Buffer.from(JSON.stringify(preview)));
  await putFile(tx, keyring, id, 'faults.csv', faults.file());
  await sql`
    update service.import_upload set state = 'checked', attempts = 0, checked_at = ${clock.now()}, faults = ${outcome.faults},
      good_rows = ${goodRowsOf(outcome)}
    where id = ${id}`.execute(tx);
}

/** Throws away what nobody confirmed in time, and of what was imported what was found in it. */
async function throwAwayOld({ database, clock }: ImportingGround): Promise<void> {
  const now = clock.now();
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await database.asTask('importing', async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from service.import_upload
      where state in ('checking', 'checked', 'failed') and brought_at < ${before} for update skip locked`.execute(
      tx,
    );
    for (const { id } of rows) {
      await act(tx, 'import-expired', id, {});
      await sql`update service.import_upload set state = 'expired', ended_at = ${now} where id = ${id}`.execute(
        tx,
      );
    }
    await sql`
      delete from service.import_upload_piece p using service.import_upload u
      where u.id = p.upload_id and u.state = 'imported' and u.brought_at < ${before}`.execute(tx);
  });
}

const act = (tx: Transaction, action: string, id: string, detail: Record<string, number>) =>
  sql`select audit.task(${action}, 'import', ${id}, null, ${JSON.stringify(detail)}::jsonb)`.execute(tx);
