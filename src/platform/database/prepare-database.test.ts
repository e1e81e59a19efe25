import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { createKeyring } from '../crypto/sealed-box.ts';
import { connectionsTo } from './connections.ts';
import { prepareDatabase } from './prepare-database.ts';

let given: TestDatabase;
beforeAll(async () => {
  given = await testDatabase();
});
afterAll(() => given.drop());

test('several processes prepare one database at once', async () => {
  const connections = connectionsTo(given.ownerConfig, TEST_SECRET);
  const prepared = Array.from({ length: 6 }, () =>
    prepareDatabase(connections, TEST_SECRET, createKeyring(TEST_SECRET)),
  );
  for (const each of await Promise.allSettled(prepared)) expect(each).toMatchObject({ status: 'fulfilled' });
});
