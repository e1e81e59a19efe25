import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '../package-root.ts';
import { connectionUrl, useServer } from './embedded-server.ts';
import { typesOf } from './generate-types.ts';
import { migrate, migrationFolders } from './migrate.ts';

// Writes src/platform/database/schema.ts from a database that is made, migrated and thrown away.
const dataDir = await mkdtemp(join(tmpdir(), 'homeward-types-'));
try {
  const { connection, stop } = await useServer(dataDir, { settings: { fsync: 'off' } });
  try {
    const owner = new pg.Client(connection);
    await owner.connect();
    await migrate(owner, migrationFolders);
    await owner.end();
    const types = await typesOf(connectionUrl(connection));
    await writeFile(join(packageRoot, 'src', 'platform', 'database', 'schema.ts'), types);
  } finally {
    await stop();
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
