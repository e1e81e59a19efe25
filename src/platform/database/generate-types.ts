import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../package-root.ts';

/** The schemas whose tables and views the code may name. graphile-worker's own is not ours to write to. */
const SCHEMAS = ['reference', 'identity', 'audit', 'service', 'history', 'as_at', 'messages', 'disposal'];

/** What the parsers set in `connections.ts` make of these types: a date stays text, a count is a number. */
const MAPPING = { int8: 'number' };

/**
 * The TypeScript types of a migrated database, for `schema.ts`: one interface a table or view, and `DB`, which
 * names them all by schema. kysely-codegen (a development dependency) reads them from the catalogue.
 *
 * @param url a PostgreSQL address of the database's owner.
 */
export async function typesOf(url: string): Promise<string> {
  const program = join(packageRoot, 'node_modules', 'kysely-codegen', 'dist', 'cli', 'bin.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      program,
      '--print',
      '--log-level=error',
      '--dialect=postgres',
      // In the environment and not among the arguments, which every user of the machine can list.
      '--url=env(DATABASE_URL)',
      `--include-pattern=(${SCHEMAS.join('|')}).*`,
      '--date-parser=string',
      `--type-mapping=${JSON.stringify(MAPPING)}`,
    ],
    { cwd: packageRoot, env: { ...process.env, DATABASE_URL: url }, maxBuffer: 10_000_000 },
  );
  return `${stdout.trim()}\n`;
}
