import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newToken } from '../../src/platform/identity/token.ts';
import { openDraft } from '../../src/referrals/referral-draft.ts';
import { isNeeded, parts } from '../../src/referrals/referral-form.ts';
import { HttpVisitor, type Reply } from '../support/http-visitor.ts';
import { provider, someone, type TestService, testService } from '../support/service.ts';
import { type Fields, sendReferral, smallReferral, startDraft, writeDraft } from './writing-a-referral.ts';

let given: TestService;
let coordinatorId: string;
let contactId: string;
let operationsManagerId: string;

const LAMBETH = 'E09000022';
const { you } = smallReferral;
const CAMDEN = 'E09000007';
/** An area that nobody answers for. */
const BRENT = 'E09000005';

beforeAll(async () => {
  given = await testService();
  coordinatorId = (
    await someone(given.owner, 'coordinator', { areas: [LAMBETH, 'not-known', 'out-of-london'] })
  ).accountId;
  contactId = (await someone(given.owner, 'spoc', { areas: [LAMBETH] })).accountId;
  operationsManagerId = (await someone(given.owner, 'operations-manager')).accountId;
});
afterAll(() => given.stop());

async function newReferrer(): Promise<HttpVisitor> {
  return new HttpVisitor(given, (await someone(given.owner, 'referrer')).cookie);
}

const idIn = (path: string | null): string => /[0-9a-f-]{36}/.exec(path ?? '')?.[0] ?? '';
const one = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row> => {
  const { rows } = await given.owner.query<Row>(sql, values);
  const [row] = rows;
  if (!row) throw new Error(`No row: ${sql}`);
  return row;
};
const count = async (table: string): Promise<number> =>
  Number((await one<{ count: string }>(`select count(*) from ${table}`)).count);

