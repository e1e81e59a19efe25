import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccountByOperator } from '../../src/organisations/index.ts';
import { asOperator } from '../../src/platform/database/as-operator.ts';
import { sendReferral } from '../referrals/writing-a-referral.ts';
import { SteppingClock } from '../support/account.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { someone, type TestService, testService } from '../support/service.ts';

const clock = new SteppingClock();
let given: TestService;

beforeAll(async () => {
  given = await testService({ clock });
});
afterAll(() => given.stop());

/** Adds somebody by command, as whoever runs the server does. */
const added = (name: string, role: 'administrator' | 'operations-manager', approver: boolean) =>
  asOperator(given.connections, 'users-add', (tx) =>
    addAccountByOperator(tx, given.service, {
      email: emailOf(name),
      name,
      role,
      organisation: undefined,
      approver,
    }),
  );
const emailOf = (name: string) => `${name.toLowerCase()}@example.org`;

/** Opens a session in the role somebody has been given. How they sign in is proved in signing-in.test.ts. */
async function signedIn(name: string): Promise<HttpVisitor> {
  const token = `session-of-${name}`.padEnd(43, 'x');
  const { rowCount } = await given.owner.query(
    `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, proved_again_at)
     select sha256(convert_to($1, 'UTF8')), a.id, g.id, now() + interval '12 hours', 60, now()
     from identity.account a join identity.access_grant g on g.account_id = a.id and g.approved_at is not null
     where a.email = $2`,
    [token, emailOf(name)],
  );
  expect(rowCount, `${name} has one role`).toBe(1);
  return new HttpVisitor(given, `homeward-session=${token}`);
}

test('a service of another region is set up from the browser, and works', async () => {
  await added('Ada', 'administrator', false);
  await added('Bo', 'operations-manager', true);
  const ada = await signedIn('Ada');
  const done = async (path: string, fields: Record<string, string | readonly string[]>) => {
    const reply = await ada.fill(path, fields);
    expect(reply.status, `${path}: ${reply.text}`).toBe(303);
    return reply.location ?? '';
  };

  await done('/set-up/service', { serviceName: 'Tyne Lights', telephone: '0191 498 0000' });
  await done('/set-up/patches/new', { name: 'North bank' });
  await done('/set-up/patches/new', { name: 'South bank' });
  await done('/set-up/areas/new', { code: 'E08000021', name: 'Newcastle', patch: 'north-bank' });
  await done('/set-up/areas/new', { code: 'E08000022', name: 'North Tyneside', patch: 'north-bank' });
  await done('/set-up/areas/new', { code: 'E08000037', name: 'Gateshead', patch: 'south-bank' });
  const provider = await done('/partners/new', { name: 'Lamplighters', kind: 'provider' });
  await done(provider, { team: 'First team' });
  await done('/set-up/thresholds/decision', { value: '2', source: 'Agreed here', ...today() });
  await done('/set-up/reasons/decision', { text: 'Lives on a boat' });

  // A coordinator for one patch: asked for by the administrator, given by who speaks for the service.
  const account = await done('/accounts/new', { name: 'Cleo', email: emailOf('Cleo') });
  const { rows } = await given.owner.query<{ id: string }>(
    `select id from identity.organisation where kind = 'service'`,
  );
  await done(`${account}/roles/new/coordinator`, {
    organisation: rows[0]?.id ?? '',
    patches: ['north-bank'],
  });
  const asked = await given.owner.query<{ id: string }>(
    `select id from identity.access_grant where role = 'coordinator'`,
  );
  const approved = await (await signedIn('Bo')).fill(`/approvals/${asked.rows[0]?.id}`, {
    decision: 'approve',
  });
  expect(approved.status, approved.text).toBe(303);

  // A council's contact answers for the areas of that council, whatever is asked for, and an area is one council's.
  const tyneside = await done('/partners/new', { name: 'Tyneside Council', kind: 'local-authority' });
  const wearside = await done('/partners/new', { name: 'Wearside Council', kind: 'local-authority' });
  await done(`${tyneside}/areas`, { areas: ['E08000021'] });
  const taken = await ada.fill(`${wearside}/areas`, { areas: ['E08000021'] });
  expect(taken.text).toContain('Newcastle belongs to another council');
  // Two change the areas of one council, each from a page of before the other's change: both changes stand.
  const [hers, his] = [await ada.get(`${tyneside}/areas`), await ada.get(`${tyneside}/areas`)];
  expect((await ada.send(hers, { areas: ['E08000021', 'E08000022'] })).status).toBe(303);
  expect((await ada.send(his, { areas: [] })).status).toBe(303);
  const stands = (await ada.get(tyneside)).text;
  expect(stands).toContain('North Tyneside');
  expect(stands).not.toContain('Newcastle');
  await done(`${tyneside}/areas`, { areas: ['E08000021'] });
  const speaker = await someone(given.owner, 'operations-manager');
  await given.owner.query(
    `insert into identity.approver (organisation_id, account_id) select id, $1 from identity.organisation where kind = 'local-authority'`,
    [speaker.accountId],
  );
  const wear = wearside.slice('/partners/'.length);
  const arealess = await ada.fill(`${account}/roles/new/spoc`, {
    organisation: wear,
    areas: ['E08000021'],
  });
  expect(arealess.text).toContain('Nobody has said which areas this council is responsible for');
  const adasAccount = (
    await given.owner.query<{ id: string }>('select id from identity.account where email = $1', [
      emailOf('Ada'),
    ])
  ).rows[0]?.id;
  await expect(
    given.service.database.asPerson('session-of-Ada'.padEnd(43, 'x'), (tx) =>
      tx
        .insertInto('identity.access_grant')
        .values({
          account_id: account.slice('/accounts/'.length),
          role: 'spoc',
          organisation_id: wear,
          areas: ['E08000021'],
          requested_by: adasAccount,
        })
        .execute(),
    ),
  ).rejects.toThrow('row-level security');
  await done(`${account}/roles/new/spoc`, { organisation: tyneside.slice('/partners/'.length) });
  const contact = await given.owner.query(`select areas from identity.access_grant where role = 'spoc'`);
  expect(contact.rows).toEqual([{ areas: ['E08000021'] }]);

  const referrer = new HttpVisitor(given, (await someone(given.owner, 'referrer')).cookie);
  await sendReferral(referrer, { area: 'E08000021', givenNames: 'Robin', familyName: 'Charlton' });
  await sendReferral(referrer, { area: 'E08000037', givenNames: 'Ash', familyName: 'Ridley' });
  clock.pass(1);
  const queue = (await (await signedIn('Cleo')).get('/queue')).text;
  expect(queue).toContain('Tyne Lights');
  expect(queue).toContain('Robin Charlton');
  expect(queue).toContain('Newcastle');
  expect(queue).not.toContain('Ridley');
});

/** Today, as the three boxes of a form. */
function today(): Record<string, string> {
  const [year = '', month = '', day = ''] = new Date()
    .toLocaleDateString('sv', { timeZone: 'Europe/London' })
    .split('-');
  return { 'from-day': day, 'from-month': month, 'from-year': year };
}
