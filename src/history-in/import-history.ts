import type pg from 'pg';
import type { Threshold } from '../organisations/index.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import { asBulkTask } from '../platform/database/bulk-task.ts';
import type { Connection } from '../platform/database/connections.ts';
import { Refusal } from '../platform/refusal.ts';
import { type CheckedRow, checkRow, isBlank, readHeader } from './check-rows.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { describeFiles, type FileName, fileNames, type ImportFile, type Surroundings } from './files.ts';
import { type Findings, keepFindings, NOTHING_FOUND } from './findings.ts';
import { type LikelyKnown, likelyKnown } from './likely-known.ts';
import { type LikelyMove, likelyMoves } from './likely-moves.ts';
import { merge } from './merge.ts';
import { type SupportContinued, supportContinued } from './support-continued.ts';
import { KEPT_AT_MOST, type Told, toldOf } from './told.ts';
import { type UnlikeRows, unlikeRows } from './unlike-rows.ts';
import {
  checkTogether,
  copyRows,
  countRows,
  emptyWaitingRows,
  faultsOf,
  type PlacedFault,
  passOverDisposed,
  planForWaitingRows,
} from './waiting-rows.ts';

/** A file as it comes. */
export interface IncomingFile {
  name: string;
  read(): AsyncIterable<Uint8Array>;
}

/** What becomes of what was checked: all of it or nothing, what is right of it, or nothing, to see what would. */
export type ImportMode = 'all' | 'valid' | 'preview';

export interface ImportRequest {
  files: readonly IncomingFile[];
  /** What the files are called together, as the list of imports has it. */
  source: string;
  mode: ImportMode;
  /** The id that the import is to have, if it is known before: an id imports once, and another time it throws. */
  id?: string;
  /** How many faults whoever confirmed it was shown: if there are others now, nothing is imported. */
  faultsSeen?: number;
  /** The account for which it is done; null for whoever runs the server. */
  onBehalfOf: string | null;
  now: Date;
  /** Each fault, in the order of files and lines; it is waited for. */
  fault(fault: PlacedFault): void | Promise<void>;
  progress?(what: string, rows: number): void;
  /** Another import is under way, and this one waits for it. */
  waits?(): void;
}

/** What became of the rows of a file. `refused` ones are wrong; `retired` ones were here and are not in the file. */
export interface FileOutcome {
  rows: number;
  added: number;
  changed: number;
  same: number;
  retired: number;
  refused: number;
}

export interface ImportOutcome {
  imported: boolean;
  files: Partial<Record<FileName, FileOutcome>>;
  faults: number;
  /** Whether referrals.csv has a header that its rows cannot be read by: nothing is imported then, in any mode. */
  isUnreadable: boolean;
  /** Rows that are not wrong and look so: as many as are kept. */
  odd: { count: number; kept: PlacedFault[] };
  /** What was passed over: files and columns that the format does not know. */
  passedOver: string[];
  /** What people look at and judge: nothing is wrong with the files because of it. */
  likelyKnown: Told<LikelyKnown>;
  likelyMoves: Told<LikelyMove>;
  unlikeRows: Told<UnlikeRows>;
  supportContinued: Told<SupportContinued>;
  /** All of that which is kept with the import, with the records that it is about. */
  findings: Findings;
}

/**
 * Imports the files of another system (import-format.md) in one transaction, as the task that imports: every row of every
 * file is checked before one is written. Rows are streamed; nothing but what is wrong with a header stays in memory.
 *
 * @throws Refusal where referrals.csv is missing, or a file is there twice.
 */
export async function importHistory(jobs: Connection, request: ImportRequest): Promise<ImportOutcome> {
  const { known, unknown } = sorted(request.files);
  return await asBulkTask(
    jobs,
    {
      task: 'importing',
      lock: advisoryLocks.importing,
      ...(request.waits === undefined ? {} : { waits: request.waits }),
    },
    async (client) => {
      const files = describeFiles(await surroundings(client, londonDate(request.now)));
      const passedOver = unknown.map((name) => `${name} is not a file of the import format`);
      const checked = await check(client, files, known, request, passedOver);
      const { faults, isUnreadable, odd } = checked;
      const said = { faults, isUnreadable, passedOver, odd };
      const isOther = request.faultsSeen !== undefined && faults !== request.faultsSeen;
      if (isUnreadable || isOther || (faults > 0 && request.mode === 'all')) {
        const unwritten = outcomes(checked.counts, new Map());
        return {
          keep: false,
          result: { ...said, imported: false, files: unwritten, ...told(NOTHING_FOUND) },
        };
      }
      const { files: written, findings } = await write(client, files, request, checked.counts, said);
      const imported = request.mode !== 'preview';
      return { keep: imported, result: { ...said, imported, files: written, ...told(findings) } };
    },
  );
}