describe('the link', () => {
  beforeEach(() => given.owner.query('delete from identity.attempt'));

  /** Asks for a link and gives the path that the email would lead to. */
  async function linkFor(visitor: HttpVisitor, email: string, returnTo?: string): Promise<string> {
    const start = returnTo === undefined ? '' : `?${new URLSearchParams({ return: returnTo })}`;
    const asked = await visitor.fill(`/refer/start${start}`, { name: 'Ros Avery', email });
    expect(asked.status).toBe(303);
    const { secret_sealed } = await one<{ secret_sealed: Buffer }>(
      `select m.secret_sealed from messages.message m join identity.account a on a.id = m.account_id
       where a.email = $1 order by m.created_at desc limit 1`,
      [email],
    );
    return Buffer.from(
      given.service.keyring.box('message-secret').open(secret_sealed, 'referrer-sign-in'),
    ).toString();
  }

  test('opened by scanners it changes nothing; its button opens a session, once', async () => {
    const visitor = new HttpVisitor(given);
    const link = await linkFor(visitor, 'ros.once@example.org');
    const scanner = new HttpVisitor(given);
    for (const _ of [1, 2, 3]) expect((await scanner.get(link)).status).toBe(200);
    const untouched = await one<{ used: boolean; sessions: number }>(
      `select l.used_at is not null as used, (select count(*) from identity.session s where s.account_id = a.id) as sessions
       from identity.link l join identity.account a on a.id = l.account_id where a.email = 'ros.once@example.org'`,
    );
    expect(untouched).toEqual({ used: false, sessions: 0 });

    const opened = await visitor.fill(link);
    expect(opened).toMatchObject({ status: 303, location: '/refer' });
    expect((await visitor.get('/refer')).text).toContain('Your referrals');

    const again = new HttpVisitor(given);
    expect((await again.get(link)).status).toBe(410);
    const other = await again.get('/refer/start');
    const used = await again.send(other, {}, link);
    expect(used.status).toBe(410);
    expect(used.text).toContain('This link does not work');
    expect((await again.get('/refer')).location).toContain('/refer/start');
  });

  test('two who press its button at once: one gets in', async () => {
    const link = await linkFor(new HttpVisitor(given), 'ros.twice@example.org');
    const visitors = [new HttpVisitor(given), new HttpVisitor(given)];
    const pages = await Promise.all(visitors.map((visitor) => visitor.get(link)));
    const replies = await Promise.all(visitors.map((visitor, place) => visitor.send(pages[place] as Reply)));
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 410]);
  });

  test('the database holds no link that could be used: the token only as a hash, the address sealed', async () => {
    const link = await linkFor(new HttpVisitor(given), 'ros.sealed@example.org');
    const token = new URLSearchParams(link.split('?')[1]).get('token') ?? '';
    expect(token).toHaveLength(43);
    const { rows } = await given.owner.query<{ found: string }>(
      `select l::text as found from identity.link l union all select m::text from messages.message m`,
    );
    expect(rows.map(({ found }) => found).join()).not.toContain(token);
  });

  test('out of date, forged and used links are refused in the same words', async () => {
    const visitor = new HttpVisitor(given);
    const link = await linkFor(visitor, 'ros.late@example.org');
    await given.owner.query(`update identity.link set expires_at = now() - interval '1 second'`);
    const late = await visitor.get(link);
    const forged = await visitor.get(`/refer/link?token=${newToken()}`);
    const nonsense = await visitor.get(`/refer/link?token=${encodeURIComponent("' or 1=1 --")}`);
    expect([late.status, forged.status, nonsense.status]).toEqual([410, 410, 410]);
    expect(new Set([late.text, forged.text, nonsense.text]).size).toBe(1);
  });

  test('leads on to the page that was wanted, and to no other site', async () => {
    const path = '/refer/019a0000-0000-7000-8000-000000000000/concern';
    const visitor = new HttpVisitor(given);
    expect((await visitor.get(path)).location).toBe(`/refer/start?${new URLSearchParams({ return: path })}`);
    const link = await linkFor(visitor, 'ros.back@example.org', path);
    expect((await visitor.fill(link)).location).toBe(path);
    const elsewhere = await linkFor(new HttpVisitor(given), 'ros.away@example.org', '//example.com/refer');
    expect(elsewhere).not.toContain('example.com');
    const tampered = await new HttpVisitor(given).fill(`${elsewhere}&return=//example.com`);
    expect(tampered.location).toBe('/refer');
  });

  test('nobody learns whose address is known: every reply is the same', async () => {
    const staff = await someone(given.owner, 'caseworker', await provider(given.owner));
    const known = await someone(given.owner, 'referrer');
    const replies = await Promise.all(
      [staff.email, known.email, known.email.toUpperCase(), 'nobody.yet@example.org'].map((email) =>
        new HttpVisitor(given).fill('/refer/start', { name: 'Ros Avery', email }),
      ),
    );
    expect(replies.map(({ status, location }) => ({ status, location }))).toEqual(
      replies.map(() => ({ status: 303, location: '/refer/check-email' })),
    );
    // One account an address, however it is capitalised.
    expect(await count(`identity.account where lower(email) = lower('${known.email}')`)).toBe(1);
  });

  test('a link for somebody on the staff opens their referrals and none of their other roles', async () => {
    const staff = await someone(given.owner, 'coordinator', { areas: [CAMDEN] });
    const visitor = new HttpVisitor(given);
    await visitor.fill(await linkFor(visitor, staff.email));
    expect((await visitor.get('/refer')).status).toBe(200);
    expect((await visitor.get('/queue')).status).toBe(403);
  });

  test('five links an hour for one address; the sixth is said to be too many', async () => {
    const visitor = new HttpVisitor(given);
    const asked = async () =>
      (await visitor.fill('/refer/start', { name: 'Ros Avery', email: 'ros.often@example.org' })).status;
    const statuses: number[] = [];
    for (let time = 1; time <= 6; time++) statuses.push(await asked());
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
  });

  test('what is not an address is refused, with everything that was typed', async () => {
    const refused = await new HttpVisitor(given).fill('/refer/start', {
      name: 'Ros Avery',
      email: 'ros at example',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Enter an email address in the right form');
    expect(refused.html).toContain('value="ros at example"');
  });
});

