import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor } from '../support/http-visitor.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';

let given: TestService;
let service: string;
let administrator: Someone;
let secondAdministrator: Someone;
/** Speaks for the service itself. */
let operations: Someone;
/** A provider, and the manager who speaks for it. */
let partner: { organisationId: string; teamId: string };
let manager: Someone;

beforeAll(async () => {
  given = await testService();
  service = randomUUID();
  await given.owner.query(
    `insert into identity.organisation (id, kind, name) values ($1, 'service', 'The service')`,
    [service],
  );
  partner = await provider(given.owner, 'Brightwater');
  administrator = await someone(given.owner, 'administrator', { organisationId: service });
  secondAdministrator = await someone(given.owner, 'administrator', { organisationId: service });
  operations = await someone(given.owner, 'operations-manager', { organisationId: service, name: 'Miriam' });
  manager = await someone(given.owner, 'provider-manager', {
    organisationId: partner.organisationId,
    name: 'Ines',
  });
  await speaksFor(operations, service);
  await speaksFor(manager, partner.organisationId);
});
afterAll(() => given.stop());

const as = ({ cookie }: Someone) => new HttpVisitor(given, cookie);
const speaksFor = (who: Someone, organisation: string) =>
  given.owner.query('insert into identity.approver (organisation_id, account_id) values ($1, $2)', [
    organisation,
    who.accountId,
  ]);
const stateOf = async (grantId: string): Promise<string> => {
  const { rows } = await given.owner.query<{ state: string }>(
    `select case when ended_at is not null then 'ended' when refused_at is not null then 'refused'
       when approved_at is not null then 'given' else 'waiting' end as state
     from identity.access_grant where id = $1`,
    [grantId],
  );
  return rows[0]?.state ?? 'none';
};
const reasonOf = async (action: string, subject: string): Promise<string | undefined> => {
  const { rows } = await given.owner.query<{ reason: string; actor_id: string }>(
    `select convert_from(body, 'UTF8')::jsonb -> 'detail' ->> 'reason' as reason from audit.entry
     where action = $1 and subject_id = $2 and outcome = 'done'`,
    [action, subject],
  );
  return rows[0]?.reason;
};

/** An account without a role, and a role asked for by an administrator. */
async function ask(
  role: string,
  fields: Record<string, string | string[]>,
  by = administrator,
  forWhom?: string,
): Promise<{ accountId: string; grantId: string }> {
  const accountId = forWhom ?? randomUUID();
  if (!forWhom) {
    await given.owner.query(
      `insert into identity.account (id, email, name, kind) values ($1, $2, 'Asked For', 'staff')`,
      [accountId, `${accountId}@example.org`],
    );
  }
  const asked = await as(by).fill(`/accounts/${accountId}/roles/new/${role}`, fields);
  expect(asked).toMatchObject({ status: 303, location: `/accounts/${accountId}` });
  const { rows } = await given.owner.query<{ id: string }>(
    'select id from identity.access_grant where account_id = $1 order by requested_at desc limit 1',
    [accountId],
  );
  return { accountId, grantId: rows[0]?.id ?? '' };
}
const askCaseworker = (by?: Someone, forWhom?: string) =>
  ask('caseworker', { team: partner.teamId }, by, forWhom);

