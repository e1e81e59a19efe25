import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Frontier } from '../audit/merkle-tree.ts';
import { hasCode } from '../error-code.ts';
import { Refusal } from '../refusal.ts';
import { asGate } from './as-gate.ts';
import { BACKUP_SCHEMAS, LEFT_OUT, linesIn, listOf, nameOf, type Progress, tablesOf } from './backup.ts';
import { type BackupContents, readBackup } from './backup-contents.ts';

/**
 * Fills a database that was migrated to where the backup was, and has no policies yet, with the backup's rows, and
 * finds them to fit: every table and column, every count, every foreign key, the audit's tree.
 *
 * It asks for no more than owning the tables: what would slow it down or stand in its way is dropped and made again.
 *
 * @throws Refusal when the rows do not fit.
 */
export async function loadBackup(
  owner: pg.Client,
  path: string,
  passphrase: string,
  contents: BackupContents,
  progress: Progress,
): Promise<void> {
  await refuseOtherTables(owner, contents);
  await standInForPolicies(owner);
  const names = contents.tables.map(({ schema, table }) => nameOf(schema, table));
  const remake = await setAside(owner);
  for (const name of names) await owner.query(`alter table ${name} disable trigger user`);
  // Migrations have put code lists in: the backup's own take their place.
  await owner.query(`truncate ${names.join(', ')}`);
  await readBackup(path, passphrase, async ({ schema, table, columns }, rows) => {
    let loaded = 0;
    progress(`${schema}.${table}`, loaded);
    const counted = async function* () {
      for await (const chunk of rows) {
        loaded += linesIn(chunk);
        progress(`${schema}.${table}`, loaded);
        yield chunk;
      }
    };
    const into = owner.query(copyFrom(`copy ${nameOf(schema, table)} (${listOf(columns)}) from stdin`));
    await pipeline(Readable.from(counted()), into);
    if (into.rowCount !== loaded)
      throw new Refusal(`${schema}.${table} took ${into.rowCount} of its ${loaded} rows`);
  });
  for (const { schema, name, lastValue } of contents.end.sequences)
    await owner.query('select setval($1::regclass, $2)', [nameOf(schema, name), lastValue]);
  for (const statement of remake) {
    await owner.query(statement).catch((error: unknown) => {
      throw hasCode(error, '23503', '23505')
        ? new Refusal(`The rows of the backup do not fit together: ${(error as Error).message}`)
        : error;
    });
  }
  for (const name of names) await owner.query(`alter table ${name} enable trigger user`);
  await refuseBrokenAudit(owner);
  await endSealedMessages(owner);
  await owner.query('analyze');
}

/** The file names its tables and columns; the code has its own. They must be the same, or something would be lost. */
async function refuseOtherTables(owner: pg.Client, { tables }: BackupContents): Promise<void> {
  const described = (all: readonly { schema: string; table: string; columns: string[] }[]) =>
    all.map(({ schema, table, columns }) => `${schema}.${table} (${[...columns].sort().join(', ')})`);
  const inFile = described(tables);
  const here = described(await tablesOf(owner));
  const other = [
    ...inFile.filter((table) => !here.includes(table)),
    ...here.filter((table) => !inFile.includes(table)),
  ];
  if (other.length > 0)
    throw new Refusal(`The backup and this Homeward's migrations have different tables: ${other.join('; ')}`);
}

/**
 * Policies come last, and the stamp of rows asks two of their functions who is signed in and what they do: nobody is, and
 * nothing.
 */
async function standInForPolicies(owner: pg.Client): Promise<void> {
  for (const asked of ['identity.account_id', 'audit.current_action']) {
    await owner.query(
      `create or replace function ${asked}() returns uuid language sql stable as $$ select null::uuid $$`,
    );
  }
}

/** Drops indexes and foreign keys, which are quicker made when all rows are there; gives what makes them again. */
async function setAside(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ away: string; again: string }>(
    `select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as away,
       format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as again, 1 as turn
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     where k.contype = 'f' and n.nspname = any ($1)
     union all
     select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 0
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any ($1) and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
     order by turn, again`,
    [BACKUP_SCHEMAS],
  );
  for (const { away } of rows) await owner.query(away);
  return rows.map(({ again }) => again);
}

/** The sealed entries must come to the root that was signed over them. */
async function refuseBrokenAudit(owner: pg.Client): Promise<void> {
  const signed = await owner.query<{ size: number; root: Buffer }>(
    'select size, root from audit.checkpoint order by size desc limit 1',
  );
  const checkpoint = signed.rows[0];
  if (!checkpoint) return;
  const frontier = new Frontier();
  for (let after = -1; frontier.size < checkpoint.size; ) {
    const { rows } = await owner.query<{ position: number; hash: Buffer }>(
      'select position, hash from audit.leaf where position > $1 order by position limit least(10000, $2::bigint)',
      [after, checkpoint.size - frontier.size],
    );
    for (const { hash } of rows) frontier.append(hash);
    const last = rows.at(-1);
    if (!last) break;
    after = last.position;
  }
  if (frontier.size !== checkpoint.size || !Buffer.from(frontier.root()).equals(checkpoint.root))
    throw new Refusal('The audit in the backup does not come to the root that was signed over it');
}

/** A link that signs somebody in is not restored, so the message that carries it must not go. */
async function endSealedMessages(owner: pg.Client): Promise<void> {
  await owner.query(
    `update messages.message set state = case state when 'queued' then 'failed' else state end, secret_sealed = null,
       last_error = case state when 'queued' then 'The service was restored from a backup: ask for a new link' else last_error end
     where secret_sealed is not null`,
  );
}

/** Whether a database holds anything that a restore would take the place of. */
export async function holdsAnything(owner: pg.Client): Promise<boolean> {
  const { rows: tables } = await owner.query<{ schema: string; table: string; ours: boolean }>(
    `select n.nspname as schema, c.relname as table, n.nspname = any ($1) as ours
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker')`,
    [BACKUP_SCHEMAS],
  );
  if (tables.some(({ ours }) => !ours)) return true;
  // Every start puts these in.
  const people = tables.filter(
    ({ schema, table }) =>
      !['homeward', 'reference'].includes(schema) &&
      !Object.hasOwn(LEFT_OUT, `${schema}.${table}`) &&
      `${schema}.${table}` !== 'disposal.reach',
  );
  if (people.length === 0) return false;
  const isThere = people.map(({ schema, table }) => `exists (select from ${nameOf(schema, table)})`);
  const found = await asGate(owner, () =>
    owner.query<{ holds: boolean }>(`select ${isThere.join(' or ')} as holds`),
  );
  return found.rows[0]?.holds ?? false;
}
