import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalPages } from '../../src/app/refusal-pages.tsx';
import { openPage } from '../../src/platform/http/page.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { beginPasswordTry, isRightPassword, settlePasswordTry } from '../../src/platform/identity/sign-in.ts';
import type { SignInGround } from '../../src/platform/identity/sign-in-ground.ts';
import { newToken } from '../../src/platform/identity/token.ts';
import { TooManyWaiting } from '../../src/platform/identity/turns.ts';
import { PASSWORD, type SetUpAccount, setUpAccount } from '../support/account.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { type TestService, testService } from '../support/service.ts';

let given: TestService;
let worker: SetUpAccount;

beforeAll(async () => {
  // Few, so that a sign-in which held one while it hashes would keep everybody else waiting.
  given = await testService({ connections: 2 });
});
afterAll(() => given.stop());
beforeEach(async () => {
  await given.owner.query('delete from identity.attempt');
  worker = await setUpAccount(given, 'data-protection-lead');
});

/** Runs `work` as a visitor's request does, in a transaction of its own. */
const asVisitor = <Result>(work: (ground: SignInGround) => Promise<Result>): Promise<Result> =>
  given.service.database.asVisitor((tx) =>
    work({
      tx,
      service: given.service,
      visitor: { address: '192.0.2.1', device: '', sessionToken: null, browser: newToken() },
    }),
  );

test('while twelve people sign in at once, the page of another is answered', async () => {
  const visitors = Array.from({ length: 12 }, () => new HttpVisitor(given));
  const forms = await Promise.all(
    visitors.map(async (visitor) => ({ visitor, page: await visitor.get('/sign-in') })),
  );
  let signedIn = 0;
  const all = forms.map(async ({ visitor, page }) => {
    const second = await visitor.send(page, { email: worker.email, password: PASSWORD });
    signedIn += 1;
    return second.text;
  });
  // Once the first is through, all the others have come and wait, for their turn or for a connection.
  await Promise.race(all);
  const other = await new HttpVisitor(given, worker.cookie).get('/account');
  const before = signedIn;
  expect(other.status).toBe(200);
  expect(before).toBeLessThan(6);
  for (const text of await Promise.all(all)) expect(text).toContain('Code from your authenticator app');
});

test('a right password that was begun before the account was locked counts no more after', async () => {
  const tried = await asVisitor((ground) => beginPasswordTry(ground, worker.email));
  if (!tried) throw new Error('The first try is allowed');
  const right = await isRightPassword(given.service, tried, PASSWORD);
  expect(right).toBe(true);
  expect(await asVisitor((ground) => settlePasswordTry(ground, tried, right))).toEqual({
    accountId: worker.accountId,
    email: worker.email,
  });
  for (let wrong = 0; wrong < 5; wrong++)
    expect(await asVisitor((ground) => settlePasswordTry(ground, tried, false))).toBeNull();
  expect(await asVisitor((ground) => settlePasswordTry(ground, tried, right))).toBeNull();
});

test('nor one that was changed meanwhile, nor when too many tries were made', async () => {
  const tried = await asVisitor((ground) => beginPasswordTry(ground, worker.email));
  if (!tried) throw new Error('The first try is allowed');
  const { sealed } = tried.held ?? {};
  await given.owner.query('update identity.account set password_sealed = $2 where id = $1', [
    worker.accountId,
    Buffer.from('another'),
  ]);
  expect(await asVisitor((ground) => settlePasswordTry(ground, tried, true))).toBeNull();
  await given.owner.query(
    'update identity.account set password_sealed = $2, failed_sign_ins = 0 where id = $1',
    [worker.accountId, sealed],
  );
  expect(await asVisitor((ground) => settlePasswordTry(ground, tried, true))).not.toBeNull();
  await given.owner.query('update identity.attempt set count = 1000');
  expect(await asVisitor((ground) => settlePasswordTry(ground, tried, true))).toBeNull();
});

test('whoever finds the line full is told to try again, and nothing of it is a fault', async () => {
  const full = openPage({
    path: '/full',
    for: 'everybody',
    get: () => Promise.reject(new TooManyWaiting('full')),
  });
  const server = await createServer({
    service: given.service,
    pages: [full],
    draw: ({ title }) => title,
    refusalPages,
    signInAddress: () => '/',
    signInAgainAddress: () => '/',
  });
  const reply = await server.inject('/full');
  expect(reply.statusCode).toBe(503);
  expect(reply.body).toBe('The service is busy');
});
