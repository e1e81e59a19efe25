import { defineConfig } from 'vitest/config';

const databaseTests = ['test/database/**/*.test.ts'];
// What takes a minute on one road goes over the other in the long run alone.
const onOneRoad =
  process.env.HOMEWARD_TEST_LONG === '1'
    ? []
    : ['test/database/backup.test.ts', 'test/database/disposal.test.ts'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A process reads the service's modules once, not once for each of its test files: that was a third of the whole run. A test
    // leaves nothing behind in them; what it changes is in its own database.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/database-server.ts'],
    // Both roads to a database: everything by the embedded server's socket, and what tests the database
    // itself also as it would be reached by DATABASE_URL, over TCP with a password.
    projects: [
      {
        extends: true,
        test: {
          name: 'socket',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'db/**/*.test.ts'],
          env: { HOMEWARD_TEST_ROAD: 'socket' },
        },
      },
      {
        extends: true,
        test: { name: 'tcp', include: databaseTests, exclude: onOneRoad, env: { HOMEWARD_TEST_ROAD: 'tcp' } },
      },
    ],
  },
});
