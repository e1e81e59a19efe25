import { fieldNames } from '../../src/referrals/referral-draft.ts';
import { formOfPart, parts } from '../../src/referrals/referral-form.ts';
import { hasNotKnownBox, notKnownBox, type Part } from '../../src/referrals/referral-question.ts';
import type { HttpVisitor, Reply } from '../support/http-visitor.ts';

export type Fields = Readonly<Record<string, string | string[]>>;

/** A small whole referral for support: every page that cannot be left out, and some that can, by the page's name. */
export const smallReferral = {
  danger: { safeNow: 'yes' },
  criteria: { criteria: ['used'] },
  kind: { kind: 'intervention' },
  you: {
    yourName: 'Ros Avery',
    role: 'Social worker',
    phone: '020 7946 0000',
    agencyKind: 'childrens-social-care',
  },
  agency: { agencyName: 'Lambeth Council', team: 'Adolescents' },
  name: { nameKnown: 'full', givenNames: 'Amina', familyName: 'Bello', onlyName: '', knownAs: '' },
  birth: {
    birthKnown: 'exact',
    'dateOfBirth-day': '29',
    'dateOfBirth-month': '2',
    'dateOfBirth-year': '2012',
    about: '',
  },
  'gender-and-ethnicity': { gender: 'female', ethnicity: 'BAFR' },
  home: { postcodeKnown: 'known', postcode: 'sw1a1aa' },
  council: { area: 'E09000022' },
  consent: { youngPersonKnows: 'yes', consents: 'not-asked', withoutConsent: '' },
  sharing: { lawfulReason: 'prevent-crime', lawfulReasonMore: '' },
  contact: { safeContact: 'Through the school office, mornings only' },
  concern: { whatIsHappening: 'Two new phones, and days away from home.' },
  'county-lines': { countyLines: 'suspected', whyCountyLines: 'Train tickets to the coast.' },
  'social-care': { socialCareTold: 'yes', socialCareWho: '' },
  nrm: { nrm: 'no' },
  people: { peopleAndPlaces: '', peopleAndPlacesNotKnown: 'yes' },
  missing: { missing: 'linked' },
  'missing-episodes': { missingDetails: 'Three nights in May' },
} satisfies Readonly<Record<string, Fields>>;

/**
 * What a referral is answered with on each page, in the order of the pages.
 * @throws Error when no page asks what is to be changed.
 */
export function answersWith(changes: Fields): [part: string, fields: Fields][] {
  const small: Readonly<Record<string, Fields>> = smallReferral;
  const left = new Set(Object.keys(changes));
  const answered = parts.flatMap((part): [string, Fields][] => {
    const own = fieldNames(formOfPart(part)).filter((name) => left.delete(name));
    const usual = small[part.name];
    if (!usual && own.length === 0) return [];
    return [[part.name, { ...usual, ...Object.fromEntries(own.map((name) => [name, changes[name] ?? ''])) }]];
  });
  if (left.size > 0) throw new Error(`No page of a referral asks ${[...left].join(', ')}`);
  return answered;
}

/** Fields that the form of a page takes as they are: what must be answered is, and whatever can be is not known. */
export function fieldsThatReadWell({ name, questions }: Part): Readonly<Record<string, string>> {
  const small: Readonly<Record<string, Fields>> = smallReferral;
  const fields: Record<string, string> = {};
  for (const question of questions) {
    const { key, kind } = question;
    const usual = hasNotKnownBox(question) ? undefined : small[name]?.[key];
    if (kind === 'date')
      for (const part of ['day', 'month', 'year'])
        fields[`${key}-${part}`] = String(small[name]?.[`${key}-${part}`] ?? '');
    else if (usual !== undefined) fields[key] = [usual].flat().join();
    else if (kind !== 'ticks') fields[key] = '';
    if (hasNotKnownBox(question)) fields[notKnownBox(key)] = 'yes';
  }
  return fields;
}

/** Starts a draft and gives the path its pages are under. */
export async function startDraft(referrer: HttpVisitor): Promise<string> {
  const started = await referrer.fill('/refer');
  return (started.location ?? '').replace(/\/danger$/, '');
}

/** Writes a draft that can be sent, and gives the path its pages are under. @param changes by the name of the field. */
export async function writeDraft(referrer: HttpVisitor, changes: Fields = {}): Promise<string> {
  const draft = await startDraft(referrer);
  for (const [part, fields] of answersWith(changes)) {
    const page = await referrer.get(`${draft}/${part}`);
    // The answers before it made it pointless.
    if (page.status === 303) continue;
    await saved(await referrer.send(page, fields));
  }
  return draft;
}

/** Writes a draft and sends it: the path of the referral that was made. */
export async function sendReferral(referrer: HttpVisitor, changes: Fields = {}): Promise<string> {
  const draft = await writeDraft(referrer, changes);
  return (await saved(await referrer.fill(`${draft}/check`))).location ?? '';
}

async function saved(reply: Reply): Promise<Reply> {
  if (reply.status !== 303) throw new Error(`${reply.path} was not taken (${reply.status}): ${reply.text}`);
  return reply;
}
