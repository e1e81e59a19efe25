import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentTotp } from '../../src/platform/identity/one-time-code.ts';
import { messageLink } from '../../src/platform/messages/message-link.ts';
import { type SetUpAccount, SteppingClock, setUpAccount, typePassword } from '../support/account.ts';
import { HttpVisitor, type Reply } from '../support/http-visitor.ts';
import { type TestService, testService } from '../support/service.ts';

const clock = new SteppingClock();
const CHOSEN = 'harbour teaspoon violin';
let given: TestService;
let administrator: SetUpAccount;

beforeAll(async () => {
  given = await testService({ clock });
  administrator = await setUpAccount(given, 'administrator');
});
afterAll(() => given.stop());

/** Adds an account as the administrator does. @returns its address and where its invitation leads. */
async function invite(): Promise<{ email: string; path: string }> {
  const email = `${randomUUID().slice(0, 8)}@example.org`;
  const added = await new HttpVisitor(given, administrator.cookie).fill('/accounts/new', {
    name: 'Noor Haddad',
    email,
  });
  expect(added.status).toBe(303);
  return { email, path: await linkFor(email) };
}

/** Where the newest message to somebody leads: what an e-mail would say. */
async function linkFor(email: string): Promise<string> {
  const { rows } = await given.owner.query<{ template: string; path: string; secret_sealed: Buffer | null }>(
    `select m.template, m.path, m.secret_sealed from messages.message m join identity.account a on a.id = m.account_id
     where a.email = $1 and m.secret_sealed is not null order by m.created_at desc limit 1`,
    [email],
  );
  const [message] = rows;
  if (!message) throw new Error(`No message to ${email}`);
  return messageLink(given.service.keyring, '', message);
}

const choosePassword = (visitor: HttpVisitor, page: Reply, password = CHOSEN, repeated = password) =>
  visitor.send(page, { password, repeated }, '/set-up-account');
const keyOn = (page: Reply): string =>
  /the key is\s+([A-Z2-7 ]{30,})/.exec(page.text)?.[1]?.replace(/ /g, '') ?? '';

/** Walks all three steps. @returns the last reply and the key. */
async function setUp(visitor: HttpVisitor, path: string) {
  const app = await choosePassword(visitor, await visitor.get(path));
  const key = keyOn(app);
  const codes = await visitor.send(app, { code: clock.nextCode(key) }, '/set-up-account/app');
  return { key, codes, last: await visitor.send(codes, {}, '/set-up-account/recovery-codes') };
}

const stateOf = async (email: string) => {
  const { rows } = await given.owner.query<{ set_up: boolean; codes: number; links: number }>(
    `select password_sealed is not null and totp_confirmed_at is not null as set_up,
       (select count(*)::int from identity.recovery_code r where r.account_id = a.id and used_at is null) as codes,
       (select count(*)::int from identity.link l where l.account_id = a.id and used_at is null) as links
     from identity.account a where email = $1`,
    [email],
  );
  return rows[0];
};

test('an invited person chooses a password, adds the app, keeps the codes, and signs in', async () => {
  const { email, path } = await invite();
  const visitor = new HttpVisitor(given);
  const { key, codes, last } = await setUp(visitor, path);
  expect(codes.text.match(/\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b/g)).toHaveLength(10);
  expect(last.location).toBe('/sign-in');
  expect(await stateOf(email)).toEqual({ set_up: true, codes: 10, links: 0 });
  // No role was given, so there is nothing to sign in to; but both proofs are taken.
  const second = await typePassword(visitor, email, CHOSEN);
  const done = await visitor.send(second, { code: clock.nextCode(key) }, '/sign-in/code');
  expect(done.text).toContain('You have no role yet');
});

test('nothing is written before the last step, however often a link is opened', async () => {
  const { email, path } = await invite();
  for (const visitor of [new HttpVisitor(given), new HttpVisitor(given)]) {
    const app = await choosePassword(visitor, await visitor.get(path));
    await visitor.send(app, { code: clock.nextCode(keyOn(app)) }, '/set-up-account/app');
  }
  expect(await stateOf(email)).toEqual({ set_up: false, codes: 0, links: 1 });
});

test('a link works once, and a newer one takes its place', async () => {
  const { path } = await invite();
  const [first, second] = [new HttpVisitor(given), new HttpVisitor(given)];
  const app = await choosePassword(second, await second.get(path));
  const codes = await second.send(app, { code: clock.nextCode(keyOn(app)) }, '/set-up-account/app');
  expect((await setUp(first, path)).last.status).toBe(303);
  expect((await second.send(codes, {}, '/set-up-account/recovery-codes')).text).toContain(
    'does not work any more',
  );
  expect((await first.get(path)).text).toContain('does not work any more');

  const other = await invite();
  const { rows } = await given.owner.query<{ id: string }>(
    'select id from identity.account where email = $1',
    [other.email],
  );
  const reset = await new HttpVisitor(given, administrator.cookie).fill(`/accounts/${rows[0]?.id}/reset`, {
    reason: 'never-set-up',
  });
  expect(reset.status).toBe(303);
  expect((await first.get(other.path)).text).toContain('does not work any more');
  expect((await first.get(await linkFor(other.email))).text).toContain('Set up your account again');
});

