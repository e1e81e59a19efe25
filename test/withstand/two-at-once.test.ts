import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { someone, type TestService, testService } from '../support/service.ts';
import { LAMBETH, youngPerson } from '../support/young-person.ts';
import { caseworker, newNotePath, noteSaying } from './casework.ts';
import { PlainBrowser } from './plain-browser.ts';
import { answerAll, startDraft } from './refer.ts';

/**
 * At the very same moment, again and again. Deciding, matching and allocating at once are in
 * src/referrals/deciding-commands.test.ts.
 */

const ROUNDS = process.env.HOMEWARD_TEST_LONG === '1' ? 100 : 10;
const AT_ONCE = 5;

let given: TestService;

beforeAll(async () => {
  given = await testService();
  for (const role of ['spoc', 'coordinator'] as const) await someone(given.owner, role, { areas: [LAMBETH] });
});
afterAll(() => given.stop());

async function count(sql: string, value: string): Promise<number> {
  const { rows } = await given.owner.query<{ count: number }>(`select count(*) from ${sql}`, [value]);
  return Number(rows[0]?.count);
}

const atOnce = <T>(work: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, work));

describe('one form, sent several times at once', () => {
  test('is one referral, told of once, and every sender sees that it was sent', async () => {
    const { cookie, accountId } = await someone(given.owner, 'referrer');
    const browser = new PlainBrowser(given.url, { cookie });
    const form = await answerAll(browser, await startDraft(browser));
    const replies = await atOnce(() => browser.send(form));
    const places = new Set(replies.map(({ status, location }) => `${status} ${location}`));
    expect([...places]).toEqual([expect.stringMatching(/^303 \/refer\/sent\//)]);
    expect(await count('service.referral where referrer_id = $1', accountId)).toBe(1);
    const referralId = [...places][0]?.split('/').at(-1) ?? '';
    expect(await count(`messages.message where path like '%' || $1`, referralId)).toBe(2);
    expect(await count(`audit.entry where action = 'send-referral' and subject_id = $1`, referralId)).toBe(1);
  });

  test('is one note', async () => {
    const { worker, personId } = await caseworker(given.owner);
    const browser = new PlainBrowser(given.url, { cookie: worker.cookie });
    for (let round = 1; round <= ROUNDS; round += 1) {
      const form = await browser.open(newNotePath(personId), 'fact');
      const replies = await atOnce(() => browser.send(form, noteSaying(`Note ${round}`)));
      expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 303));
      expect(await count('service.case_note where person_id = $1', personId)).toBe(round);
    }
  });
});

test('several who correct one record at once: one is saved, and each of the others is shown it and loses nothing', async () => {
  const { id } = await youngPerson(given.owner, { knownAs: 'Ace' });
  const path = `/people/${id}/edit`;
  const browsers: PlainBrowser[] = [];
  for (let n = 0; n < AT_ONCE; n += 1) {
    const { cookie } = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
    browsers.push(new PlainBrowser(given.url, { cookie }));
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    const named = (n: number) => `Name ${n} of round ${round}`;
    const forms = await Promise.all(browsers.map((browser) => browser.open(path, 'version')));
    const replies = await Promise.all(
      browsers.map(async (browser, n) => {
        const form = forms[n];
        if (!form) throw new Error('Each has a form');
        return browser.send(form, { knownAs: named(n) });
      }),
    );
    const winner = replies.findIndex(({ status }) => status === 303);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([303, ...Array(AT_ONCE - 1).fill(409)]);
    for (const [n, { body }] of replies.entries()) {
      if (n === winner) continue;
      expect(body).toContain(named(winner));
      expect(body).toContain(named(n));
    }
    expect(await count(`service.person where id = $1 and known_as = '${named(winner)}'`, id)).toBe(1);
    expect(await count('history.person where id = $1', id)).toBe(round);
  }
});
