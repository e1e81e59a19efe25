import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applicationProof } from '../../src/platform/identity/application-proof.ts';
import { sealShownPassword } from '../../src/platform/identity/credentials.ts';
import { newToken } from '../../src/platform/identity/token.ts';
import {
  PASSWORD,
  type SetUpAccount,
  SteppingClock,
  setUpAccount,
  signIn,
  typePassword,
} from '../support/account.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { type TestService, testService } from '../support/service.ts';

const clock = new SteppingClock();
let given: TestService;

beforeAll(async () => {
  given = await testService({ clock });
});
afterAll(() => given.stop());
beforeEach(async () => {
  clock.reset();
  await given.owner.query('delete from identity.attempt');
});

const stranger = () => new HttpVisitor(given);
const newWorker = (): Promise<SetUpAccount> => setUpAccount(given, 'data-protection-lead');
const isSignedIn = async (visitor: HttpVisitor): Promise<boolean> =>
  (await visitor.get('/account')).status === 200;
const audited = async (accountId: string): Promise<string[]> => {
  const { rows } = await given.owner.query<{ entry: string }>(
    `select action || ' ' || outcome as entry from audit.entry where subject_id = $1 order by at`,
    [accountId],
  );
  return rows.map(({ entry }) => entry);
};
const openSessions = async (accountId: string): Promise<number> => {
  const { rows } = await given.owner.query<{ count: number }>(
    'select count(*)::int from identity.session where account_id = $1 and ended_at is null',
    [accountId],
  );
  return rows[0]?.count ?? 0;
};

