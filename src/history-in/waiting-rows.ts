import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CheckedRow } from './check-rows.ts';
import type { Fault, FileName, ImportFile } from './files.ts';

/** Rows of files while they wait in the database (incoming.row), in the transaction that imports them. */

/** How many characters go to the database at once. */
const PIECE = 65_536;

/** Empties it: what is undone later leaves no byte, for PostgreSQL begins the table in a file of its own. */
export async function emptyWaitingRows(client: pg.Client): Promise<void> {
  await client.query('truncate incoming.row');
}

/** Copies the rows of one file there as they come. */
export async function copyRows(
  client: pg.Client,
  file: FileName,
  rows: AsyncIterable<readonly CheckedRow[]>,
): Promise<void> {
  const copy = client.query(copyFrom('copy incoming.row (file, line, cells, faults) from stdin'));
  const done = finished(copy);
  // Both are waited for below; neither may go unheard before.
  done.catch(() => undefined);
  let piece = '';
  try {
    for await (const some of rows) {
      for (const row of some) piece += copiedLine(file, row);
      if (piece.length < PIECE) continue;
      if (!copy.write(piece)) await Promise.race([once(copy, 'drain'), done]);
      piece = '';
    }
  } catch (error) {
    copy.destroy(error instanceof Error ? error : new Error(String(error)));
    await done.catch(() => undefined);
    throw error;
  }
  copy.end(piece);
  await done;
}

function copiedLine(file: FileName, { line, cells, faults }: CheckedRow): string {
  let array = '';
  for (const cell of cells) array += cell === null ? ',NULL' : `,"${inArray(cell)}"`;
  return `${file}\t${line}\t{${array.slice(1)}}\t${faults.length === 0 ? '\\N' : escaped(JSON.stringify(faults))}\n`;
}

/** A cell inside an array that is copied. Hardly any has a character that means something there. */
const inArray = (cell: string): string =>
  /["\\\t\n\r]/.test(cell) ? escaped(cell.replace(/["\\]/g, '\\$&')) : cell;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string => text.replace(/[\\\t\n\r]/g, (each) => ESCAPES[each] ?? each);

/**
 * Takes away the rows of referrals that were disposed of, and what points to them; of young people who were, what points to
 * them where no referral of theirs is left. What was disposed of never comes back, however often its files do.
 *
 * @returns how many.
 */
export async function passOverDisposed(client: pg.Client, files: readonly ImportFile[]): Promise<number> {
  const isGone = (kind: 'referral' | 'person', cell: string) =>
    `disposal.source_digest('${kind}', ${cell}) in (select digest from disposal.disposed_source)`;
  const taken = async (file: FileName, condition: string) =>
    (await client.query(`delete from incoming.row r where r.file = '${file}' and ${condition}`)).rowCount ??
    0;
  const { rowCount } = await client.query('select from disposal.disposed_source limit 1');
  if (rowCount === 0) return 0;
  let count = await taken('referrals.csv', isGone('referral', 'r.cells[1]'));
  for (const { name, references, columns } of files)
    for (const { column, to } of references) {
      const cell = `r.cells[${columns.findIndex((each) => each.name === column) + 1}]`;
      const isBack = `exists (select from incoming.row p where p.file = 'referrals.csv' and p.cells[4] = ${cell})
        or exists (select from service.person s where s.source_ref = ${cell})`;
      count += await taken(name, `${isGone(to, cell)}${to === 'person' ? ` and not (${isBack})` : ''}`);
    }
  return count;
}

/** Finds what only all rows together can show: keys that are there twice, and references to nobody. */
export async function checkTogether(client: pg.Client, files: readonly ImportFile[]): Promise<void> {
  for (const { name, hasOwnKey, columns } of files)
    if (hasOwnKey)
      await client.query(
        `update incoming.row r set faults = coalesce(r.faults, '[]') || jsonb_build_array(jsonb_build_array($2::text,
           format('%s is on line %s already: each row needs a reference of its own', d.key, d.first)))
         from (select cells[1] as key, min(line) as first from incoming.row
           where file = $1 and cells[1] is not null group by cells[1] having count(*) > 1) d
         where r.file = $1 and r.cells[1] = d.key and r.line > d.first`,
        [name, columns[0]?.name],
      );
  for (const { name, references, columns } of files)
    for (const { column, to } of references) {
      const cell = `r.cells[${columns.findIndex((each) => each.name === column) + 1}]`;
      // Of referrals.csv, the first column is the referral's reference and the fourth the person's.
      const theirs = to === 'referral' ? 'p.cells[1]' : 'p.cells[4]';
      await client.query(
        `update incoming.row r set faults = coalesce(r.faults, '[]') || jsonb_build_array(jsonb_build_array($2::text,
           coalesce(
             (select format('what it points to, referrals.csv:%s, is refused itself', min(p.line))
              from incoming.row p where p.file = 'referrals.csv' and ${theirs} = ${cell} having count(*) > 0),
             format('there is no ${to} %s, in referrals.csv or in the service', ${cell}))))
         where r.file = $1 and ${cell} is not null
           and not exists (select from incoming.row p where p.file = 'referrals.csv' and p.faults is null and ${theirs} = ${cell})
           and not exists (select from service.${to} s where s.source_ref = ${cell})`,
        [name, column],
      );
    }
}

/** From how many rows on everything is read once and joined, whatever PostgreSQL guesses of it. */
const MANY = 5_000;
/** What a step of a statement may hold of that before it writes the rest to the disk. */
const HELD = '32MB';

/** Tells PostgreSQL what waits, so that it does not plan for a handful of rows where there are a million. */
export async function planForWaitingRows(client: pg.Client): Promise<void> {
  await client.query('analyze incoming.row');
  const { rows } = await client.query<{ many: boolean }>(
    'select exists (select from incoming.row offset $1) as many',
    [MANY],
  );
  if (rows[0]?.many) await client.query(`set local enable_nestloop = off; set local work_mem = '${HELD}'`);
}

/** How many rows there are of each file, and how many of them are wrong. */
export async function countRows(
  client: pg.Client,
): Promise<ReadonlyMap<FileName, { rows: number; refused: number }>> {
  const { rows } = await client.query<{ file: FileName; rows: number; refused: number }>(
    'select file, count(*)::int as rows, count(faults)::int as refused from incoming.row group by file',
  );
  return new Map(rows.map(({ file, ...counts }) => [file, counts]));
}

/** One fault, with its place. */
export interface PlacedFault {
  file: string;
  line: number;
  column: string;
  message: string;
}

/** Every fault, in the order of the files and their lines. */
export async function* faultsOf(
  client: pg.Client,
  files: readonly ImportFile[],
): AsyncGenerator<PlacedFault> {
  await client.query({
    text: `declare faults no scroll cursor for select file, line, faults from incoming.row
      where faults is not null order by array_position(array[${files.map(({ name }) => `'${name}'`).join(', ')}], file), line`,
  });
  for (;;) {
    const { rows } = await client.query<{ file: string; line: number; faults: Fault[] }>(
      'fetch 1000 from faults',
    );
    if (rows.length === 0) break;
    for (const { file, line, faults } of rows)
      for (const [column, message] of faults) yield { file, line, column, message };
  }
  await client.query('close faults');
}