const told = (findings: Findings) => ({
  likelyKnown: toldOf(findings.known),
  likelyMoves: toldOf(findings.move),
  unlikeRows: toldOf(findings.unlike),
  supportContinued: toldOf(findings.continued),
  findings,
});

function sorted(files: readonly IncomingFile[]) {
  const known = new Map<FileName, IncomingFile>();
  const unknown: string[] = [];
  for (const file of files) {
    const name = fileNames.find((each) => each === file.name.toLowerCase());
    if (name === undefined) unknown.push(file.name);
    else if (known.has(name)) throw new Refusal(`${name} is there twice: keep one of them`);
    else known.set(name, file);
  }
  if (!known.has('referrals.csv'))
    throw new Refusal('There is no referrals.csv: an import needs it, whatever else there is');
  return { known, unknown };
}

async function surroundings(client: pg.Client, today: PlainDate): Promise<Surroundings> {
  const areas = await client.query<{ code: string; name: string }>(
    `select code, name from reference.area where kind <> 'not-known'`,
  );
  const providers = await client.query<{ code: string }>(
    'select code from identity.organisation where code is not null order by code',
  );
  const decision = await client.query<Threshold>(
    `select value, unit from reference.threshold where name = 'decision' and in_force_from <= $1
     order by in_force_from desc limit 1`,
    [today],
  );
  if (!decision.rows[0]) throw new Error(`No threshold "decision" is in force on ${today}`);
  return {
    today,
    areas: areas.rows,
    providers: providers.rows.map(({ code }) => code),
    decision: decision.rows[0],
  };
}

type Counts = Awaited<ReturnType<typeof countRows>>;

interface Checked extends Pick<ImportOutcome, 'faults' | 'isUnreadable' | 'odd'> {
  /** Of the files whose rows could be read: another is as if nobody had supplied it. */
  counts: Map<FileName, { rows: number; refused: number }>;
}

async function check(
  client: pg.Client,
  files: readonly ImportFile[],
  incoming: ReadonlyMap<FileName, IncomingFile>,
  { fault, progress }: ImportRequest,
  passedOver: string[],
): Promise<Checked> {
  await emptyWaitingRows(client);
  const ofHeaders: PlacedFault[] = [];
  const supplied: FileName[] = [];
  const odd: Checked['odd'] = { count: 0, kept: [] };
  for (const file of files) {
    const given = incoming.get(file.name);
    if (!given) continue;
    supplied.push(file.name);
    await copyRows(
      client,
      file.name,
      checkedRows(file, csvRows(given.read()), {
        wrongHeader: (faults) => void ofHeaders.push(...faults),
        extra: (column) =>
          void passedOver.push(`${file.name}: ${column} is not a column of the import format`),
        odd(each) {
          odd.count += 1;
          if (odd.kept.length < KEPT_AT_MOST) odd.kept.push(each);
        },
        progress: (rows) => progress?.(`Checking ${file.name}`, rows),
      }),
    );
  }
  const unreadable = new Set(ofHeaders.map(({ file }) => file));
  const isUnreadable = unreadable.has('referrals.csv');
  await planForWaitingRows(client);
  const disposed = await passOverDisposed(client, files);
  if (disposed > 0) passedOver.push(`${disposed} of the rows tell of what was disposed of here`);
  progress?.('Checking references', 0);
  // Where referrals could not be read, what points to them is not known to be wrong.
  if (!isUnreadable) await checkTogether(client, files);
  let faults = 0;
  for (const each of ofHeaders) {
    faults += 1;
    await fault(each);
  }
  for await (const each of faultsOf(client, files)) {
    faults += 1;
    await fault(each);
  }
  const counted: Counts = await countRows(client);
  const counts = new Map(
    supplied
      .filter((name) => !unreadable.has(name))
      .map((name) => [name, counted.get(name) ?? { rows: 0, refused: 0 }]),
  );
  return { counts, faults, isUnreadable, odd };
}

