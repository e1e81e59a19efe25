import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type Visitor } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, LAMBETH, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;
let place: { organisationId: string; teamId: string; name: string };
let worker: Someone;
let coordinator: Someone;
let operations: Someone;
let person: { id: string; reference: string };

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  const { owner } = given;
  place = await provider(owner, 'Harbour');
  const { rows } = await owner.query(
    `insert into identity.organisation (kind, name) values ('service', 'The service') returning id`,
  );
  const service = { organisationId: String(rows[0].id) };
  worker = await someone(owner, 'caseworker', { ...place, name: 'Amira Khan' });
  coordinator = await someone(owner, 'coordinator', { ...service, areas: [LAMBETH], name: 'Cora Ordin' });
  operations = await someone(owner, 'operations-manager', { ...service, name: 'Oona Per' });
  person = await youngPerson(owner, { givenNames: 'Kai', familyName: 'Hollis' });
  await allocated(owner, person.id, { ...place, workerId: worker.accountId });
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

async function at(who: Someone, { javaScript = false, width = 1024 } = {}): Promise<Visitor> {
  const visitor = await newVisitor(browser, { javaScript, width, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return visitor;
}

test('a worker raises a concern on a phone; a coordinator hears the answer and closes it', async () => {
  const phone = await at(worker, { width: 320 });
  let page = await phone.visit(`/people/${person.id}`);
  page = await page.press('Raise a concern');
  page = await page.press('Save the concern');
  expect(await page.errors()).toContain('Choose whether anybody is in danger now');
  await page.choose('Is anybody in danger now?', 'Yes');
  await page.fill('What has been done about the danger', 'Rang 999 at 11pm. Police are with him.');
  await page.fill('What worries you', 'Two men wait outside his flat.');
  await page.choose('Children’s or adults’ social care', 'Not yet');
  await page.choose('Police', 'Told');
  await page.fill('Name and job of the person told (police)', 'PC Noor, control room');
  await page.choose('Designated safeguarding lead', 'Not needed');
  await page.fill('Why it is not needed (designated safeguarding lead)', 'I am the lead tonight');
  page = await page.press('Save the concern');
  expect(await page.text()).toContain('Children’s or adults’ social care have not been told: due by');
  expect(await page.text()).toContain('Managers and coordinators Told on');
  await phone.leave();

  const desk = await at(coordinator);
  page = await desk.visit('/concerns');
  expect(await page.text()).toContain('1 open, 1 of them not answered');
  page = await page.follow('Kai Hollis');
  page = await page.follow('A safeguarding concern is open');
  page = await page.follow(await desk.page.locator('main td a').first().innerText());
  page = await page.follow('Say that they were told: Children’s or adults’ social care');
  await page.fill('Name and job of the person told', 'Sam Duty, duty desk');
  page = await page.press('Save');
  for (const who of ['Children’s or adults’ social care', 'Police']) {
    page = await page.follow(`Record their answer: ${who}`);
    await page.fill('What they answered', `${who}: somebody visits today.`);
    page = await page.press('Save');
  }
  expect(await page.text()).toContain('Everybody who was asked has answered.');
  await page.fill('Add what happened', 'He stays with his aunt tonight.');
  page = await page.press('Add');
  page = await page.press('Close this concern');
  await page.choose('What came of it', 'Children’s social care are making enquiries');
  await page.fill('Why it is closed', 'They lead from here.');
  await page.fill('Who decided it', 'Sam Duty, team manager');
  page = await page.press('Close the concern');
  expect(await page.text()).toContain('Closed by Cora Ordin on');
  page = await desk.visit(`/people/${person.id}/concerns`);
  expect(await page.text()).toContain('Children’s social care are making enquiries');
  await desk.leave();
}, 120_000);

test('a worker says how great the risk is and why, and corrects it', async () => {
  const visitor = await at(worker, { javaScript: true });
  let page = await visitor.visit(`/people/${person.id}`);
  page = await page.follow('Risk');
  expect(await page.text()).toContain('Nobody has assessed it yet');
  page = await page.press('Assess the risk');
  await page.choose('How great the risk is', 'High');
  await page.fill('Reasons', 'Two men wait outside his flat.');
  page = await page.press('Save');
  expect(await page.text()).toContain('High on');
  page = await visitor.page
    .getByRole('link', { name: /^Correct this assessment/ })
    .getAttribute('href')
    .then((href) => visitor.visit(href ?? ''));
  await page.fill('Reasons', 'Two men wait outside the college.');
  page = await page.press('Save');
  page = await visitor.page
    .getByRole('link', { name: /^What it said before/ })
    .getAttribute('href')
    .then((href) => visitor.visit(href ?? ''));
  expect(await page.text()).toContain('to “Two men wait outside the college.”');
  await visitor.leave();
}, 90_000);

test('an allegation goes from whoever raises it to the one who is named, and to nobody else', async () => {
  const desk = await at(operations);
  let page = await desk.visit('/allegations');
  page = await page.follow('Name who receives allegations');
  await page.choose('Who', 'Oona Per, The service');
  await page.choose('About the staff of', 'Every organisation');
  page = await page.press('Name them');
  expect(await page.summary('Every organisation')).toBe('Oona Per');

  const phone = await at(worker, { width: 320 });
  let theirs = await phone.visit('/account');
  theirs = await theirs.follow('Raise an allegation against somebody who works with young people');
  theirs = await theirs.press('Raise an allegation');
  await theirs.choose('Who is it about?', 'Somebody who is not on the list');
  await theirs.fill('Their name, if they are not on the list', 'Quentin Accused');
  await theirs.fill('What they are said to have done', 'He was alone with him at night.');
  await theirs.fill('Reference of the young person it concerns (optional)', person.reference);
  theirs = await theirs.press('Send the allegation');
  expect(await theirs.text()).toContain('Allegations you raised');
  expect(await theirs.text()).not.toContain('Quentin');
  await phone.leave();

  page = await desk.visit('/allegations');
  page = await page.follow(await desk.page.locator('main td a').first().innerText());
  expect(await page.text()).toContain('He was alone with him at night.');
  await page.fill('Designated officer who was told', 'Lara Do, Lambeth');
  for (const [part, value] of [
    ['Day', '1'],
    ['Month', '5'],
    ['Year', '2026'],
  ] as const)
    await page.fill(part, value, 'The day they were told');
  await page.fill('The time they were told', '2:05pm');
  page = await page.press('Save');
  expect(await page.text()).toContain('What was written before');
  page = await desk.visit('/allegations/recipients');
  page = await page.follow('End that Oona Per receives allegations');
  page = await page.press('End it');
  expect(await page.text()).toContain('Nobody is named yet');
  await desk.leave();
}, 120_000);