describe('a role', () => {
  test('is asked for by an administrator, told to the approver, and counts when they approve', async () => {
    const { grantId } = await askCaseworker();
    expect(await stateOf(grantId)).toBe('waiting');
    const told = await given.owner.query(
      `select path, template, secret_sealed from messages.message where account_id = $1`,
      [manager.accountId],
    );
    expect(told.rows).toContainEqual({
      path: '/approvals',
      template: 'role-asked-for',
      secret_sealed: null,
    });
    const list = await as(manager).get('/approvals');
    expect(list.text).toContain('Asked For');
    expect((await as(manager).fill(`/approvals/${grantId}`, { decision: 'approve' })).location).toBe(
      '/approvals',
    );
    expect(await stateOf(grantId)).toBe('given');
  });

  test('that was refused cannot be approved afterwards', async () => {
    const { grantId } = await askCaseworker();
    const page = await as(manager).get(`/approvals/${grantId}`);
    await as(manager).send(page, { decision: 'refuse' });
    expect(await stateOf(grantId)).toBe('refused');
    expect((await as(manager).get(`/approvals/${grantId}`)).status).toBe(404);
    await decideBehind(manager, grantId);
    expect(await stateOf(grantId)).toBe('refused');
  });

  test('is approved by nobody else: another partner, an administrator, or somebody who speaks for nobody', async () => {
    const elsewhere = await provider(given.owner);
    const otherManager = await someone(given.owner, 'provider-manager', {
      organisationId: elsewhere.organisationId,
    });
    await speaksFor(otherManager, elsewhere.organisationId);
    const { grantId } = await askCaseworker();
    for (const nobody of [otherManager, administrator, secondAdministrator, operations]) {
      expect((await as(nobody).get(`/approvals/${grantId}`)).status).toBe(404);
      await decideBehind(nobody, grantId);
    }
    expect(await stateOf(grantId)).toBe('waiting');
  });

  test("of one's own is for somebody else: for who speaks for a partner, the one who speaks for the service", async () => {
    const { grantId } = await askCaseworker(administrator, manager.accountId);
    expect((await as(manager).get(`/approvals/${grantId}`)).status).toBe(404);
    await decideBehind(manager, grantId);
    expect(await stateOf(grantId)).toBe('waiting');
    await as(operations).fill(`/approvals/${grantId}`, { decision: 'approve' });
    expect(await stateOf(grantId)).toBe('given');
  });

  test('that somebody asked for they do not give, though they have become the approver since', async () => {
    const asker = await someone(given.owner, 'administrator', { organisationId: service });
    const { grantId } = await askCaseworker(asker);
    await given.owner.query(`update identity.access_grant set role = 'operations-manager' where id = $1`, [
      asker.grantId,
    ]);
    await speaksFor(asker, partner.organisationId);
    await decideBehind(asker, grantId);
    expect(await stateOf(grantId)).toBe('waiting');
  });

  test('is given by no administrator, not even one who was named to speak for the partner', async () => {
    const both = await someone(given.owner, 'administrator', { organisationId: service });
    await speaksFor(both, partner.organisationId);
    const { grantId } = await askCaseworker(secondAdministrator);
    expect((await as(both).get(`/approvals/${grantId}`)).status).toBe(404);
    await decideBehind(both, grantId);
    expect(await stateOf(grantId)).toBe('waiting');
  });

  test('for areas, for a whole patch, and in an organisation of the wrong kind', async () => {
    const { grantId } = await ask('coordinator', {
      organisation: service,
      patches: ['south'],
      areas: ['not-known'],
    });
    const { rows } = await given.owner.query<{ areas: string[] }>(
      'select areas from identity.access_grant where id = $1',
      [grantId],
    );
    expect(rows[0]?.areas).toHaveLength(13);
    expect(rows[0]?.areas).toContain('not-known');
    const wrong = await as(administrator).fill(
      `/accounts/${manager.accountId}/roles/new/operations-manager`,
      {
        organisation: partner.organisationId,
      },
    );
    expect(wrong.text).toContain('Choose the organisation they work for');
  });

  test('says on its holder’s own account for which areas it is', async () => {
    const contact = await someone(given.owner, 'spoc', { areas: ['E09000022', 'E09000007'] });
    const other = await someone(given.owner, 'spoc', { areas: ['E09000014'] });
    expect((await as(contact).get('/account')).text).toContain('Areas Camden, Lambeth');
    expect((await as(other).get('/account')).text).toContain('Areas Haringey');
    expect((await as(other).get('/account')).text).not.toContain('Lambeth');
    expect((await as(administrator).get('/account')).text).not.toContain('Areas ');
  });

  test('that ends signs its holder out at the next request', async () => {
    const worker = await someone(given.owner, 'caseworker', partner);
    const visitor = as(worker);
    expect((await visitor.get('/account')).status).toBe(200);
    await as(manager).fill(`/approvals/${worker.grantId}`, { decision: 'end' });
    expect((await visitor.get('/account')).location).toBe('/sign-in?return=%2Faccount');
    expect(await reasonOf('grant-ended', worker.grantId)).toBe('no-longer-needed');
  });

  test('is ended by an administrator with a reason', async () => {
    const worker = await someone(given.owner, 'caseworker', partner);
    const path = `/accounts/${worker.accountId}/roles/${worker.grantId}/end`;
    expect((await as(administrator).fill(path, {})).status).toBe(422);
    expect((await as(administrator).fill(path, { reason: 'changed-job' })).status).toBe(303);
    expect(await stateOf(worker.grantId)).toBe('ended');
    expect(await reasonOf('grant-ended', worker.grantId)).toBe('changed-job');
  });

  test('is chosen among those that were given, and no other', async () => {
    const worker = await someone(given.owner, 'caseworker', partner);
    const second = await someone(given.owner, 'provider-manager', partner);
    await given.owner.query('update identity.access_grant set account_id = $1 where id = $2', [
      worker.accountId,
      second.grantId,
    ]);
    const { grantId: waiting } = await askCaseworker(administrator, worker.accountId);
    const visitor = as(worker);
    expect((await visitor.fill('/account/role', { role: waiting })).status).toBe(422);
    expect((await visitor.fill('/account/role', { role: manager.grantId })).status).toBe(422);
    expect((await visitor.fill('/account/role', { role: second.grantId })).status).toBe(303);
    expect((await visitor.get('/account')).text).toContain('Role now Provider manager');
  });
});

