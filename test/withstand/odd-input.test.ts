import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { smallReferral } from '../referrals/writing-a-referral.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';
import { LAMBETH, youngPerson } from '../support/young-person.ts';
import { caseworker, newNotePath, noteSaying } from './casework.ts';
import {
  encoded,
  type Fields,
  faultsOf,
  formsOf,
  type OpenForm,
  PlainBrowser,
  textOf,
} from './plain-browser.ts';
import { answerUntil, startDraft } from './refer.ts';

let given: TestService;
let coordinator: Someone;

beforeAll(async () => {
  given = await testService();
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
});
afterAll(() => given.stop());

/** A form with a field for words, opened by somebody who may send it. */
interface Surface {
  readonly browser: PlainBrowser;
  readonly form: OpenForm;
  /** Fields with which it is taken, but for the one that is tried. */
  readonly good: Fields;
  /** The field that is tried, what faults call it, and the most characters it takes. */
  readonly field: string;
  readonly called: string;
  readonly most: number;
  readonly lines: 'one' | 'many';
  /** What is kept of the field. */
  kept(): Promise<string | undefined>;
}

const surfaces: Readonly<Record<string, () => Promise<Surface>>> = {
  async 'a page of a referral'() {
    const { cookie } = await someone(given.owner, 'referrer');
    const browser = new PlainBrowser(given.url, { cookie });
    const draft = await startDraft(browser);
    await answerUntil(browser, draft, {}, 'concern');
    const path = `${draft}/concern`;
    return {
      browser,
      form: await browser.open(path, 'version'),
      good: smallReferral.concern,
      field: 'whatIsHappening',
      called: 'What is happening',
      most: 10_000,
      lines: 'many',
      kept: async () => {
        const { whatIsHappening } = (await browser.open(path, 'version')).fields;
        return typeof whatIsHappening === 'string' && whatIsHappening !== '' ? whatIsHappening : undefined;
      },
    };
  },
  async 'a note'() {
    const { worker, personId } = await caseworker(given.owner);
    const browser = new PlainBrowser(given.url, { cookie: worker.cookie });
    return {
      browser,
      form: await browser.open(newNotePath(personId), 'fact'),
      good: noteSaying('Nothing odd'),
      field: 'fact',
      called: 'What happened',
      most: 20_000,
      lines: 'many',
      kept: async () => {
        const { rows } = await given.owner.query<{ fact: string }>(
          'select fact from service.case_note where person_id = $1',
          [personId],
        );
        return rows[0]?.fact;
      },
    };
  },
  async 'a record'() {
    const { id } = await youngPerson(given.owner);
    const browser = new PlainBrowser(given.url, { cookie: coordinator.cookie });
    return {
      browser,
      form: await browser.open(`/people/${id}/edit`, 'version'),
      good: {},
      field: 'knownAs',
      called: 'Known as',
      most: 200,
      lines: 'one',
      kept: async () => {
        const { rows } = await given.owner.query<{ known_as: string }>(
          'select known_as from service.person where id = $1',
          [id],
        );
        return rows[0]?.known_as || undefined;
      },
    };
  },
};

