import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase, withClient } from '../support/database.ts';

let given: TestDatabase;
beforeAll(async () => {
  given = await testDatabase();
});
afterAll(() => given.drop());

test('the server knows the letters of every script, so that likeness of names means something', async () => {
  await withClient(given.ownerConfig, async (owner) => {
    for (const [one, other] of [
      ['أمينة حسن', 'أمينه حسن'],
      ['মোহাম্মদ রহমান', 'মোহাম্মাদ রহমান'],
      ['трофимова', 'трофимава'],
    ]) {
      const { rows } = await owner.query<{ likeness: number }>('select similarity($1, $2) as likeness', [
        one,
        other,
      ]);
      expect(rows[0]?.likeness, `${one} and ${other}`).toBeGreaterThan(0.3);
    }
  });
});