/** Calls the function of the database itself, as injected SQL could. */
async function decideBehind(who: Someone, grantId: string): Promise<void> {
  await given.service.database.asPerson(who.token, (tx) =>
    sql`select identity.decide_grant(${grantId}, true)`.execute(tx),
  );
}

describe('the quarterly review', () => {
  test('is due after a quarter, and done by who answers for the role', async () => {
    const worker = await someone(given.owner, 'caseworker', { ...partner, name: 'Due For Review' });
    await given.owner.query(
      `update identity.access_grant set approved_at = now() - interval '93 days' where id = $1`,
      [worker.grantId],
    );
    const approvals = async () => (await as(manager).get('/approvals')).text;
    expect(await approvals()).toContain('Review due');
    expect((await as(administrator).get(`/accounts/${worker.accountId}`)).text).toContain('Review due');
    await as(manager).fill(`/approvals/${worker.grantId}`, { decision: 'keep' });
    expect(await approvals()).not.toContain('Review due');
    expect((await as(administrator).get(`/accounts/${worker.accountId}`)).text).toContain('Last reviewed on');
    expect(await stateOf(worker.grantId)).toBe('given');
    const { rows } = await given.owner.query(
      'select reviewed_by from identity.grant_review where grant_id = $1',
      [worker.grantId],
    );
    expect(rows).toEqual([{ reviewed_by: manager.accountId }]);
  });
});