interface Finding {
  wrongHeader(faults: PlacedFault[]): void;
  extra(column: string): void;
  odd(row: PlacedFault): void;
  progress(rows: number): void;
}

/** The rows of a file, checked one by one; none where its header is wrong. */
async function* checkedRows(
  file: ImportFile,
  pieces: AsyncIterable<CsvRow[]>,
  { wrongHeader, extra, odd, progress }: Finding,
): AsyncGenerator<CheckedRow[]> {
  let header: ReturnType<typeof readHeader> | undefined;
  let count = 0;
  for await (const piece of pieces) {
    const rows = [...piece];
    if (header === undefined) {
      const first = rows.shift();
      if (!first) continue;
      header = readHeader(file, first);
      for (const column of header.extra) extra(column === '' ? 'a column without a name' : column);
      if (header.faults.length > 0) {
        wrongHeader(
          header.faults.map(([column, message]) => ({ file: file.name, line: first.line, column, message })),
        );
        return;
      }
    }
    const { places, width } = header;
    const checked = rows.filter((row) => !isBlank(row)).map((row) => checkRow(file, { places, width }, row));
    for (const { line, odd: found } of checked)
      for (const [column, message] of found) odd({ file: file.name, line, column, message });
    count += checked.length;
    progress(count);
    yield checked;
  }
  if (header === undefined)
    wrongHeader([
      {
        file: file.name,
        line: 1,
        column: file.columns[0]?.name ?? '',
        message: 'the file is empty: it needs a header row, with this column in it',
      },
    ]);
}

async function write(
  client: pg.Client,
  files: readonly ImportFile[],
  { id: wantedId, source, onBehalfOf, progress }: ImportRequest,
  counts: Checked['counts'],
  { faults, passedOver, odd }: Pick<ImportOutcome, 'faults' | 'passedOver' | 'odd'>,
): Promise<Pick<ImportOutcome, 'files' | 'findings'>> {
  const begun = await client.query<{ import: string; action: string }>(
    `select i.id as import, audit.task('import', 'import', i.id, null, $1) as action from (select coalesce($2::uuid, homeward.new_id()) as id) i`,
    [
      {
        account: onBehalfOf,
        rows: Object.fromEntries([...counts].map(([name, { rows, refused }]) => [name, { rows, refused }])),
      },
      wantedId ?? null,
    ],
  );
  const [{ import: id, action } = { import: '', action: '' }] = begun.rows;
  const merged = await merge(client, files, new Set(counts.keys()), (name) =>
    progress?.(`Writing ${name}`, 0),
  );
  const outcome = outcomes(counts, merged);
  progress?.('Looking for people who were known before', 0);
  const findings: Findings = {
    known: await likelyKnown(client, action),
    move: await likelyMoves(client, action),
    unlike: await unlikeRows(client, action),
    continued: await supportContinued(client, action),
  };
  await client.query('select need_to_know.tell_of_restricted_imports($1)', [action]);
  const counted = Object.entries(findings).map(([kind, { count }]) => [kind, count]);
  const kept = await client.query(
    `insert into service.import (id, on_behalf_of, source, files, told)
     select $1, $2, $3, $4::jsonb, $6::jsonb
     where $5 or exists (select from jsonb_object_keys($4::jsonb) name
       where not exists (select from service.import i where i.files ? name))`,
    [
      id,
      onBehalfOf,
      source,
      outcome,
      wantedId !== undefined ||
        Object.values(outcome).some(({ added, changed, retired }) => added + changed + retired > 0),
      { faults, passedOver, odd, ...Object.fromEntries(counted) },
    ],
  );
  if (kept.rowCount === 1) await keepFindings(client, id, findings);
  await emptyWaitingRows(client);
  return { files: outcome, findings };
}

function outcomes(
  counts: Checked['counts'],
  merged: ReadonlyMap<FileName, { added: number; changed: number; retired: number }>,
): Partial<Record<FileName, FileOutcome>> {
  return Object.fromEntries(
    [...counts].map(([name, { rows, refused }]) => {
      const { added, changed, retired } = merged.get(name) ?? { added: 0, changed: 0, retired: 0 };
      const same = merged.has(name) ? rows - refused - added - changed : 0;
      return [name, { rows, added, changed, same, retired, refused }];
    }),
  );
}