describe('a draft', () => {
  test('is kept page by page, sealed, and is there again in another browser', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const first = new HttpVisitor(given, referrer.cookie);
    const draft = await startDraft(first);
    await first.fill(`${draft}/danger`, smallReferral.danger);
    await first.fill(`${draft}/criteria`, smallReferral.criteria);
    await first.fill(`${draft}/kind`, smallReferral.kind);
    await first.fill(`${draft}/you`, { ...you, role: 'Canary Draft Role' });
    const { rows } = await given.owner.query<{ kept: string }>(
      'select d::text as kept from service.referral_draft d',
    );
    expect(rows.map(({ kept }) => kept).join()).not.toContain(Buffer.from('Canary Draft').toString('hex'));

    const second = new HttpVisitor(given, referrer.cookie);
    const page = await second.get(`${draft}/you`);
    expect(page.html).toContain('value="Canary Draft Role"');
    expect((await second.get('/refer')).html).toContain(`${draft}/agency`);
  });

  test('a page cannot be reached before those it depends on', async () => {
    const referrer = await newReferrer();
    const draft = await startDraft(referrer);
    expect((await referrer.get(`${draft}/concern`)).location).toBe(`${draft}/danger`);
    expect((await referrer.get(`${draft}/check`)).location).toBe(`${draft}/danger`);
    await referrer.fill(`${draft}/danger`, smallReferral.danger);
    expect((await referrer.get(`${draft}/check`)).location).toBe(`${draft}/criteria`);
  });

  test('once its needed pages are answered it can be sent, and says which pages were not opened', async () => {
    const referrer = await newReferrer();
    const draft = await startDraft(referrer);
    const left = new Set(parts.filter((part) => !isNeeded(part)).map(({ name }) => name));
    for (const [part, fields] of Object.entries(smallReferral)) {
      if (left.has(part) || part === 'sharing') continue;
      expect((await referrer.get(`${draft}/check`)).location, part).toBe(`${draft}/${part}`);
      const page = await referrer.get(`${draft}/${part}`);
      expect(page.text).not.toContain('Leave out the rest');
      expect((await referrer.send(page, fields)).status, part).toBe(303);
    }
    expect((await referrer.get(`${draft}/signs`)).text).toContain(
      'Leave out the rest, and check your answers',
    );
    const check = await referrer.get(`${draft}/check`);
    expect(check.text).toContain('You have not opened these pages');
    for (const name of ['parents', 'signs', 'education', 'strengths'])
      expect(check.html).toContain(`href="${draft}/${name}?from=check"`);
    expect((await referrer.send(check)).location).toMatch(/^\/refer\/sent\//);
  });

  test('a page that its answers made pointless leads on, and is asked again when they change', async () => {
    const referrer = await newReferrer();
    const draft = await writeDraft(referrer, { missing: 'no' });
    expect((await referrer.get(`${draft}/missing-episodes`)).location).toBe(`${draft}/police`);
    const changed = await referrer.fill(`${draft}/missing`, { missing: 'linked' });
    expect(changed.location).toBe(`${draft}/missing-episodes`);
    expect((await referrer.fill(`${draft}/missing?from=check`, { missing: 'no' })).location).toBe(
      `${draft}/check`,
    );
  });

  test('two browsers on one page: the second is told, sees both answers, and chooses', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const [first, second] = [
      new HttpVisitor(given, referrer.cookie),
      new HttpVisitor(given, referrer.cookie),
    ];
    const draft = await writeDraft(first);
    const [mine, theirs] = [await first.get(`${draft}/you`), await second.get(`${draft}/you`)];
    expect((await first.send(mine, { ...you, phone: '020 7946 0001' })).status).toBe(303);

    const told = await second.send(theirs, { ...you, phone: '020 7946 0002', role: 'Team manager' });
    expect(told.status).toBe(422);
    expect(told.text).toContain('These answers were changed in another window or browser');
    expect(told.text).toMatch(/Your work phone number\s+020 7946 0001\s+020 7946 0002/);
    expect(told.html).toContain('value="Team manager"');
    expect((await first.get(`${draft}/you`)).html).toContain('value="020 7946 0001"');

    expect((await second.send(told, { ...you, phone: '020 7946 0002' })).status).toBe(303);
    expect((await first.get(`${draft}/you`)).html).toContain('value="020 7946 0002"');
  });

  test('two browsers on different pages are not in each other’s way', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const [first, second] = [
      new HttpVisitor(given, referrer.cookie),
      new HttpVisitor(given, referrer.cookie),
    ];
    const draft = await writeDraft(first);
    const theirs = await second.get(`${draft}/danger`);
    await first.fill(`${draft}/agency`, { ...smallReferral.agency, team: 'North team' });
    expect((await second.send(theirs, { safeNow: 'no' })).status).toBe(303);
    const check = await first.get(`${draft}/check`);
    expect(check.text).toContain('North team');
    expect(check.text).toContain('You say that the young person is not safe now');
  });

  test('after fourteen days it is gone, at every address', async () => {
    const referrer = await newReferrer();
    const draft = await writeDraft(referrer);
    await given.owner.query(
      `update service.referral_draft set expires_at = now() - interval '1 second' where id = $1`,
      [idIn(draft)],
    );
    for (const page of [...parts.map(({ name }) => name), 'check', 'throw-away'])
      expect((await referrer.get(`${draft}/${page}`)).status).toBe(404);
    expect((await referrer.get('/refer')).html).not.toContain(draft);
  });

  test('thrown away it is gone, and what was typed on its pages with it', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const visitor = new HttpVisitor(given, referrer.cookie);
    const draft = await writeDraft(visitor);
    const page = await visitor.get(`${draft}/concern`);
    await visitor.send(page, { whatIsHappening: 'Half a sentence' }, `/kept-form?for=${draft}/concern`);
    expect(await count(`identity.kept_form where account_id = '${referrer.accountId}'`)).toBe(1);
    expect((await visitor.fill(`${draft}/throw-away`)).location).toBe('/refer');
    expect((await visitor.get(`${draft}/danger`)).status).toBe(404);
    expect(await count(`identity.kept_form where account_id = '${referrer.accountId}'`)).toBe(0);
  });

  test('a second referral begins with what its referrer said of themselves, and nothing of the young person', async () => {
    const visitor = new HttpVisitor(given, (await someone(given.owner, 'referrer')).cookie);
    await sendReferral(visitor, {
      role: 'Canary job',
      agencyName: 'Canary Council',
      givenNames: 'Canaryname',
    });
    const draft = await startDraft(visitor);
    for (const part of ['danger', 'criteria', 'kind'] as const)
      await visitor.fill(`${draft}/${part}`, smallReferral[part]);
    const aboutThem = await visitor.get(`${draft}/you`);
    expect(aboutThem.html).toContain('value="Canary job"');
    expect(aboutThem.html).toContain('value="020 7946 0000"');
    await visitor.fill(`${draft}/you`, smallReferral.you);
    expect((await visitor.get(`${draft}/agency`)).html).toContain('value="Canary Council"');
    await visitor.fill(`${draft}/agency`, smallReferral.agency);
    expect((await visitor.get(`${draft}/name`)).html).not.toContain('Canaryname');
    const other = new HttpVisitor(given, (await someone(given.owner, 'referrer')).cookie);
    const others = await startDraft(other);
    for (const part of ['danger', 'criteria', 'kind'] as const)
      await other.fill(`${others}/${part}`, smallReferral[part]);
    expect((await other.get(`${others}/you`)).html).not.toContain('Canary job');
  });

  test('what was typed when the session had ended is kept for the page, and not sent', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const visitor = new HttpVisitor(given, referrer.cookie);
    const draft = await writeDraft(visitor);
    const page = await visitor.get(`${draft}/you`);
    await given.owner.query(
      `update identity.session set last_seen_at = now() - interval '61 minutes' where account_id = $1`,
      [referrer.accountId],
    );
    const ended = await visitor.send(page, { ...you, role: 'Typed too late' });
    expect(ended.location).toBe(
      `/refer/start?${new URLSearchParams({ return: `${draft}/you`, typed: 'kept' })}`,
    );

    await given.owner.query('update identity.session set last_seen_at = now() where account_id = $1', [
      referrer.accountId,
    ]);
    const back = await visitor.get(`${draft}/you`);
    expect(back.text).toContain('You typed something here');
    expect(back.html).not.toContain('Typed too late');
    expect((await visitor.get(`${draft}/you?restore=yes`)).html).toContain('value="Typed too late"');
  });

  test('a referrer has as many drafts as one may have, and no more', async () => {
    const referrer = await newReferrer();
    for (let draft = 1; draft <= 20; draft++)
      expect(await startDraft(referrer)).toMatch(/^\/refer\/[0-9a-f-]{36}$/);
    const refused = await referrer.fill('/refer');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('which is as many as you can have');
  });
});