describe('who speaks for a partner', () => {
  const name = (who: Someone, organisation: string, email: string) =>
    as(who).fill(`/partners/${organisation}/approvers/new`, { email });

  test('is named by an administrator where nobody does, and after that by who does', async () => {
    const added = await as(administrator).fill('/partners/new', { name: 'Harbourside', kind: 'provider' });
    const organisation = added.location?.split('/').at(-1) ?? '';
    const working = await someone(given.owner, 'caseworker', partner);
    const [first, second, third] = [
      await someone(given.owner, 'operations-manager', { organisationId: service }),
      await someone(given.owner, 'caseworker', partner),
      await someone(given.owner, 'caseworker', partner),
    ];
    const withoutOne = await as(administrator).fill(
      `/accounts/${first.accountId}/roles/new/provider-manager`,
      {
        organisation,
      },
    );
    expect(withoutOne.text).toContain('Nobody speaks for this organisation yet');
    expect((await name(administrator, organisation, working.email)).text).toContain('no role with another');
    expect((await name(administrator, organisation, first.email)).status).toBe(303);
    expect((await as(administrator).get(`/partners/${organisation}/approvers/new`)).status).toBe(404);
    expect((await as(second).get(`/partners/${organisation}/approvers/new`)).status).toBe(404);
    expect((await name(first, organisation, second.email)).status).toBe(303);
    await nameBehind(administrator, organisation, third.email);
    await nameBehind(third, organisation, third.email);
    const { rows } = await given.owner.query<{ account_id: string }>(
      'select account_id from identity.approver where organisation_id = $1 order by since',
      [organisation],
    );
    expect(rows.map(({ account_id }) => account_id)).toEqual([first.accountId, second.accountId]);
  });

  test('is no administrator', async () => {
    const { organisationId } = await provider(given.owner);
    const refused = await name(administrator, organisationId, secondAdministrator.email);
    expect(refused.status).toBe(422);
    expect((await name(administrator, organisationId, administrator.email)).status).toBe(422);
  });

  test('who is a borough’s contact finds approvals in the menu, what waits first and the rest by name', async () => {
    const elsewhere = await provider(given.owner);
    const contact = await someone(given.owner, 'spoc', { areas: ['E09000022'] });
    await speaksFor(contact, elsewhere.organisationId);
    for (const name of ['Zia Given', 'Abe Given'])
      await someone(given.owner, 'caseworker', { ...elsewhere, name });
    const { grantId } = await ask('caseworker', { team: elsewhere.teamId });
    expect((await as(contact).get('/home')).html).toContain('href="/approvals"');
    const page = await as(contact).get('/approvals');
    expect(page.html.indexOf(grantId)).toBeGreaterThan(0);
    const places = [
      page.html.indexOf(grantId),
      page.html.indexOf('Abe Given'),
      page.html.indexOf('Zia Given'),
    ];
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('does so no more once an administrator or another has ended it, and all who watch over it are told', async () => {
    const elsewhere = await provider(given.owner);
    const [speaker, other] = [
      await someone(given.owner, 'provider-manager', { organisationId: elsewhere.organisationId }),
      await someone(given.owner, 'provider-manager', { organisationId: elsewhere.organisationId }),
    ];
    await speaksFor(speaker, elsewhere.organisationId);
    await speaksFor(other, elsewhere.organisationId);
    const lead = await someone(given.owner, 'data-protection-lead', { organisationId: service });
    const { grantId } = await ask('caseworker', { team: elsewhere.teamId });
    const path = `/partners/${elsewhere.organisationId}/approvers/${speaker.accountId}/end`;
    expect((await as(manager).get(path)).status).toBe(404);
    expect((await as(other).get('/approvals')).html).toContain(path);
    expect((await as(administrator).fill(path, { reason: 'left' })).status).toBe(303);
    await decideBehind(speaker, grantId);
    expect(await stateOf(grantId)).toBe('waiting');
    expect(await reasonOf('approver-ended', speaker.accountId)).toBe('left');
    const told = await given.owner.query(
      `select account_id, path from messages.message where template = 'approver-changed' and account_id = any ($1) order by path`,
      [[speaker.accountId, lead.accountId]],
    );
    expect(told.rows).toEqual([
      { account_id: lead.accountId, path: '/access-reviews' },
      { account_id: speaker.accountId, path: '/approvals' },
    ]);
    expect((await as(lead).get('/access-reviews')).text).toContain('Stopped speaking for it');
  });

  test('is not ended where nobody else would be left, by nobody', async () => {
    const elsewhere = await provider(given.owner);
    const speaker = await someone(given.owner, 'provider-manager', {
      organisationId: elsewhere.organisationId,
    });
    await speaksFor(speaker, elsewhere.organisationId);
    const path = `/partners/${elsewhere.organisationId}/approvers/${speaker.accountId}/end`;
    expect((await as(administrator).get(path)).text).toContain('Nobody else speaks for it');
    for (const who of [administrator, speaker])
      await given.service.database.asPerson(who.token, (tx) =>
        sql`select identity.end_approver(${elsewhere.organisationId}, ${speaker.accountId}, 'left')`.execute(
          tx,
        ),
      );
    const left = await given.owner.query(
      'select from identity.approver where organisation_id = $1 and ended_at is null',
      [elsewhere.organisationId],
    );
    expect(left.rowCount).toBe(1);
  });

  test('takes two to be replaced where the last is gone: an administrator asks, who speaks for the service confirms', async () => {
    const elsewhere = await provider(given.owner);
    const gone = await someone(given.owner, 'provider-manager', { organisationId: elsewhere.organisationId });
    await speaksFor(gone, elsewhere.organisationId);
    const next = await someone(given.owner, 'provider-manager', {
      organisationId: elsewhere.organisationId,
      name: 'Next Speaker',
    });
    const own = randomUUID();
    await given.owner.query(
      `insert into identity.account (id, email, name, kind) values ($1, $2, 'Of The Administrator', 'staff')`,
      [own, `${own}@example.org`],
    );
    await as(administrator).fill(`/accounts/${gone.accountId}/close`, { reason: 'left' });
    for (const email of [`${own}@example.org`, next.email])
      expect((await name(administrator, elsewhere.organisationId, email)).status).toBe(303);
    const speakers = async () =>
      (
        await given.owner.query<{ account_id: string; named_by: string }>(
          'select account_id, named_by from identity.approver where organisation_id = $1 and account_id <> $2',
          [elsewhere.organisationId, gone.accountId],
        )
      ).rows;
    const { rows } = await given.owner.query<{ id: string; account_id: string }>(
      'select id, account_id from identity.approver_request where organisation_id = $1',
      [elsewhere.organisationId],
    );
    const pathOf = (account: string) =>
      `/approvals/approvers/${rows.find(({ account_id }) => account_id === account)?.id}`;
    for (const nobody of [administrator, secondAdministrator, manager, next]) {
      expect((await as(nobody).get(pathOf(next.accountId))).status).toBe(404);
      await given.service.database.asPerson(nobody.token, (tx) =>
        sql`select identity.decide_approver(${pathOf(next.accountId).split('/').at(-1)}, true)`.execute(tx),
      );
    }
    expect(await speakers()).toEqual([]);
    expect((await as(operations).get('/approvals')).text).toContain('Next Speaker');
    const proved = (when: string) =>
      given.owner.query(`update identity.session set proved_again_at = ${when} where account_id = $1`, [
        operations.accountId,
      ]);
    await proved(`now() - interval '31 minutes'`);
    expect((await as(operations).get(pathOf(own))).location).toContain('/sign-in-again?return=');
    await proved('now()');
    await as(operations).fill(pathOf(own), { decision: 'refuse' });
    expect(await speakers()).toEqual([]);
    await as(operations).fill(pathOf(next.accountId), { decision: 'confirm' });
    expect(await speakers()).toEqual([{ account_id: next.accountId, named_by: operations.accountId }]);
  });
});

/** Calls the function of the database itself, as injected SQL could. */
async function nameBehind(who: Someone, organisation: string, email: string): Promise<void> {
  await given.service.database.asPerson(who.token, (tx) =>
    sql`select identity.name_approver(${organisation}, ${email})`.execute(tx),
  );
}

describe('an account', () => {
  test('that is closed is signed out at once, with a reason, and nobody closes their own', async () => {
    const worker = await someone(given.owner, 'caseworker', partner);
    await as(administrator).fill(`/accounts/${worker.accountId}/close`, { reason: 'left' });
    expect((await as(worker).get('/account')).status).toBe(303);
    expect(await reasonOf('account-disabled', worker.accountId)).toBe('left');
    expect(
      (await as(administrator).fill(`/accounts/${administrator.accountId}/close`, { reason: 'left' })).status,
    ).toBe(422);
    await as(administrator).fill(`/accounts/${worker.accountId}/open-again`, { reason: 'returned' });
    expect((await as(administrator).get(`/accounts/${worker.accountId}`)).text).not.toContain('Closed');
  });

  test('is found by part of its name or address, page by page, and the words are in no address', async () => {
    for (let number = 0; number < 52; number += 1) {
      await given.owner.query(`insert into identity.account (email, name, kind) values ($1, $2, 'staff')`, [
        `quill${number}@example.org`,
        `Zed ${String(number).padStart(2, '0')} Marchbanks`,
      ]);
    }
    const visitor = as(administrator);
    const found = await visitor.fill('/accounts', { words: 'marchBANKS', after: '' });
    expect(found.text).toContain('Zed 49 Marchbanks');
    expect(found.text).not.toContain('Zed 50 Marchbanks');
    const after = /name="after" value="([^"]*)"/.exec(found.html)?.[1] ?? '';
    const more = await visitor.send(found, { words: 'marchbanks', after });
    expect(more.text).toContain('Zed 50 Marchbanks');
    expect(more.text).toContain('Zed 51 Marchbanks');
    expect(more.text).not.toContain('Zed 49 Marchbanks');
    expect((await visitor.fill('/accounts', { words: 'quill17@', after: '' })).text).toContain(
      'Zed 17 Marchbanks',
    );
    expect((await visitor.fill('/accounts', { words: '100%_', after: '' })).text).toContain(
      'Nobody here has these words',
    );
  });

  test('of somebody who referred becomes one of staff, and there is never a second for an address', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const added = await as(administrator).fill('/accounts/new', {
      name: 'Now Staff',
      email: referrer.email.toUpperCase(),
    });
    expect(added.location).toBe(`/accounts/${referrer.accountId}`);
    const again = await as(administrator).fill('/accounts/new', { name: 'Again', email: referrer.email });
    expect(again.text).toContain('There is an account with this email address already');
  });

  test('is seen and changed by nobody but an administrator', async () => {
    const worker = await someone(given.owner, 'caseworker', partner);
    for (const other of [manager, operations, worker]) {
      expect((await as(other).get('/accounts')).status).toBe(403);
      expect((await as(other).get(`/accounts/${worker.accountId}`)).status).toBe(403);
      expect((await as(other).get('/partners')).status).toBe(403);
    }
  });

  test('is changed only by who has proved it again lately', async () => {
    const stale = await someone(given.owner, 'administrator', { organisationId: service });
    await given.owner.query(
      `update identity.session set proved_again_at = now() - interval '31 minutes' where account_id = $1`,
      [stale.accountId],
    );
    expect((await as(stale).get('/accounts/new')).location).toBe('/sign-in-again?return=%2Faccounts%2Fnew');
  });
});
