import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HttpVisitor, type Reply } from '../../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../../test/support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../../../test/support/young-person.ts';

let given: TestService;
let amal: Someone;
let ben: Someone;

beforeAll(async () => {
  given = await testService();
  amal = await someone(given.owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' });
  ben = await someone(given.owner, 'coordinator', { areas: [LAMBETH], name: 'Ben Osei' });
});
afterAll(() => given.stop());

let personId: string;
let edit: string;
beforeEach(async () => {
  const person = await youngPerson(given.owner, {
    givenNames: 'Kofi',
    familyName: 'Mensah',
    postcode: 'SW9 8EF',
  });
  personId = person.id;
  edit = `/people/${personId}/edit`;
});

/** The form as a browser would send it, untouched but for these fields. */
const typed = (fields: Record<string, string> = {}) => ({
  givenNames: 'Kofi',
  familyName: 'Mensah',
  knownAs: '',
  precision: 'exact',
  'dateOfBirth-day': '3',
  'dateOfBirth-month': '4',
  'dateOfBirth-year': '2010',
  gender: 'male',
  ethnicity: 'BAFR',
  postcode: 'SW9 8EF',
  area: LAMBETH,
  ...fields,
});

async function record() {
  const { rows } = await given.owner.query(
    `select given_names, family_name, known_as, name_key, date_of_birth, postcode, area, version from service.person where id = $1`,
    [personId],
  );
  return rows[0];
}

test('a correction is saved, searched by, and told in the history: when, by whom, from what to what', async () => {
  const visitor = new HttpVisitor(given, amal.cookie);
  const reply = await visitor.fill(
    edit,
    typed({ familyName: "O'Mensah", 'dateOfBirth-day': '4', 'dateOfBirth-month': 'March', postcode: '' }),
  );
  expect(reply.location).toBe(`/people/${personId}`);
  expect(await record()).toMatchObject({
    name_key: 'kofi omensah',
    date_of_birth: '2010-03-04',
    postcode: '',
    version: 2,
  });
  const history = await visitor.get(`/people/${personId}/history`);
  expect(history.text).toMatch(/Postcode changed Amal Khan , \d/);
  expect(history.text).toContain("Family name: from Mensah to O'Mensah");
  expect(history.text).toContain('Date of birth: from 3 April 2010 to 4 March 2010');
  expect(history.text).toContain('Postcode: from SW9 8EF to Not known');
});

test('a date of birth that is not known, or only about known, is kept as such', async () => {
  const visitor = new HttpVisitor(given, amal.cookie);
  await visitor.fill(edit, typed({ precision: 'approximate' }));
  expect((await visitor.get(`/people/${personId}`)).text).toContain('about 2010 (about 16 years old)');
  await visitor.fill(edit, typed({ precision: 'approximate', 'dateOfBirth-day': '4', version: '2' }));
  const history = (await visitor.get(`/people/${personId}/history`)).text;
  expect(history).toContain('Date of birth: from 3 April 2010 to 3 April 2010, approximately');
  expect(history).toContain('from 3 April 2010, approximately to 4 April 2010, approximately');
  const refused = await visitor.fill(edit, typed({ precision: 'not-known' }));
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Choose exact or approximate, or take the date of birth away');
  const empty = { 'dateOfBirth-day': '', 'dateOfBirth-month': '', 'dateOfBirth-year': '' };
  expect((await visitor.fill(edit, typed({ precision: 'exact', ...empty }))).text).toContain(
    'Enter the date of birth, or choose not known',
  );
  await visitor.fill(edit, typed({ precision: 'not-known', ...empty }));
  expect((await record()).date_of_birth).toBeNull();
});

test('what is wrong with a field is said, and everything typed is there still', async () => {
  const visitor = new HttpVisitor(given, amal.cookie);
  const reply = await visitor.fill(
    edit,
    typed({ knownAs: 'K\u0000', givenNames: 'Kwabena', postcode: 'nowhere' }),
  );
  expect(reply.status).toBe(422);
  expect(reply.text).toContain('Known as has a character that cannot be kept (U+0000, after 1 characters)');
  expect(reply.text).toContain('Enter a full postcode, like SE1 7PB');
  expect(reply.html).toContain('value="Kwabena"');
  expect((await record()).version).toBe(1);
});

test('a record cannot be moved to a borough that its corrector does not cover; whoever covers both moves it', async () => {
  const visitor = new HttpVisitor(given, amal.cookie);
  const refused = await visitor.fill(edit, typed({ area: CROYDON }));
  expect(refused.text).toContain('Choose a borough that you cover');
  expect((await record()).area).toBe(LAMBETH);
  const both = await someone(given.owner, 'coordinator', { areas: [LAMBETH, CROYDON] });
  await new HttpVisitor(given, both.cookie).fill(edit, typed({ area: CROYDON }));
  expect((await record()).area).toBe(CROYDON);
  expect((await visitor.get(`/people/${personId}`)).status).toBe(404);
});

test('the borough that referrals and support go by is passed on, and never merely corrected', async () => {
  const { owner } = given;
  const both = await someone(owner, 'coordinator', { areas: [LAMBETH, CROYDON] });
  const visitor = new HttpVisitor(given, both.cookie);
  const open = await visitor.get(edit);
  expect(open.html).toContain('<select class="govuk-select" id="area"');
  await allocated(owner, personId, await provider(owner, 'Harbour Trust'));
  // Opened before the referral came, or sent by hand.
  const refused = await visitor.send(open, typed({ area: CROYDON, givenNames: 'Kwabena' }));
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Borough responsible cannot be corrected here');
  expect(refused.html).toContain(`href="/people/${personId}/borough"`);
  expect(refused.html).not.toContain('<select class="govuk-select" id="area"');
  expect(await record()).toMatchObject({ area: LAMBETH, version: 1 });
  expect((await visitor.fill(edit, typed({ givenNames: 'Kwabena' }))).status).toBe(303);
  expect(await record()).toMatchObject({ area: LAMBETH, given_names: 'Kwabena' });
});

describe('two people who correct one record at once', () => {
  /** Both open the form, Amal saves hers, and Ben sends his. */
  async function both(
    amals: Record<string, string>,
    bens: Record<string, string>,
  ): Promise<{ ben: HttpVisitor; shown: Reply }> {
    const [first, second] = [new HttpVisitor(given, amal.cookie), new HttpVisitor(given, ben.cookie)];
    const [hers, his] = [await first.get(edit), await second.get(edit)];
    expect((await first.send(hers, typed(amals))).status).toBe(303);
    return { ben: second, shown: await second.send(his, typed(bens)) };
  }

  test('the second is shown what changed, field by field, and chooses; neither change is lost unseen', async () => {
    const { ben: visitor, shown } = await both(
      { givenNames: 'Kofi Kwame', postcode: 'SE1 7PB' },
      { givenNames: 'Kwabena', knownAs: 'Kobby' },
    );
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('This record was changed while you had it open');
    expect(shown.text).toMatch(/First names Kofi Kofi Kwame Amal Khan , .* Kwabena You choose below/);
    expect(shown.text).toMatch(/Known as None given None given Kobby Your change will be saved/);
    expect(shown.text).toMatch(/Postcode SW9 8EF SE1 7PB Amal Khan , .* SW9 8EF Their change stays/);
    expect((await record()).given_names).toBe('Kofi Kwame');

    const undecided = await visitor.send(shown);
    expect(undecided.status).toBe(409);
    expect(undecided.text).toContain('There is a problem');
    expect(undecided.html).toContain('name="givenNames" value="Kwabena"');

    const saved = await visitor.send(undecided, { 'keep-givenNames': 'mine' });
    expect(saved.location).toBe(`/people/${personId}`);
    expect(await record()).toMatchObject({
      given_names: 'Kwabena',
      known_as: 'Kobby',
      postcode: 'SE1 7PB',
      version: 3,
    });
    const history = await visitor.get(`/people/${personId}/history`);
    expect(history.text).toContain('First names: from Kofi Kwame to Kwabena');
  });

  test('changes of different fields are saved together, once the second has seen the first', async () => {
    const { ben: visitor, shown } = await both({ postcode: 'SE1 7PB' }, { knownAs: 'Kobby' });
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('Save both changes');
    await visitor.send(shown);
    expect(await record()).toMatchObject({ known_as: 'Kobby', postcode: 'SE1 7PB' });
  });

  test('theirs stays where it is chosen', async () => {
    const { ben: visitor, shown } = await both(
      { familyName: 'Osei' },
      { familyName: 'Mensa', knownAs: 'Kobby' },
    );
    await visitor.send(shown, { 'keep-familyName': 'theirs' });
    expect(await record()).toMatchObject({
      family_name: 'Osei',
      known_as: 'Kobby',
      name_key: 'kofi osei kobby',
    });
  });

  test('a third change, made while the second was choosing, is shown too', async () => {
    const { ben: visitor, shown } = await both({ familyName: 'Osei' }, { familyName: 'Mensa' });
    await new HttpVisitor(given, amal.cookie).fill(edit, typed({ familyName: 'Osei', givenNames: 'Kojo' }));
    const again = await visitor.send(shown, { 'keep-familyName': 'mine' });
    expect(again.status).toBe(409);
    expect(again.text).toMatch(/First names Kofi Kojo/);
    await visitor.send(again, { 'keep-familyName': 'mine' });
    expect(await record()).toMatchObject({ family_name: 'Mensa', given_names: 'Kojo' });
  });

  test('a version that never was is no version', async () => {
    const visitor = new HttpVisitor(given, ben.cookie);
    expect((await visitor.fill(edit, typed({ version: '7' }))).status).toBe(404);
    expect((await visitor.fill(edit, typed({ version: 'x' }))).status).toBe(422);
    expect((await record()).version).toBe(1);
  });
});

test('somebody of whom one name is known is not said to have a family name', async () => {
  const { id } = await youngPerson(given.owner, { givenNames: '', familyName: 'Nur' });
  const { text } = await new HttpVisitor(given, amal.cookie).get(`/people/${id}`);
  expect(text).toMatch(/\bName Nur\b/);
  expect(text).not.toContain('Family name');
});