describe('sending', () => {
  interface SentRow {
    id: string;
    reference: string;
    answers: { page: string; key: string; question: string; answer: string; value: string | null }[];
    [column: string]: unknown;
  }
  const sentRow = (path: string) =>
    one<SentRow>('select * from service.referral where id = $1', [idIn(path)]);

  test('makes the referral, its first action and the messages, and empties the draft', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const visitor = new HttpVisitor(given, referrer.cookie);
    const draft = await writeDraft(visitor);
    const sent = await visitor.fill(`${draft}/check`);
    const row = await sentRow(sent.location ?? '');
    expect(row).toMatchObject({
      kind: 'intervention',
      stage: 'received',
      referrer_id: referrer.accountId,
      agency_kind: 'childrens-social-care',
      agency_name: 'Lambeth Council',
      area: LAMBETH,
      given_names: 'Amina',
      family_name: 'Bello',
      name_key: 'amina bello',
      date_of_birth: '2012-02-29',
      date_of_birth_precision: 'exact',
      gender: 'female',
      ethnicity: 'BAFR',
      postcode: 'SW1A 1AA',
      person_id: null,
    });
    expect(row.answers).toContainEqual({
      section: 'More about the county line',
      page: 'people',
      key: 'peopleAndPlaces',
      question: 'What is known about the people and places involved?',
      answer: 'Not known',
      value: 'not-known',
    });
    expect(row.answers).toContainEqual(
      expect.objectContaining({ key: 'knownAs', answer: 'Not answered', value: null }),
    );
    // A page that nobody opened was asked and not answered, too.
    expect(row.answers).toContainEqual(
      expect.objectContaining({ key: 'strengths', answer: 'Not answered', value: null }),
    );
    const action = await one('select * from service.referral_action where referral_id = $1', [row.id]);
    expect(action).toMatchObject({
      kind: 'sent',
      sequence: 1,
      by_account: referrer.accountId,
      area: LAMBETH,
    });
    // Every row carries the action in the audit that made it.
    const entry = await one<{ action: string }>('select action from audit.entry where id = $1', [
      row.action_id,
    ]);
    expect(entry.action).toBe('send-referral');
    expect(action).toMatchObject({ action_id: row.action_id });

    const { answers_sealed } = await one<{ answers_sealed: Buffer }>(
      'select answers_sealed from service.referral_draft where id = $1',
      [idIn(draft)],
    );
    expect(openDraft(given.service.keyring, idIn(draft), answers_sealed)).toEqual({});

    const { rows: told } = await given.owner.query(
      'select account_id, template, path from messages.message where path like $1',
      [`%${row.id}%`],
    );
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({
      account_id: contactId,
      template: 'referral-received',
      path: `/borough/referrals/${row.id}`,
    });
    expect(told).toContainEqual({
      account_id: coordinatorId,
      template: 'referral-received',
      path: `/referrals/${row.id}`,
    });

    const confirmation = await visitor.get(sent.location ?? '');
    expect(confirmation.text).toContain(row.reference);
    expect(confirmation.text).toContain('What happens next');
  });

  test('keeps what is counted in columns of its own, and their history', async () => {
    const sent = await sendReferral(await newReferrer(), {
      agencyKind: 'county-police',
      referringArea: 'kent',
      safeNow: 'not-known',
      educationStatus: 'in-education',
      educationSetting: 'pru',
      socialCareStatus: 'cin',
      disabilities: ['AUT', 'ADHD'],
      gangLink: 'unknown',
      longestMissingDays: '21',
      linkedForce: 'essex',
      linkedTown: 'Clacton',
    });
    const counted = {
      safe_now: 'not-known',
      education_status: 'in-education',
      education_setting: 'pru',
      social_care_status: 'cin',
      disabilities: ['AUT', 'ADHD'],
      gang_link: 'unknown',
      missing_linked: 'yes',
      longest_missing_days: 21,
      linked_force: 'essex',
      linked_town: 'Clacton',
      referring_area: 'kent',
      local_authority_team: null,
    };
    expect(await sentRow(sent)).toMatchObject(counted);
    const before = await one<{ now: Date }>('select clock_timestamp() as now');
    await given.owner.query(`update service.referral set education_status = 'unknown' where id = $1`, [
      idIn(sent),
    ]);
    expect(await one('select * from history.referral where id = $1', [idIn(sent)])).toMatchObject(counted);
    expect(
      await one('select * from as_at.referral($1) where id = $2', [before.now, idIn(sent)]),
    ).toMatchObject(counted);
  });

  test('the same draft sent from two browsers at once makes one referral, and both see it', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const browsers = [1, 2, 3].map(() => new HttpVisitor(given, referrer.cookie));
    const draft = await writeDraft(browsers[0] as HttpVisitor);
    const pages = await Promise.all(browsers.map((browser) => browser.get(`${draft}/check`)));
    const sent = await Promise.all(browsers.map((browser, place) => browser.send(pages[place] as Reply)));
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set(sent.map(({ location }) => location)).size).toBe(1);
    expect(await count(`service.referral where referrer_id = '${referrer.accountId}'`)).toBe(1);
    const { rows } = await given.owner.query('select from messages.message where path like $1', [
      `%${idIn(sent[0]?.location ?? '')}%`,
    ]);
    expect(rows).toHaveLength(2);
  });

  test('answers changed since they were checked are not sent unseen', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const [first, second] = [
      new HttpVisitor(given, referrer.cookie),
      new HttpVisitor(given, referrer.cookie),
    ];
    const draft = await writeDraft(first);
    const checked = await first.get(`${draft}/check`);
    await second.fill(`${draft}/agency`, { ...smallReferral.agency, team: 'Another team' });
    const refused = await first.send(checked);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The answers were changed in another window or browser');
    expect(refused.text).toContain('Another team');
    expect((await first.send(refused)).status).toBe(303);
  });

  test('stopped in the middle it leaves nothing, and the same form sent again is carried out', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const visitor = new HttpVisitor(given, referrer.cookie);
    const draft = await writeDraft(visitor);
    const checked = await visitor.get(`${draft}/check`);
    const before = [
      await count('service.referral'),
      await count('service.referral_action'),
      await count('messages.message'),
      await count('audit.entry'),
    ];
    await given.owner.query(`
      create function public.stop() returns trigger language plpgsql as $$ begin raise exception 'stopped'; end $$;
      create trigger stop before insert on messages.message execute function public.stop()`);
    try {
      expect((await visitor.send(checked)).status).toBe(500);
    } finally {
      await given.owner.query('drop trigger stop on messages.message; drop function public.stop()');
    }
    expect([
      await count('service.referral'),
      await count('service.referral_action'),
      await count('messages.message'),
      await count('audit.entry'),
    ]).toEqual(before);
    expect((await visitor.get(`${draft}/check`)).status).toBe(200);
    expect((await visitor.send(checked)).status).toBe(303);
    expect(await count(`service.referral where referrer_id = '${referrer.accountId}'`)).toBe(1);
  });

  test('a borough without a contact, or an area without a coordinator, is noticed by those who run the service', async () => {
    const sent = idIn(await sendReferral(await newReferrer(), { area: BRENT }));
    const { rows: brent } = await given.owner.query(
      'select account_id, template, path from messages.message where path like $1 order by template',
      [`%${sent}`],
    );
    const toManagers = { account_id: operationsManagerId, path: `/referrals/${sent}` };
    expect(brent).toEqual([
      { ...toManagers, template: 'area-without-coordinator' },
      { ...toManagers, template: 'borough-without-contact' },
    ]);
    // Nobody is the contact of an area that is not known, and nothing is missing.
    const unknown = idIn(await sendReferral(await newReferrer(), { area: 'not-known' }));
    const { rows: told } = await given.owner.query(
      'select account_id, template, path from messages.message where path like $1',
      [`%${unknown}`],
    );
    expect(told).toEqual([
      { account_id: coordinatorId, template: 'referral-received', path: `/referrals/${unknown}` },
    ]);
  });

  test('twenty an hour are enough for a person', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const visitor = new HttpVisitor(given, referrer.cookie);
    await given.owner.query(`insert into identity.attempt values ($1, 20, now() + interval '1 hour')`, [
      `send-referral ${referrer.accountId}`,
    ]);
    const draft = await writeDraft(visitor);
    const refused = await visitor.fill(`${draft}/check`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('You have sent many referrals in the last hour. This one is saved');
    expect(await count(`service.referral where referrer_id = '${referrer.accountId}'`)).toBe(0);
  });

  test('once sent, no page of the service shows its answers to the one who wrote them', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const visitor = new HttpVisitor(given, referrer.cookie);
    const canary = (field: string) => `Canary-${field}`;
    const draft = await writeDraft(visitor, {
      yourName: canary('name'),
      role: canary('role'),
      team: canary('team'),
      agencyName: canary('agency'),
      consents: 'no',
      withoutConsent: canary('consent'),
      givenNames: canary('given'),
      familyName: canary('family'),
      knownAs: canary('known'),
      whatIsHappening: canary('what'),
      whyCountyLines: canary('why'),
      missingDetails: canary('missing'),
      socialCareWho: canary('who'),
      safeContact: canary('contact'),
    });
    const check = await visitor.get(`${draft}/check`);
    // They are all there until then: else this would prove nothing.
    expect(new Set(check.text.match(/Canary-[a-z]+/g)).size).toBe(13);
    const open = await visitor.get(`${draft}/concern`);
    const sent = await visitor.send(check);
    const pages = [
      '/refer',
      sent.location ?? '',
      ...[...parts.map(({ name }) => name), 'check'].flatMap((page) => [
        `${draft}/${page}`,
        `${draft}/${page}?restore=yes`,
      ]),
    ];
    const replies = await Promise.all(pages.map((page) => visitor.get(page)));
    // The draft's pages, opened or sent again, lead to the confirmation.
    replies.push(await visitor.send(open, smallReferral.concern), await visitor.send(check));
    for (const reply of replies) expect(reply.html).not.toContain('Canary');
    for (const reply of replies.slice(2)) expect(reply.location).toBe(sent.location);

    // Nor does the database give them to a referrer, whatever is asked of it.
    const asked = given.service.database.asPerson(referrer.token, (tx) =>
      tx.selectFrom('service.referral').select('answers').execute(),
    );
    await expect(asked).rejects.toThrow('permission denied');
  });
});