describe('signing in', () => {
  test('takes a password and then a code; neither alone opens anything', async () => {
    const worker = await newWorker();
    const visitor = stranger();
    const second = await typePassword(visitor, worker.email);
    expect(second.text).toContain('Code from your authenticator app');
    expect(await isSignedIn(visitor)).toBe(false);
    const done = await visitor.send(second, { code: clock.nextCode(worker.totpSecret) }, '/sign-in/code');
    expect(done).toMatchObject({ status: 303, location: '/' });
    expect(await isSignedIn(visitor)).toBe(true);
    expect(await audited(worker.accountId)).toEqual(['sign-in done']);
  });

  test('the address may be typed in capitals', async () => {
    const worker = await newWorker();
    const done = await signIn(stranger(), { ...worker, email: worker.email.toUpperCase() }, clock);
    expect(done.status).toBe(303);
  });

  test('a code works once, even for somebody who saw it and knows the password', async () => {
    const worker = await newWorker();
    const code = clock.nextCode(worker.totpSecret);
    const [first, second] = [stranger(), stranger()];
    const forms = [
      await typePassword(first, worker.email),
      await typePassword(second, worker.email),
    ] as const;
    expect((await first.send(forms[0], { code }, '/sign-in/code')).status).toBe(303);
    const replayed = await second.send(forms[1], { code }, '/sign-in/code');
    expect(replayed.status).toBe(422);
    expect(replayed.text).toContain('was used before');
    expect(await isSignedIn(second)).toBe(false);
  });

  test('two who send one code at the same moment are one who signs in', async () => {
    const worker = await newWorker();
    const code = clock.nextCode(worker.totpSecret);
    const both = [stranger(), stranger()];
    const forms = await Promise.all(both.map((visitor) => typePassword(visitor, worker.email)));
    const replies = await Promise.all(
      both.map((visitor, index) => {
        const form = forms[index];
        if (!form) throw new Error('No form');
        return visitor.send(form, { code }, '/sign-in/code');
      }),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  test('a recovery code signs in once, and no other account', async () => {
    const [worker, other] = [await newWorker(), await newWorker()];
    const recoveryCode = worker.recoveryCodes[0]?.toLowerCase() ?? '';
    const wrong = stranger();
    const theirs = await typePassword(wrong, other.email);
    expect((await wrong.send(theirs, { recoveryCode }, '/sign-in/code')).status).toBe(422);
    for (const expected of [303, 422]) {
      const visitor = stranger();
      const second = await typePassword(visitor, worker.email);
      const { status } = await visitor.send(second, { recoveryCode }, '/sign-in/code');
      expect(status).toBe(expected);
    }
    expect(await audited(worker.accountId)).toEqual([
      'recovery-code-used done',
      'sign-in done',
      'sign-in refused',
    ]);
  });

  test('the step after the password is of no use to another browser, nor after five minutes', async () => {
    const worker = await newWorker();
    const [theirs, another] = [stranger(), stranger()];
    const second = await typePassword(theirs, worker.email);
    const step = /name="step" value="([^"]*)"/.exec(second.html)?.[1] ?? '';
    const elsewhere = await another.send(
      await another.get('/sign-in'),
      { step, code: clock.nextCode(worker.totpSecret) },
      '/sign-in/code',
    );
    expect(elsewhere.text).toContain('Start signing in again');
    clock.pass(6);
    const late = await theirs.send(second, { code: clock.nextCode(worker.totpSecret) }, '/sign-in/code');
    expect(late.text).toContain('Start signing in again');
    expect((await isSignedIn(theirs)) || (await isSignedIn(another))).toBe(false);
  });

  test('leads back to where they were going, in this service and nowhere else', async () => {
    const worker = await newWorker();
    const back = async (to: string) =>
      (await signIn(stranger(), worker, clock, `/sign-in?${new URLSearchParams({ return: to })}`)).location;
    expect(await back('/account/sessions')).toBe('/account/sessions');
    expect(await back('//evil.example/account')).toBe('/');
    expect(await back('https://evil.example/')).toBe('/');
  });

  test('a page that needs signing in sends there and back', async () => {
    expect((await stranger().get('/account?x=1')).location).toBe('/sign-in?return=%2Faccount%3Fx%3D1');
  });

  test('gives a token of its own to every session, whatever cookie came', async () => {
    const worker = await newWorker();
    const planted = `homeward-session=${newToken()}`;
    const victim = new HttpVisitor(given, planted);
    expect((await signIn(victim, worker, clock)).status).toBe(303);
    expect(await isSignedIn(victim)).toBe(true);
    expect(await isSignedIn(new HttpVisitor(given, planted))).toBe(false);
  });

  test('ends the session that the browser had', async () => {
    const worker = await newWorker();
    const visitor = new HttpVisitor(given, worker.cookie);
    await signIn(visitor, worker, clock);
    expect(await openSessions(worker.accountId)).toBe(1);
    expect(await isSignedIn(new HttpVisitor(given, worker.cookie))).toBe(false);
  });

  test('a form without its token changes nothing', async () => {
    const worker = await newWorker();
    const visitor = stranger();
    const page = await visitor.get('/sign-in');
    const forged = await visitor.send(page, { email: worker.email, password: 'x', _csrf: 'AAAA' });
    expect(forged.status).toBe(403);
    expect(await audited(worker.accountId)).toEqual([]);
  });

  test('an account without a role is told so, after both proofs and not before', async () => {
    const worker = await newWorker();
    await given.owner.query('update identity.access_grant set approved_at = null where id = $1', [
      worker.grantId,
    ]);
    const done = await signIn(stranger(), worker, clock);
    expect(done.text).toContain('You have no role yet');
    expect((await typePassword(stranger(), worker.email, 'wrong password here')).text).not.toContain('role');
  });
});

describe('what is refused', () => {
  test('an unknown address, a wrong password, a closed and a locked account: in the same words', async () => {
    const [open, closed, locked] = [await newWorker(), await newWorker(), await newWorker()];
    await given.owner.query('update identity.account set disabled_at = now() where id = $1', [
      closed.accountId,
    ]);
    await given.owner.query(
      `update identity.account set locked_until = now() + interval '1 hour' where id = $1`,
      [locked.accountId],
    );
    const replies = [
      await typePassword(stranger(), 'nobody@example.org'),
      await typePassword(stranger(), open.email, 'not the password'),
      await typePassword(stranger(), closed.email),
      await typePassword(stranger(), locked.email),
    ];
    const words = replies.map(({ html }) => /class="govuk-error-message">(.*?)<\/p>/s.exec(html)?.[1]);
    expect(words[0]).toContain('not right');
    expect(new Set(words).size).toBe(1);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([422]));
  });

  test('an unknown address takes as long as a wrong password', async () => {
    const worker = await newWorker();
    const time = async (email: string) => {
      const began = performance.now();
      await typePassword(stranger(), email, 'not the password');
      return performance.now() - began;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 4; round += 1) {
      known.push(await time(worker.email));
      unknown.push(await time(`nobody${round}@example.org`));
    }
    const best = (times: number[]) => Math.min(...times);
    // Without the password hash of nobody in particular it would take a tenth; a busy machine may halve or double either.
    expect(best(unknown)).toBeGreaterThan(best(known) / 4);
    expect(best(unknown)).toBeLessThan(best(known) * 4);
  });

  test('five wrong passwords lock an account, for the right one too, until the lock ends', async () => {
    const worker = await newWorker();
    for (let tries = 0; tries < 5; tries += 1)
      await typePassword(stranger(), worker.email, 'not the password');
    expect(await audited(worker.accountId)).toEqual([
      ...Array.from({ length: 5 }, () => 'sign-in refused'),
      'account-locked done',
    ]);
    expect((await typePassword(stranger(), worker.email)).status).toBe(422);
    const lock = `select locked_until > now() + interval '14 minutes' and locked_until < now() + interval '16 minutes' as ok
      from identity.account where id = $1`;
    expect((await given.owner.query(lock, [worker.accountId])).rows).toEqual([{ ok: true }]);

    await given.owner.query(
      `update identity.account set locked_until = now() - interval '1 second' where id = $1`,
      [worker.accountId],
    );
    expect((await signIn(stranger(), worker, clock)).status).toBe(303);
    const { rows } = await given.owner.query(
      `select convert_from(body, 'UTF8')::jsonb -> 'detail' ->> 'failedBefore' as failed from audit.entry
       where subject_id = $1 and action = 'sign-in' and outcome = 'done'`,
      [worker.accountId],
    );
    expect(rows).toEqual([{ failed: '5' }]);
  });

  test('wrong codes lock an account as wrong passwords do', async () => {
    const worker = await newWorker();
    const visitor = stranger();
    let form = await typePassword(visitor, worker.email);
    for (let tries = 0; tries < 5; tries += 1)
      form = await visitor.send(form, { code: '000000' }, '/sign-in/code');
    const right = await visitor.send(form, { code: clock.nextCode(worker.totpSecret) }, '/sign-in/code');
    expect(right.status).toBe(422);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  test('whoever only wants to keep somebody out cannot make the lock longer while it lasts', async () => {
    const worker = await newWorker();
    for (let tries = 0; tries < 9; tries += 1)
      await typePassword(stranger(), worker.email, 'not the password');
    const { rows } = await given.owner.query(
      'select failed_sign_ins as failed from identity.account where id = $1',
      [worker.accountId],
    );
    expect(rows).toEqual([{ failed: 5 }]);
  });

  test('thirty wrong tries from one network stop the next, whichever account it is for', async () => {
    const worker = await newWorker();
    await given.owner.query('delete from identity.attempt');
    await typePassword(stranger(), 'somebody@example.org');
    // The network is the only key that every try shares.
    await given.owner.query('update identity.attempt set count = 30');
    expect((await typePassword(stranger(), worker.email)).status).toBe(422);
    expect(await audited(worker.accountId)).toEqual([]);
    const { rows } = await given.owner.query(
      `select outcome from audit.entry where action = 'too-many-tries'`,
    );
    expect(rows).toEqual([{ outcome: 'refused' }]);
  });
});

describe('a session', () => {
  const age = (accountId: string, change: string) =>
    given.owner.query(`update identity.session set ${change} where account_id = $1 and ended_at is null`, [
      accountId,
    ]);

  test('ends after half an hour of nothing', async () => {
    const worker = await newWorker();
    const visitor = stranger();
    await signIn(visitor, worker, clock);
    await age(worker.accountId, `last_seen_at = now() - interval '29 minutes'`);
    expect(await isSignedIn(visitor)).toBe(true);
    await age(worker.accountId, `last_seen_at = now() - interval '31 minutes'`);
    expect((await visitor.get('/account')).location).toBe('/sign-in?return=%2Faccount');
  });

  test('ends after twelve hours whatever was done in it', async () => {
    const worker = await newWorker();
    const visitor = stranger();
    await signIn(visitor, worker, clock);
    const { rows } = await given.owner.query<{ hours: number }>(
      `select extract(epoch from absolute_until - created_at)::int / 3600 as hours from identity.session
       where account_id = $1 order by created_at desc limit 1`,
      [worker.accountId],
    );
    expect(rows).toEqual([{ hours: 12 }]);
    await age(worker.accountId, `absolute_until = now() - interval '1 second'`);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  test('ends by the button, and a link alone does not end it', async () => {
    const worker = await newWorker();
    const visitor = new HttpVisitor(given, worker.cookie);
    const page = await visitor.get('/sign-out');
    expect(await isSignedIn(visitor)).toBe(true);
    expect((await visitor.send(page)).location).toBe('/');
    expect(await openSessions(worker.accountId)).toBe(0);
    expect(await isSignedIn(new HttpVisitor(given, worker.cookie))).toBe(false);
    expect(await audited(worker.accountId)).toEqual(['sign-out done']);
  });

  test('is listed, and can be ended from another, one by one or all at once', async () => {
    const worker = await newWorker();
    const here = stranger();
    await signIn(here, worker, clock);
    const elsewhere = stranger();
    await signIn(elsewhere, worker, clock);
    const list = await here.get('/account/sessions');
    expect(list.text).toContain('(here)');
    const { rows } = await given.owner.query<{ id: string }>(
      'select id from identity.session where account_id = $1 and ended_at is null order by created_at desc limit 1',
      [worker.accountId],
    );
    expect((await here.send(list, { session: rows[0]?.id ?? '' })).status).toBe(303);
    expect(await isSignedIn(elsewhere)).toBe(false);
    await here.send(await here.get('/account/sessions'), { session: 'others' });
    expect(await openSessions(worker.accountId)).toBe(1);
    expect(await isSignedIn(here)).toBe(true);
  });

  test("of somebody else's is not there to be ended", async () => {
    const [worker, other] = [await newWorker(), await newWorker()];
    const { rows } = await given.owner.query<{ id: string }>(
      'select id from identity.session where account_id = $1',
      [other.accountId],
    );
    await signIn(stranger(), worker, clock);
    const visitor = new HttpVisitor(given, worker.cookie);
    const reply = await visitor.send(await visitor.get('/account/sessions'), { session: rows[0]?.id ?? '' });
    expect(reply.status).toBe(404);
    expect(await openSessions(other.accountId)).toBe(1);
  });
});

describe('proving it again', () => {
  const stale = (accountId: string) =>
    given.owner.query(
      `update identity.session set proved_again_at = now() - interval '1 day' where account_id = $1`,
      [accountId],
    );

  test('is asked for before new recovery codes, gives the session a new token, and leads back', async () => {
    const worker = await newWorker();
    await stale(worker.accountId);
    const visitor = new HttpVisitor(given, worker.cookie);
    const asked = await visitor.get('/account/recovery-codes');
    expect(asked.location).toBe('/sign-in-again?return=%2Faccount%2Frecovery-codes');
    const again = await visitor.fill(asked.location ?? '', {
      _password: PASSWORD,
      _code: clock.nextCode(worker.totpSecret),
    });
    expect(again.location).toBe('/account/recovery-codes');
    expect(await isSignedIn(new HttpVisitor(given, worker.cookie))).toBe(false);

    const codes = await visitor.get('/account/recovery-codes');
    expect(codes.status).toBe(200);
    const shown = codes.text.match(/\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b/g) ?? [];
    expect(shown).toHaveLength(10);
    expect((await visitor.send(codes)).status).toBe(303);
    const useCode = async (recoveryCode: string) => {
      const another = stranger();
      return await another.send(await typePassword(another, worker.email), { recoveryCode }, '/sign-in/code');
    };
    expect((await useCode(worker.recoveryCodes[0] ?? '')).status).toBe(422);
    expect((await useCode(shown[0] ?? '')).status).toBe(303);
  });

  test('needs both, and a code that was not used', async () => {
    const worker = await newWorker();
    const visitor = new HttpVisitor(given, worker.cookie);
    const code = clock.nextCode(worker.totpSecret);
    const prove = async (_password: string, _code: string) =>
      (await visitor.fill('/sign-in-again', { _password, _code })).status;
    expect(await prove('not the password', code)).toBe(422);
    expect(await prove(PASSWORD, '000000')).toBe(422);
    expect(await prove(PASSWORD, code)).toBe(303);
    expect(await prove(PASSWORD, code)).toBe(422);
  });

  test('changes a password, signs out everywhere else, and keeps what was typed nowhere', async () => {
    const worker = await newWorker();
    const visitor = stranger();
    await signIn(visitor, worker, clock);
    const fields = {
      _password: PASSWORD,
      _chosen: 'harbour teaspoon violin',
      _repeated: 'harbour teaspoon violin',
    };
    const refused = await visitor.fill('/account/password', { ...fields, _code: '000000' });
    expect(refused.status).toBe(422);
    expect(refused.html).not.toContain('harbour');
    const done = await visitor.fill('/account/password', {
      ...fields,
      _code: clock.nextCode(worker.totpSecret),
    });
    expect(done.location).toBe('/account');
    expect(await openSessions(worker.accountId)).toBe(1);
    expect((await typePassword(stranger(), worker.email)).status).toBe(422);
    expect((await typePassword(stranger(), worker.email, 'harbour teaspoon violin')).status).toBe(200);
    const kept = await given.owner.query('select from identity.kept_form where account_id = $1', [
      worker.accountId,
    ]);
    expect(kept.rowCount).toBe(0);
  });

  test('a password form whose session has ended is not kept', async () => {
    const worker = await newWorker();
    const visitor = new HttpVisitor(given, worker.cookie);
    const page = await visitor.get('/account/password');
    await given.owner.query('update identity.session set ended_at = now() where account_id = $1', [
      worker.accountId,
    ]);
    await visitor.send(page, { _password: PASSWORD, _chosen: 'harbour teaspoon violin' });
    const { rows } = await given.owner.query<{ fields_sealed: Buffer }>(
      'select fields_sealed from identity.kept_form where account_id = $1',
      [worker.accountId],
    );
    for (const { fields_sealed } of rows) {
      const box = given.service.keyring.box('kept-form');
      const kept = Buffer.from(box.open(fields_sealed, `${worker.accountId} /account/password`)).toString();
      expect(kept).toBe('{}');
    }
  });
});

describe('SQL that somebody slipped in', () => {
  const calls = (accountId: string) => [
    sql`select identity.open_session(${accountId}, '\\x01', 99999999999, null, 30, 12, '', '\\x00')`,
    sql`select * from identity.sign_in_material('a@example.org', '\\x00')`,
    sql`select identity.sign_in_failed(${accountId}, '\\x00')`,
    sql`select identity.accept_invitation('t', '\\x00', '\\x00', 1, '{}', '\\x00')`,
    sql`select * from identity.demonstration_accounts('\\x00')`,
    sql`update identity.account set locked_until = null`,
    sql`select * from identity.recovery_code`,
  ];

  test('opens no session, locks and unlocks nobody, and reads no password, as a visitor', async () => {
    const worker = await newWorker();
    for (const call of calls(worker.accountId)) {
      await expect(given.service.database.asVisitor((tx) => call.execute(tx))).rejects.toThrow(
        /not proved|permission denied/,
      );
    }
  });

  test('nor as somebody who is signed in, in any role it can take', async () => {
    const worker = await newWorker();
    const more = [
      sql`select identity.prove_again(identity.session_id(), 99999999999, '\\x01', '\\x00')`,
      sql`select identity.change_password(identity.session_id(), '\\x01', 99999999999, '\\x00')`,
      sql`select identity.replace_recovery_codes(identity.session_id(), '{}', '\\x00')`,
      sql`select * from identity.own_credentials(identity.session_id(), '\\x00')`,
      sql`select identity.use_step(identity.session_id(), 99999999999)`,
      sql`select identity.add_account('evil@example.org', 'Evil')`,
      sql`select identity.disable_account(${worker.accountId}, 'left')`,
      sql`select identity.unlock_account(${worker.accountId}, 'left')`,
      sql`select identity.end_sessions_of(${worker.accountId}, 'left')`,
      sql`insert into identity.approver (organisation_id, account_id) select id, ${worker.accountId} from identity.organisation`,
      sql`update identity.access_grant set approved_at = now()`,
      sql`update identity.session set absolute_until = now() + interval '1 year'`,
    ];
    for (const call of [...calls(worker.accountId), ...more]) {
      const run = given.service.database.asPerson(worker.token, async (tx) => {
        await sql`set local role homeward_steward`.execute(tx);
        await call.execute(tx);
      });
      await expect(run).rejects.toThrow(/not proved|permission denied|only an administrator/);
    }
  });

  test("a referrer's link on a worker's address opens none of the worker's roles", async () => {
    const worker = await newWorker();
    await given.owner.query(
      `insert into identity.access_grant (account_id, role, approved_at) values ($1, 'referrer', now())`,
      [worker.accountId],
    );
    const token = newToken();
    await given.owner.query(
      `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes)
       select sha256(convert_to($1, 'UTF8')), $2, id, now() + interval '1 hour', 30
       from identity.access_grant where account_id = $2 and role = 'referrer'`,
      [token, worker.accountId],
    );
    const chosen = await given.service.database.asPerson(token, async (tx, asker) => {
      expect(asker.role).toBe('referrer');
      await sql`set local role homeward_area`.execute(tx);
      return await sql<{ done: boolean }>`select identity.choose_grant(${worker.grantId}) as done`.execute(
        tx,
      );
    });
    expect(chosen?.result.rows).toEqual([{ done: false }]);
  });
});

describe('the accounts of a demonstration', () => {
  const showPassword = async (to: TestService, { accountId }: SetUpAccount) =>
    await to.owner.query('insert into identity.demonstration_account values ($1, $2)', [
      accountId,
      sealShownPassword(to.service.keyring, accountId, PASSWORD),
    ]);

  test('are shown on its sign-in page with all it takes to be them', async () => {
    const demonstration = await testService({ clock, demonstration: true });
    try {
      await demonstration.owner.query('insert into homeward.nature (demonstration) values (true)');
      const worker = await setUpAccount(demonstration, 'data-protection-lead', { name: 'Ada Winterbourne' });
      await showPassword(demonstration, worker);
      const visitor = new HttpVisitor(demonstration);
      const { text } = await visitor.get('/sign-in');
      const shown = /Ada Winterbourne Data protection lead (\S+) (kettle orchard fathom) (\d{6})/.exec(text);
      const [, email = '', password = '', code = ''] = shown ?? [];
      const second = await typePassword(visitor, email, password);
      expect((await visitor.send(second, { code }, '/sign-in/code')).status).toBe(303);
    } finally {
      await demonstration.stop();
    }
  });

  test('are kept in no other database, and shown by no other service', async () => {
    await expect(showPassword(given, await newWorker())).rejects.toThrow(
      'only a demonstration keeps passwords',
    );
    const { keyring } = given.service;
    const shown = await given.service.database.asVisitor((tx) =>
      sql`select * from identity.demonstration_accounts(${applicationProof(keyring, 'demonstration-accounts')})`.execute(
        tx,
      ),
    );
    expect(shown.rows).toEqual([]);
    expect((await stranger().get('/sign-in')).text).not.toContain('Accounts of this demonstration');
  });
});
