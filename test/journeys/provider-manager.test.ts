import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcomeItems } from '../../src/closing/closing.ts';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type PageObject, type Visitor } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, LAMBETH, noteAbout, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;
let place: { organisationId: string; teamId: string };
let worker: Someone;
let manager: Someone;
let referrer: Someone;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  const { owner } = given;
  place = await provider(owner, 'Harbour');
  worker = await someone(owner, 'caseworker', { ...place, name: 'Amira Khan' });
  manager = await someone(owner, 'provider-manager', { ...place, name: 'Maya Nager' });
  referrer = await someone(owner, 'referrer', { name: 'Rose Ferrer' });
  await owner.query(
    `insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, 'Brockwell School', 'telephone')`,
    [referrer.accountId],
  );
  // Kai's worker has not spoken with him; what they wrote of an incident, and his case summary, wait for somebody.
  const kai = await supported('Kai', { daysAgo: 100, workerId: worker.accountId });
  const note = await noteAbout(owner, kai, worker, place.organisationId, {
    fact: 'Two men waited at the gate.',
    kind: 'incident',
  });
  await owner.query('update service.case_note set needs_sign_off = true where id = $1', [note]);
  await owner.query(
    `insert into service.case_summary (person_id, organisation_id, area, stands, refresh_by) values ($1, $2, $3, 'At home', current_date - 3)`,
    [kai, place.organisationId, LAMBETH],
  );
  // Noor is new, and nobody has taken her up.
  await supported('Noor', { daysAgo: 1, workerId: null });
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

/** A young person whom the provider supports, of whom the referrer told. */
async function supported(
  givenNames: string,
  { daysAgo, workerId }: { daysAgo: number; workerId: string | null },
): Promise<string> {
  const { owner } = given;
  const { id } = await youngPerson(owner, { givenNames, familyName: 'Hollis' });
  const { allocationId, referralId } = await allocated(owner, id, { ...place, workerId });
  const { rows } = await owner.query<{ id: string }>(
    `insert into service.episode (person_id, area, referral_id, opened_at) values ($1, $2, $3, now() - make_interval(days => $4)) returning id`,
    [id, LAMBETH, referralId, daysAgo],
  );
  await owner.query('update service.referral set referrer_id = $2, episode_id = $3 where id = $1', [
    referralId,
    referrer.accountId,
    rows[0]?.id,
  ]);
  await owner.query(
    `update service.allocation set episode_id = $2, started_at = now() - make_interval(days => $3),
       taken_up_at = case when worker_id is not null then now() end where id = $1`,
    [allocationId, rows[0]?.id, daysAgo],
  );
  return id;
}