describe('what a referrer is told', () => {
  test('only that it was received, until somebody has verified them; and a decline reads the same of one who is known', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const visitor = new HttpVisitor(given, referrer.cookie);
    const [known, unknown] = [await sendReferral(visitor), await sendReferral(visitor)];
    const { id: personId } = await one<{ id: string }>(
      `insert into service.person (family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
       values ('Bello', 'bello', 'not-known', 'female', 'NOBT', $1) returning id`,
      [LAMBETH],
    );
    await given.owner.query(
      `update service.referral set stage = 'declined', decided_at = now() where referrer_id = $1`,
      [referrer.accountId],
    );
    await given.owner.query('update service.referral set person_id = $1 where id = $2', [
      personId,
      idIn(known),
    ]);

    const same = (reply: Reply) =>
      reply.html
        .replace(/HW-[0-9A-Z-]{9}/g, 'REFERENCE')
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
        .replace(/\d+:\d\d[ap]m/g, 'TIME');
    const before = [await visitor.get(known), await visitor.get(unknown)];
    for (const page of before) expect(page.text).toContain('Where it stands Received');
    expect(new Set(before.map(same)).size).toBe(1);

    await given.owner.query(
      `insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, 'Lambeth Council', 'telephone')`,
      [referrer.accountId],
    );
    const after = [await visitor.get(known), await visitor.get(unknown)];
    for (const page of after) expect(page.text).toContain('Where it stands We are not able to offer support');
    expect(new Set(after.map(same)).size).toBe(1);
    expect((await visitor.get('/refer')).text).not.toMatch(/Bello|known to us|no-county-lines-link/);
  });

  test('older referrals are on further pages, each once', async () => {
    const referrer = await someone(given.owner, 'referrer');
    await given.owner.query(
      `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, received_at, decision_due_on, area, family_name,
         name_key, date_of_birth_precision, gender, ethnicity, answers)
       select 'intelligence', 'received', $1, 'other', 'Agency', timestamptz '2026-05-01' + (n / 3) * interval '1 hour', '2026-06-01', $2,
         'Bello', 'bello', 'not-known', 'unknown', 'NOBT', '[]' from generate_series(1, 45) n`,
      [referrer.accountId, LAMBETH],
    );
    const visitor = new HttpVisitor(given, referrer.cookie);
    const seen: string[] = [];
    for (let path: string | undefined = '/refer'; path !== undefined; ) {
      const page: Reply = await visitor.get(path);
      seen.push(...(page.text.match(/HW-\S{4}-\S{4} (?=Received)/g) ?? []));
      path = /href="(\/refer\?before=[^"]+)"/.exec(page.html)?.[1];
    }
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
  });

  test('another referrer’s drafts and referrals are at no address', async () => {
    const owner = await newReferrer();
    const draft = await writeDraft(owner);
    const sent = await sendReferral(owner);
    const other = await newReferrer();
    const own = await other.get('/refer');
    const pages: [string, Fields][] = [
      ...Object.entries(smallReferral).map(([part, fields]): [string, Fields] => [
        `${draft}/${part}`,
        fields,
      ]),
      [`${draft}/check`, { version: '4' }],
      [`${draft}/throw-away`, {}],
    ];
    for (const [path, fields] of pages) {
      expect((await other.get(path)).status).toBe(404);
      expect((await other.send(own, { version: '9', ...fields }, path)).status).toBe(404);
    }
    expect((await other.get(sent)).status).toBe(404);
    expect((await other.get(`/refer?before=${idIn(sent)}`)).text).not.toContain('HW-');
    // Nothing of it was changed by trying.
    expect((await owner.fill(`${draft}/check`)).status).toBe(303);
  });
});