test('a link that has run out, was made up, or is for a closed account: in the same words', async () => {
  const [late, closed] = [await invite(), await invite()];
  await given.owner.query(
    `update identity.link set expires_at = now() - interval '1 second' from identity.account a
     where a.id = account_id and a.email = $1`,
    [late.email],
  );
  await given.owner.query('update identity.account set disabled_at = now() where email = $1', [closed.email]);
  const texts = await Promise.all(
    [late.path, closed.path, '/set-up-account?token=made-up', '/set-up-account'].map(
      async (path) => (await new HttpVisitor(given).get(path)).text,
    ),
  );
  expect(texts[0]).toContain('does not work any more');
  expect(new Set(texts).size).toBe(1);
});

test('a password that is easy to guess, or typed differently the second time, is refused', async () => {
  const { path } = await invite();
  const visitor = new HttpVisitor(given);
  const page = await visitor.get(path);
  const tooEasy = await choosePassword(visitor, page, 'password1234');
  expect(tooEasy.status).toBe(422);
  expect(tooEasy.html).not.toContain('password1234');
  expect((await choosePassword(visitor, tooEasy, CHOSEN, `${CHOSEN}!`)).text).toContain(
    'the same password in both',
  );
});

test('the app has to be proved: a code of another key is refused, and the key stays the same', async () => {
  const { path } = await invite();
  const visitor = new HttpVisitor(given);
  const app = await choosePassword(visitor, await visitor.get(path));
  const other = currentTotp('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', clock.now());
  const wrong = await visitor.send(app, { code: other }, '/set-up-account/app');
  expect(wrong.status).toBe(422);
  expect(keyOn(wrong)).toBe(keyOn(app));
});

test('no step can be left out, nor taken to another browser', async () => {
  const { email, path } = await invite();
  const [visitor, another] = [new HttpVisitor(given), new HttpVisitor(given)];
  const app = await choosePassword(visitor, await visitor.get(path));
  const step = /name="step" value="([^"]*)"/.exec(app.html)?.[1] ?? '';
  const skipped = await visitor.send(app, { step }, '/set-up-account/recovery-codes');
  expect(skipped.text).toContain('does not work any more');
  const code = clock.nextCode(keyOn(app));
  const elsewhere = await another.send(await another.get('/sign-in'), { step, code }, '/set-up-account/app');
  expect(elsewhere.text).toContain('does not work any more');
  expect(await stateOf(email)).toMatchObject({ set_up: false });
});

test('a reset signs out everywhere, and the old password, codes and app are worth nothing', async () => {
  const worker = await setUpAccount(given, 'data-protection-lead');
  const administering = new HttpVisitor(given, administrator.cookie);
  await administering.fill(`/accounts/${worker.accountId}/reset`, { reason: 'lost-app' });
  // Asking for it takes nothing from anybody yet: it may not have been them who asked.
  expect((await new HttpVisitor(given, worker.cookie).get('/account')).status).toBe(200);
  const visitor = new HttpVisitor(given);
  const { key } = await setUp(visitor, await linkFor(worker.email));
  expect((await new HttpVisitor(given, worker.cookie).get('/account')).status).toBe(303);
  expect((await typePassword(visitor, worker.email)).status).toBe(422);
  const withOldCode = await typePassword(visitor, worker.email, CHOSEN);
  const recoveryCode = worker.recoveryCodes[0] ?? '';
  expect((await visitor.send(withOldCode, { recoveryCode }, '/sign-in/code')).status).toBe(422);
  const again = await typePassword(visitor, worker.email, CHOSEN);
  expect((await visitor.send(again, { code: clock.nextCode(key) }, '/sign-in/code')).status).toBe(303);
  const { rows } = await given.owner.query<{ reason: string }>(
    `select convert_from(body, 'UTF8')::jsonb -> 'detail' ->> 'reason' as reason from audit.entry
     where action = 'account-reset' and subject_id = $1`,
    [worker.accountId],
  );
  expect(rows).toEqual([{ reason: 'lost-app' }]);
});

test('the message says where, and holds the token only sealed', async () => {
  const { email, path } = await invite();
  const token = new URLSearchParams(path.split('?')[1]).get('token') ?? '';
  expect(token).toHaveLength(43);
  const { rows } = await given.owner.query(
    'select m.* from messages.message m join identity.account a on a.id = m.account_id where a.email = $1',
    [email],
  );
  expect(rows).toMatchObject([{ template: 'invitation', path: '/set-up-account', state: 'queued' }]);
  expect(JSON.stringify(rows)).not.toContain(token);
});
