import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectionUrl, useServer } from '../src/platform/database/embedded-server.ts';
import { typesOf } from '../src/platform/database/generate-types.ts';
import { migrate, migrationFolders } from '../src/platform/database/migrate.ts';
import { packageRoot } from '../src/platform/package-root.ts';

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