/** Their browser, which runs no script, at the page they begin with. */
async function begins(who: Someone): Promise<{ visitor: Visitor; home: PageObject }> {
  const visitor = await newVisitor(browser, { javaScript: false, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return { visitor, home: await visitor.visit('/') };
}

/** How many a list has, or the part of a page that an address leads to. */
async function listed(visitor: Visitor, href: string): Promise<number> {
  await visitor.page.goto(href);
  const { hash } = new URL(visitor.page.url());
  const rows =
    hash === ''
      ? 'main tbody tr'
      : [hash, `[aria-labelledby="${hash.slice(1)}"]`]
          .flatMap((part) => [`${part} tbody tr`, `${part} li`])
          .join();
  return await visitor.page.locator(rows).count();
}

describe('a provider manager', () => {
  test('begins with what waits, and every count opens as many', { timeout: 60_000 }, async () => {
    const { visitor, home } = await begins(manager);
    expect(await home.heading()).toBe('What waits');
    const counts = await visitor.page
      .locator('main li a')
      .evaluateAll((links) => links.map((link) => [link.textContent ?? '', link.getAttribute('href') ?? '']));
    expect(counts.map(([text]) => text)).toEqual([
      '1 allocation to take up or hand back',
      '1 young person without a worker',
      '1 note to sign off',
      '1 young person not spoken with for 14 days or more',
      '1 plan, need or goal overdue',
      '1 risk to be assessed, or looked at again',
      '1 case summary to be written, or written afresh',
      '1 taken up and not engaged',
      '1 supported for less than 1 month',
      '1 supported for 3 to 6 months',
    ]);
    for (const [text = '', href = ''] of counts)
      expect(await listed(visitor, href), text).toBe(Number.parseInt(text, 10));
    await visitor.leave();
  });

  test('looks at each worker’s cases, records a decision on one, and signs off a note', {
    timeout: 60_000,
  }, async () => {
    const { visitor, home } = await begins(manager);
    let page = await home.follow('Supervision');
    // By weight: what nobody works yet comes first.
    expect(await page.page.locator('main table').first().innerText()).toMatch(
      /Nobody yet\s+1\s+\d+\s+0\s+Amira Khan\s+1\s+\d+\s+1/,
    );
    page = await page.follow('Amira Khan');
    const cases = await page.text();
    expect(cases).toContain('Nobody has spoken with them yet Too long');
    expect(cases).toContain('Review overdue since');
    page = await page.follow('Record a decision about Kai Hollis');
    page = await page.press('Record the decision');
    expect(await page.errors()).toEqual([
      'Enter who was there',
      'Enter what was decided, by whom it is done and by when',
    ]);
    await page.fill('Who was there', 'Amira and I');
    await page.fill('What was decided', 'Amira visits him with his aunt by Friday.');
    page = await page.press('Record the decision');
    expect(await page.text()).toContain('Amira visits him with his aunt by Friday.');
    page = await page.follow('Supervision');
    page = await page.follow(await visitor.page.locator('section[aria-labelledby="notes"] a').innerText());
    await page.fill('Comment (optional)', 'Well recorded.');
    page = await page.press('Sign off');
    expect(await page.text()).toContain('No note waits for you.');
    await visitor.leave();
  });

  test('returns a closing with comments, signs it off when it is mended, and the referrer is told', {
    timeout: 120_000,
  }, async () => {
    const { visitor: writing, home } = await begins(worker);
    let page = await home.follow('Kai Hollis');
    page = await page.follow('Closing');
    page = await page.press('Write the closing');
    page = await page.press('Ask the manager to sign off');
    const lacking = await page.errors();
    expect(lacking).toContain('Choose why support ends');
    expect(lacking).toContain('Choose an answer, or “Not known”: They feel safer and less vulnerable');
    await page.choose('Why support ends', 'Planned ending');
    await page.fill('What was done, and how it ended', 'We met every week. He is safe with his aunt.');
    for (const { item, text } of outcomeItems)
      await page.choose(`${item}. ${text}`, item === 8 ? 'Not known' : item === 6 ? 'No' : 'Yes');
    await page.choose('Harm to them', 'Reduced');
    await page.choose('Their resilience', 'Increased');
    await page.choose('Their exploitation through county lines', 'Has stopped');
    await page.choose('Not in education, training or work at the start', 'Yes');
    await page.choose('Not in education, training or work at the end', 'No');
    await page.fill('Who goes on supporting them', 'Nobody.');
    await page.fill('What the young person says (optional)', '“I sleep again.”');
    await page.choose(
      'Whether they may be asked later how they are',
      'They agreed to be asked after 3 and 12 months',
    );
    page = await page.press('Ask the manager to sign off');
    expect(await page.errors()).toHaveLength(12);
    for (const item of [1, 2, 3, 4, 5, 7]) {
      await page.fill(`What shows it? (item ${item}, if it is so)`, `He says so, ${item}.`);
      await page.choose(
        `Whose view is it? (item ${item}, if it is so)`,
        item === 1 ? 'The young person’s' : 'Both',
      );
    }
    page = await page.press('Ask the manager to sign off');
    expect(await page.text()).toContain('Waiting for the manager');

    const { visitor: deciding, home: what } = await begins(manager);
    page = await what.follow('1 closing to sign off');
    page = await page.follow('Kai Hollis');
    expect(await page.summary('They feel safer and less vulnerable')).toBe(
      'Yes. Whose view: The young person’s He says so, 1.',
    );
    page = await page.press('Return it');
    expect(await page.errors()).toEqual(['Enter what is still to be done before you sign off']);
    await page.fill('What is still to be done? (if you return it)', 'Say who at college knows him.');
    page = await page.press('Return it');
    expect(await page.text()).toContain('Returned by the manager');

    page = await writing.visit('/');
    page = await page.follow('Change the closing of Kai Hollis');
    expect(await page.text()).toContain('Say who at college knows him.');
    await page.fill('Who goes on supporting them', 'Ms Bello, his tutor, since May.');
    page = await page.press('Ask the manager to sign off');
    expect(await page.text()).toContain('Waiting for the manager');
    await writing.leave();

    await deciding.page.goto('/closings');
    await deciding.page.getByRole('link', { name: 'Kai Hollis' }).click();
    page = await (await deciding.visit(deciding.page.url())).press('Sign off');
    expect(await page.text()).toContain('Signed off');
    expect(await page.text()).toMatch(/After 3 months: due .* After 12 months: due /);

    const { visitor: asking, home: told } = await begins(referrer);
    expect(await told.text()).toContain('Support has ended');
    await asking.leave();

    // Three months on.
    await given.owner.query('update service.follow_up set due_on = current_date - 1 where months = 3');
    await deciding.page.goto('/home');
    await deciding.page.getByRole('link', { name: '1 young person to ask how they are' }).click();
    page = await (await deciding.visit(deciding.page.url())).follow('Kai Hollis');
    page = await page.press('Save');
    expect(await page.errors()).toEqual(['Enter the day you asked', 'Choose whether they answered']);
    const today = new Date();
    await page.fill('Day', String(today.getDate()));
    await page.fill('Month', String(today.getMonth() + 1));
    await page.fill('Year', String(today.getFullYear()));
    await page.choose('Did they answer?', 'They answered');
    await page.choose('Do they say that they are safe? (if they answered)', 'Yes');
    await page.fill('What they said (optional)', 'College is going well.');
    page = await page.press('Save');
    expect(await page.text()).toContain('College is going well.');
    expect(await page.text()).toContain('After 12 months, due');
    await deciding.leave();
  });
});