describe('what people type', () => {
  const refusedWith = async (page: keyof typeof smallReferral, fields: Fields, changes: Fields = {}) => {
    const referrer = await newReferrer();
    const draft = await writeDraft(referrer, changes);
    const reply = await referrer.fill(`${draft}/${page}`, { ...smallReferral[page], ...fields });
    expect(reply.status).toBe(422);
    return reply;
  };

  test('a null byte is refused by name, and everything typed is kept', async () => {
    const reply = await refusedWith('concern', {
      whatIsHappening: 'before\0after',
      deadline: 'kept as typed',
    });
    expect(reply.text).toContain('What is happening has a character that cannot be kept (U+0000');
    expect(reply.text).toContain('kept as typed');
  });

  test('one character over the limit is refused, naming field and limit; at the limit it is kept whole', async () => {
    const reply = await refusedWith('concern', { whatIsHappening: 'é'.repeat(10_001) });
    expect(reply.text).toContain('What is happening must be 10,000 characters or fewer; it is 1 too long');
    const long = `${'x'.repeat(9_990)} the end!!`.slice(0, 10_000);
    const sent = await sendReferral(await newReferrer(), { whatIsHappening: long });
    const { answers } = await one<{ answers: { key: string; value: string }[] }>(
      'select answers from service.referral where id = $1',
      [idIn(sent)],
    );
    expect(answers.find(({ key }) => key === 'whatIsHappening')?.value).toBe(long.trim());
  });

  test('all that is wrong with a page is said at once', async () => {
    const reply = await refusedWith('you', { role: '', phone: '123', agencyKind: '' });
    for (const fault of [
      'Enter your job or role',
      'Choose the kind of agency you work for',
      'Enter a phone number with its area code',
    ])
      expect(reply.text).toContain(fault);
  });

  test('nobody is born tomorrow, on 29 February of a common year, or in a council that is not one', async () => {
    const tomorrow = new Date(Date.now() + 2 * 86_400_000);
    const future = await refusedWith('birth', {
      'dateOfBirth-day': String(tomorrow.getUTCDate()),
      'dateOfBirth-month': String(tomorrow.getUTCMonth() + 1),
      'dateOfBirth-year': String(tomorrow.getUTCFullYear()),
    });
    expect(future.text).toContain('Date of birth must be today or in the past');
    const common = await refusedWith('birth', { 'dateOfBirth-year': '2011' });
    expect(common.text).toContain('Date of birth must be a real date');
    const year = await refusedWith('birth', { birthKnown: 'approximate', about: '2099' });
    expect(year.text).toContain('The year they were born must be this year or earlier');
    const council = await refusedWith('council', { area: 'E09999999' });
    expect(council.text).toContain('Choose a council from the list');
  });

  test.each([
    ['a right-to-left name', { givenNames: 'أمينة', familyName: 'بلو' }, 'أمينة', 'بلو'],
    [
      'apostrophes and markup',
      { givenNames: 'Siobhán <b>', familyName: "O'Brien’s; drop table" },
      'Siobhán <b>',
      "O'Brien’s; drop table",
    ],
    ['one name only', { nameKnown: 'one', onlyName: 'Kofi', givenNames: 'ignored' }, '', 'Kofi'],
    ['no name that is known', { nameKnown: 'not-known', knownAs: 'Ghost' }, '', ''],
  ])('%s is kept as it is', async (_what, fields, givenNames, familyName) => {
    const referrer = await newReferrer();
    const draft = await writeDraft(referrer, fields);
    const check = await referrer.get(`${draft}/check`);
    for (const name of [givenNames, familyName]) expect(check.text).toContain(name);
    expect(check.html).not.toContain('<b>');
    const sent = await referrer.send(check);
    expect(
      await one('select given_names, family_name from service.referral where id = $1', [idIn(sent.location)]),
    ).toEqual({ given_names: givenNames, family_name: familyName });
  });

  test('intelligence needs a lawful reason, no consent and no way to make contact', async () => {
    const withoutReason = await refusedWith('sharing', { lawfulReason: '' }, { kind: 'intelligence' });
    expect(withoutReason.text).toContain('Choose why you may share this');
    const sent = await sendReferral(await newReferrer(), { kind: 'intelligence' });
    const { answers, kind } = await one<{ kind: string; answers: { key: string }[] }>(
      'select kind, answers from service.referral where id = $1',
      [idIn(sent)],
    );
    expect(kind).toBe('intelligence');
    const keys = answers.map(({ key }) => key);
    expect(keys).toContain('lawfulReason');
    for (const key of [
      'consents',
      'youngPersonKnows',
      'safeContact',
      'theirView',
      'visitRisks',
      'parentsKnow',
    ])
      expect(keys).not.toContain(key);
  });

  test('turned into a referral for support, a draft asks again what support needs', async () => {
    const referrer = await newReferrer();
    const draft = await writeDraft(referrer, { kind: 'intelligence' });
    await referrer.fill(`${draft}/kind?from=check`, smallReferral.kind);
    expect((await referrer.get(`${draft}/check`)).location).toBe(`${draft}/consent`);
    await referrer.fill(`${draft}/consent`, smallReferral.consent);
    const still = await referrer.fill(`${draft}/contact`, { safeContact: '' });
    expect(still.text).toContain('Enter the safe ways to contact them, or tick “Not known”');
  });

  test('over 25 is told and not turned away', async () => {
    const referrer = await newReferrer();
    const draft = await writeDraft(referrer, { birthKnown: 'approximate', about: '26' });
    const check = await referrer.get(`${draft}/check`);
    expect(check.text).toContain('They are over 25 by what you have told us');
    expect((await referrer.send(check)).status).toBe(303);
  });
});