describe.each(Object.entries(surfaces))('%s', (_what, open) => {
  let surface: Surface;
  beforeEach(async () => {
    surface = await open();
  });

  const send = (value: string, more: Fields = {}) =>
    surface.browser.send(surface.form, { ...surface.good, ...more, [surface.field]: value });

  /** The form as it would be sent, with some bytes in place of the word MARK in the field. */
  const sendRaw = (bytes: string) => {
    const fields = { ...surface.form.fields, ...surface.good, [surface.field]: 'Before MARK after' };
    return surface.browser.post(surface.form.path, encoded(fields).replace('MARK', bytes));
  };

  /** Every script and direction, marks over letters, emoji of several characters, quotation marks, ends of line. */
  function everything(characters: number): string {
    const line =
      'e\u0301 Zoë O’Connor, O\'Neill & "Sons" <b> أمينة בלה 李娜 👩‍👩‍👧‍👦 🇬🇧 𝒳 -- \\ %00 &amp; {x}';
    const words = surface.lines === 'many' ? `${line}\r\n\tand\r\r\n` : `${line} `;
    const normal = read(words.repeat(Math.ceil(characters / 20)));
    // An x at the end, since white space there would be taken off.
    return `${[...normal].slice(0, characters - 1).join('')}x`.replaceAll('\n', '\r\n');
  }

  const read = (typed: string) => typed.replace(/\r\n?/g, '\n').normalize('NFC');

  test('is kept whole up to the limit, whatever it is made of', async () => {
    const typed = everything(surface.most);
    expect(read(typed)).toSatisfy((text: string) => [...text].length === surface.most);
    expect((await send(typed)).status).toBe(303);
    expect(await surface.kept()).toBe(read(typed));
  });

  test('is refused with one character more, which is said with the field and the limit; all of it is shown again', async () => {
    const typed = everything(surface.most + 1);
    const reply = await send(typed);
    expect(reply.status).toBe(422);
    expect(faultsOf(reply.body)).toEqual([
      `${surface.called} must be ${surface.most.toLocaleString('en-GB')} characters or fewer; it is 1 too long`,
    ]);
    const shown = formsOf(reply.body).find(({ fields }) => surface.field in fields)?.fields;
    for (const [name, value] of Object.entries({ ...surface.good, [surface.field]: typed }))
      expect(read(String(shown?.[name])), name).toBe(read(String(value)));
    expect(await surface.kept()).toBeUndefined();
  });

  test.each([
    ['a null byte', '%00', 'U+0000'],
    ['an escape', '%1B', 'U+001B'],
    ['half a character', '%ED%A0%80', 'U+D800'],
    ['bytes that are no character', '%C3%28', 'U+D800'],
  ])(
    'is refused with %s in it, which is said with its place; the rest is shown again',
    async (_odd, bytes, code) => {
      const reply = await sendRaw(bytes);
      expect(reply.status).toBe(422);
      expect(faultsOf(reply.body)).toEqual([
        `${surface.called} has a character that cannot be kept (${code}, after 7 characters): type it again instead of pasting it`,
      ]);
      const shown = formsOf(reply.body).find(({ fields }) => surface.field in fields)?.fields;
      expect(shown?.[surface.field]).toMatch(/^Before .* after$/su);
      expect(await surface.kept()).toBeUndefined();
    },
  );

  test('is kept with a percent sign that begins no escape', async () => {
    expect((await sendRaw('100%')).status).toBe(303);
    expect(await surface.kept()).toBe('Before 100% after');
  });

  test('is not read from what is not a form, and nothing is changed', async () => {
    const fields = { ...surface.form.fields, ...surface.good, [surface.field]: 'Words' };
    const form = encoded(fields);
    const boundary = '----between';
    const multipart = Object.entries(fields)
      .map(
        ([name, value]) =>
          `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      .join('');
    for (const [type, body] of [
      ['application/json', JSON.stringify(fields)],
      ['application/json', '{"__proto__": {"x": 1}'],
      ['text/plain', form],
      ['text/xml', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'],
      [`multipart/form-data; boundary=${boundary}`, `${multipart}--${boundary}--`],
      ['', form],
      ['nonsense', form],
      [';;;', form],
    ] as const) {
      const { status } = await surface.browser.ask('POST', surface.form.path, { 'content-type': type }, body);
      expect(status, type).toBeGreaterThanOrEqual(400);
      expect(status, type).toBeLessThan(500);
    }
    expect(await surface.kept()).toBeUndefined();
  });

  test('is not read from more than a form may weigh', async () => {
    const reply = await send('x'.repeat(2 * 1024 * 1024));
    expect(reply.status).toBe(413);
    expect(textOf(reply.body, 'h1')).not.toBe('');
    expect(await surface.kept()).toBeUndefined();
  });

  test('is not mistaken among a thousand fields that were never asked for', async () => {
    const others = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`field-${n}`, `Value ${n}`]));
    const odd = { ['__proto__']: 'x', constructor: 'x', toString: 'x', 'hasOwnProperty[]': 'x', '': 'x' };
    expect((await send('Words', { ...others, ...odd })).status).toBe(303);
    expect(await surface.kept()).toBe('Words');
  });

  test('is the first where every field is there twice', async () => {
    const twice = Object.fromEntries(
      Object.entries({ ...surface.form.fields, ...surface.good, [surface.field]: 'Words' })
        .filter(([name]) => name !== '_submission')
        // A box that is ticked twice is ticked.
        .map(([name, value]) => [
          name,
          [String(value), name.endsWith('NotKnown') ? String(value) : 'Others'],
        ]),
    );
    const { _submission = '' } = surface.form.fields;
    // A form with two ids is none of ours.
    const both = await surface.browser.post(surface.form.path, {
      ...twice,
      _submission: [String(_submission), 'x'],
    });
    expect(both.status).toBe(404);
    expect(await surface.kept()).toBeUndefined();
    expect((await surface.browser.post(surface.form.path, { ...twice, _submission })).status).toBe(303);
    expect(await surface.kept()).toBe('Words');
  });
});

describe('a young person’s record', () => {
  let browser: PlainBrowser;
  let personId: string;
  let form: OpenForm;
  beforeEach(async () => {
    personId = (await youngPerson(given.owner, { givenNames: 'Kofi', familyName: 'Mensah' })).id;
    browser = new PlainBrowser(given.url, { cookie: coordinator.cookie });
    form = await browser.open(`/people/${personId}/edit`, 'version');
  });

  async function kept(): Promise<unknown[]> {
    const { rows } = await given.owner.query({
      text: `select given_names, family_name, known_as, date_of_birth, date_of_birth_precision
             from service.person where id = $1`,
      values: [personId],
      rowMode: 'array',
    });
    return rows[0] ?? [];
  }

  test.each([
    ['of right-to-left letters', 'أمينة', 'بن‎ علي'],
    ['with apostrophes of every kind', "D'Arcy Siobhán", 'O’Brien-N‘Dour ʼ'],
    ['with an emoji', 'Ace 🦊', 'Smith'],
    ['that is one name', '', 'Kofi'],
    ['of one letter', 'K', 'O'],
    ['with markup and SQL in it', '<script>alert(1)</script>', "'); drop table service.person; --"],
    ['that means something to programs', 'null', 'undefined'],
    ['of 100 letters each', '𝒳'.repeat(100), 'Ж'.repeat(100)],
  ])('keeps a name %s, and shows it as it is', async (_what, givenNames, familyName) => {
    expect((await browser.send(form, { givenNames, familyName })).status).toBe(303);
    expect((await kept()).slice(0, 2)).toEqual([givenNames, familyName]);
    const { fields } = await browser.open(`/people/${personId}/edit`, 'version');
    expect(fields).toMatchObject({ givenNames, familyName });
    const page = await browser.get(`/people/${personId}`);
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('<script>alert');
  });

  test.each([
    ['29 February of a leap year', ['29', '2', '2008'], '2008-02-29'],
    ['a month in words', ['1', 'March', '2011'], '2011-03-01'],
    ['a day and a month with spaces and noughts', [' 03 ', '04', '2010'], '2010-04-03'],
  ])('keeps a birthday of %s', async (_what, [day = '', month = '', year = ''], date) => {
    expect((await browser.send(form, born(day, month, year))).status).toBe(303);
    expect((await kept())[3]).toBe(date);
  });

  test.each([
    ['29 February of a common year', ['29', '2', '2011'], 'must be a real date'],
    ['29 February of 1900', ['29', '2', '1900'], 'must be a real date'],
    ['31 April', ['31', '4', '2010'], 'must be a real date'],
    ['a day too many', ['32', '1', '2010'], 'must be a real date'],
    ['a month that is none', ['1', '13', '2010'], 'must be a real date'],
    ['the year nought', ['1', '1', '0000'], 'must be'],
    ['two numbers of the year', ['1', '1', '10'], 'must have a year of four numbers'],
    ['digits of another script', ['٣', '٤', '٢٠١٠'], 'must'],
    ['the day after tomorrow', inTwoDays(), 'must be today or in the past'],
    ['a year too far', ['1', '1', '9999'], 'must be today or in the past'],
    ['no month', ['1', '', '2010'], 'must include a month'],
  ])(
    'refuses a birthday of %s, and keeps the one it had',
    async (_what, [day = '', month = '', year = ''], words) => {
      const before = await kept();
      const reply = await browser.send(form, born(day, month, year));
      expect(reply.status).toBe(422);
      expect(faultsOf(reply.body)).toEqual([expect.stringMatching(new RegExp(`^Date of birth ${words}`))]);
      expect(await kept()).toEqual(before);
    },
  );

  test('keeps a birthday that is not known, or not quite', async () => {
    expect((await browser.send(form, { ...born('', '', ''), precision: 'not-known' })).status).toBe(303);
    expect((await kept()).slice(3)).toEqual([null, 'not-known']);
    const again = await browser.open(`/people/${personId}/edit`, 'version');
    expect((await browser.send(again, { ...born('29', '2', '2008'), precision: 'approximate' })).status).toBe(
      303,
    );
    expect((await kept()).slice(3)).toEqual(['2008-02-29', 'approximate']);
  });
});

/** A date of birth as it is typed. */
const born = (day: string, month: string, year: string): Fields => ({
  precision: 'exact',
  'dateOfBirth-day': day,
  'dateOfBirth-month': month,
  'dateOfBirth-year': year,
});

/** A day that is in the future in London, whatever the hour is here. */
function inTwoDays(): [string, string, string] {
  const then = new Date(Date.now() + 2 * 24 * 3_600_000);
  return [String(then.getUTCDate()), String(then.getUTCMonth() + 1), String(then.getUTCFullYear())];
}

describe('a request that no browser sends', () => {
  /** Sends bytes as they are and gives the status of each answer, once the server has hung up. */
  async function sendBytes(bytes: string, { hangUp = false } = {}): Promise<number[]> {
    const { hostname, port } = new URL(given.url);
    const socket = connect(Number(port), hostname);
    let said = '';
    socket.on('data', (words) => {
      said += words;
    });
    socket.on('error', () => undefined); // it may hang up before it has heard all
    socket.write(bytes.replace('COOKIE', coordinator.cookie), 'latin1');
    if (hangUp) socket.end();
    socket.setTimeout(10_000, () => socket.destroy());
    await new Promise((closed) => socket.once('close', closed));
    return [...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  }

  const get = (path: string, headers = '') =>
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: COOKIE\r\nconnection: close\r\n${headers}\r\n`;
  const post = (headers: string, body: string) =>
    `POST /search HTTP/1.1\r\nhost: localhost\r\ncookie: COOKIE\r\nconnection: close\r\n${headers}\r\n${body}`;

  test.each([
    ['an address that is very long', get(`/people/${'a'.repeat(10_000)}`)],
    ['an address longer than its whole head may be', get(`/${'a'.repeat(100_000)}`)],
    ['a question longer than any', get(`/queue?${'a=1&'.repeat(3_000)}`)],
    ['an address of no characters', get('/people/%E0%A4%A')],
    ['an address with a null byte', get('/people/%00')],
    ['an address that climbs', get('/../../../etc/passwd')],
    ['an address of another site', get('http://elsewhere.example/')],
    ['an address without a slash', get('queue')],
    ['a question of no characters', get('/queue?before=%E0%A4%A&after=%&=%00')],
    ['raw bytes in the address', get('/people/\u00ff\u00fe')],
    ['a head larger than any', get('/queue', `x-large: ${'a'.repeat(70_000)}\r\n`)],
    ['a hundred thousand little headers', get('/queue', 'x: y\r\n'.repeat(100_000))],
    ['a header without a name', get('/queue', ': value\r\n')],
    ['a header with a null byte', get('/queue', 'x-odd: a\0b\r\n')],
    ['a header folded over lines', get('/queue', 'x-odd: a\r\n b\r\n')],
    ['bytes of no script in a header', get('/queue', 'user-agent: \u00ff\u00fe\u0080\r\n')],
    ['two lengths', post('content-length: 3\r\ncontent-length: 5\r\n', 'a=1')],
    ['a length and pieces', post('content-length: 3\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\n')],
    ['a length below nothing', post('content-length: -1\r\n', 'a=1')],
    ['pieces that are none', post('transfer-encoding: chunked\r\n', 'nonsense\r\n')],
    [
      'a body that is said to be packed',
      post(
        'content-type: application/x-www-form-urlencoded\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n',
        'a=1',
      ),
    ],
    ['no host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['a version there is not', 'GET / HTTP/9.9\r\nhost: localhost\r\n\r\n'],
    ['a method there is not', 'STEAL / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'],
    ['something that is not HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
  ])('with %s is refused or answered, and nobody else is disturbed', async (_what, bytes) => {
    expect(await sendBytes(bytes)).toEqual([expect.toSatisfy((status: number) => status < 500)]);
    const another = new PlainBrowser(given.url, { cookie: coordinator.cookie });
    expect((await another.get('/queue')).status).toBe(200);
  });

  test.each([
    ['in its head', 'GET /queue HTTP/1.1\r\nhost: loc'],
    ['in its body', post('content-type: application/x-www-form-urlencoded\r\ncontent-length: 99\r\n', 'a=1')],
  ])('that is cut short %s is given up', async (_where, bytes) => {
    expect(await sendBytes(bytes, { hangUp: true })).toEqual([400]);
  });

  test.each([
    ['that are not closed', 'homeward-session='],
    ['of a null byte', 'homeward-session=%00'],
    ['of half an escape', 'homeward-session=%'],
    ['of bytes that are no character', 'homeward-session=%ED%A0%80; homeward-visit=%C3%28'],
    ['with nothing in them', ';;;=;=;'],
    ['that are quoted', 'homeward-session="; DROP'],
    ['very long', `homeward-session=${'a'.repeat(8_000)}`],
    ['by the hundred', Array.from({ length: 500 }, (_, n) => `c${n}=${n}`).join('; ')],
    ['that name what every object has', '__proto__=x; constructor=y; toString=z'],
    ['with a notice of odd bytes', 'homeward-notice=%00%FF; homeward-notice=!!!'],
    ['of another browser’s visit', 'homeward-visit=\u00ff\u00fe'],
  ])('with cookies %s is answered as one without', async (_what, cookie) => {
    const browser = new PlainBrowser(given.url, { cookie });
    expect((await browser.get('/help')).status).toBe(200);
    const { status, location } = await browser.get('/queue');
    expect([status, location]).toEqual([303, '/sign-in?return=%2Fqueue']);
    expect((await browser.post('/queue', { _csrf: 'x', words: 'y' })).status).toBeLessThan(500);
  });

  test('with headers that say who they are is not believed', async () => {
    for (const headers of [
      { 'x-forwarded-for': "127.0.0.1'; drop table audit.entry; --" },
      { 'x-forwarded-for': '\u00ff, 1.2.3.4, , ,' },
      { forwarded: 'for="[::1]"; by=unknown' },
      { 'x-http-method-override': 'DELETE' },
      { range: 'bytes=0-1,2-3,99999999999999-' },
      { 'if-modified-since': 'never' },
      { accept: 'x/'.repeat(2_000) },
      { 'accept-language': '\u00ff;q=9' },
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { host: '"><script>' },
    ]) {
      const browser = new PlainBrowser(given.url, { cookie: coordinator.cookie, ...headers });
      const { status, body } = await browser.get('/queue');
      expect(status, JSON.stringify(headers)).toBe(200);
      expect(body).not.toContain('"><script>');
    }
  });
});
