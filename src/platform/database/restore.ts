import { resolve } from 'node:path';
import pg from 'pg';
import type { Keyring } from '../crypto/sealed-box.ts';
import { hasCode } from '../error-code.ts';
import { Refusal } from '../refusal.ts';
import { type Progress, secretMark } from './backup.ts';
import { type BackupContents, readBackup } from './backup-contents.ts';
import type { Connection, Connections } from './connections.ts';
import { type MigrationFolders, migrate, migrationFolders, readMigrations } from './migrate.ts';
import { asOwner } from './reach-database.ts';
import { holdsAnything, loadBackup } from './restore-load.ts';

export interface RestoreParts {
  passphrase: string;
  keyring: Keyring;
  /** Whether real young people are to be in this service: a demonstration is then refused. */
  production: boolean;
  /** Take the place of a database that holds something, which is kept under another name. */
  replace: boolean;
  now: Date;
  folders?: MigrationFolders;
  /** Brings the new database up to the code (`prepareDatabase`), and does what must be done before anybody is let in. */
  prepare(connections: Connections): Promise<void>;
  progress?: Progress;
}

export interface RestoreOutcome {
  contents: BackupContents;
  /** What the database that was there before is called now; null when it held nothing and is gone. */
  keptAs: string | null;
  /** Whether this service has the secret that the backup's service had. */
  sameSecret: boolean;
}

/**
 * Puts a backup in the place of the service's database. The whole file is read and found good first, then loaded into a
 * new database and checked there; the last step gives that one the name. Until then nothing has changed, and a restore
 * that was killed leaves a database that the next one clears away.
 *
 * @throws Refusal, one line, whenever it will not.
 */
export async function restoreBackup(
  target: Connections,
  path: string,
  parts: RestoreParts,
): Promise<RestoreOutcome> {
  const file = resolve(path);
  const { owner } = target;
  if (!owner) throw new Refusal('DATABASE_URL must name the owner of the database for this command');
  const contents = await readBackup(file, parts.passphrase);
  const through = await refuseUnknown(contents, parts);
  const held = await asOwner(target, holdsAnything);
  if (held && !parts.replace) {
    throw new Refusal(
      `The database ${owner.database} holds a service already: restore with --replace to put the backup in its place ` +
        '(it is kept under another name), or give DATABASE_URL or HOMEWARD_DATA_DIR a new one',
    );
  }
  const name = String(owner.database);
  const draft = `${name}_restoring`;
  return await administering(owner, async (server) => {
    await refuseInUse(server, name);
    await createDraft(server, name, draft);
    try {
      const newConnections = inDatabase(target, draft);
      await asOwner(newConnections, async (client) => {
        await migrate(client, parts.folders ?? migrationFolders, { through });
        await loadBackup(client, file, parts.passphrase, contents, parts.progress ?? (() => undefined));
      });
      await parts.prepare(newConnections);
      const keptAs = `${name}_before_restore_${parts.now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
      await swap(server, name, draft, keptAs);
      if (!held) await server.query(`drop database ${pg.escapeIdentifier(keptAs)}`);
      return {
        contents,
        keptAs: held ? keptAs : null,
        sameSecret: contents.header.secretMark === secretMark(parts.keyring),
      };
    } catch (error) {
      await dropDraft(server, draft).catch(() => undefined);
      throw error;
    }
  });
}

/** Which migration the backup was at, if this code knows it and all before it as they were. */
async function refuseUnknown({ header }: BackupContents, parts: RestoreParts): Promise<number> {
  if (header.demonstration && parts.production)
    throw new Refusal('The backup is of a demonstration: it is never restored into production');
  const known = await readMigrations((parts.folders ?? migrationFolders).migrationsDir);
  const newest = header.migrations.at(-1)?.number ?? 0;
  const newestKnown = known.at(-1)?.number ?? 0;
  if (newest > newestKnown) {
    throw new Refusal(
      `The backup is at migration ${newest} and this Homeward knows only ${newestKnown}: restore it with the newer Homeward`,
    );
  }
  const asKnown = known.filter(({ number }) => number <= newest);
  const different = asKnown.find((migration, index) => header.migrations[index]?.sha256 !== migration.sha256);
  if (different || asKnown.length !== header.migrations.length) {
    const name = different?.name ?? header.migrations.at(-1)?.name;
    throw new Refusal(
      `The backup was made by a Homeward whose migrations are others than this one's, from ${name} on: ` +
        'restore it with the Homeward that made it',
    );
  }
  return newest;
}

function inDatabase({ owner, web, jobs }: Connections, database: string): Connections {
  return {
    owner: owner && { ...owner, database },
    web: { ...web, database },
    jobs: { ...jobs, database },
  };
}

/** A client of the server's own database: the service's cannot be renamed by one who is in it. */
async function administering<T>(owner: Connection, work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ ...owner, database: 'postgres', application_name: 'homeward restore' });
  server.on('error', () => undefined); // the query under way is refused with the same error
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

async function refuseInUse(server: pg.Client, name: string): Promise<void> {
  const { rows } = await server.query<{ connections: number }>(
    'select count(*)::int as connections from pg_stat_activity where datname = $1 and usesysid is not null',
    [name],
  );
  const connections = rows[0]?.connections ?? 0;
  if (connections > 0) throw inUse(name, connections);
}

function inUse(name: string, connections?: number): Refusal {
  const how =
    connections === undefined ? '' : ` (${connections} ${connections === 1 ? 'connection' : 'connections'})`;
  return new Refusal(
    `The database ${name} is in use${how}: stop the service, its worker and whoever else is in it, and restore again`,
  );
}

/** A new database with the settings of the one it is to replace. */
async function createDraft(server: pg.Client, name: string, draft: string): Promise<void> {
  await dropDraft(server, draft).catch((error: unknown) => {
    throw hasCode(error, '55006') ? new Refusal('Another restore is under way') : error;
  });
  const { rows } = await server.query<{ create: string }>(
    `select format('create database %I template template0 encoding %L lc_collate %L lc_ctype %L locale_provider %s', $2::text,
       pg_encoding_to_char(encoding), datcollate, datctype,
       case datlocprovider when 'b' then format('builtin builtin_locale %L', datlocale)
         when 'i' then format('icu icu_locale %L', datlocale) else 'libc' end) as create
     from pg_database where datname = $1`,
    [name, draft],
  );
  await server.query(rows[0]?.create ?? '').catch((error: unknown) => {
    throw hasCode(error, '42501')
      ? new Refusal(
          'The owner of the database may not create another, which restoring needs: grant it CREATEDB',
        )
      : error;
  });
}

async function dropDraft(server: pg.Client, draft: string): Promise<void> {
  await server.query(`drop database if exists ${pg.escapeIdentifier(draft)}`);
}

/** Gives the new database the name, and the old one another, both or neither. */
async function swap(server: pg.Client, name: string, draft: string, keptAs: string): Promise<void> {
  const [from, to, old] = [draft, name, keptAs].map((each) => pg.escapeIdentifier(each));
  await server.query('begin');
  try {
    await server.query(`alter database ${to} rename to ${old}`);
    await server.query(`alter database ${from} rename to ${to}`);
    await server.query('commit');
  } catch (error) {
    await server.query('rollback').catch(() => undefined);
    throw hasCode(error, '55006') ? inUse(name) : error;
  }
}
