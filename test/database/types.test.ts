import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { typesOf } from '../../src/platform/database/generate-types.ts';
import { packageRoot } from '../../src/platform/package-root.ts';
import { testDatabase } from '../support/database.ts';

it('schema.ts says what the migrated database has (else run `node bin/prepare.mjs types`)', async () => {
  const database = await testDatabase();
  try {
    const committed = await readFile(join(packageRoot, 'src', 'platform', 'database', 'schema.ts'), 'utf8');
    expect(committed).toBe(await typesOf(database.ownerUrl));
  } finally {
    await database.drop();
  }
});
