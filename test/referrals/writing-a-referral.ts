import type { HttpVisitor, Reply } from '../support/http-visitor.ts';

type Fields = Record<string, string | readonly string[]>;

/** Answers that every page takes; a test changes what it is about. */
export const you: Fields = {
  yourName: 'Ros Avery',
  role: 'Social worker',
  agencyKind: 'childrens-social-care',
  agencyName: 'Lambeth Council',
  team: 'Adolescents',
  phone: '020 7946 0000',
  kind: 'intervention',
  youngPersonKnows: 'yes',
  consents: 'not-asked',
  withoutConsent: '',
  lawfulReasonMore: '',
};

export const youngPerson: Fields = {
  nameKnown: 'full',
  givenNames: 'Amina',
  familyName: 'Bello',
  onlyName: '',
  knownAs: '',
  birthKnown: 'exact',
  'dateOfBirth-day': '29',
  'dateOfBirth-month': '2',
  'dateOfBirth-year': '2012',
  about: '',
  gender: 'female',
  ethnicity: 'BAFR',
  postcodeKnown: 'known',
  postcode: 'sw1a1aa',
  area: 'E09000022',
};

export const concern: Fields = {
  safeNow: 'yes',
  whatIsHappening: 'Two new phones, and days away from home.',
  whyCountyLines: 'Train tickets to the coast.',
  peopleAndPlaces: '',
  peopleAndPlacesNotKnown: 'yes',
  missing: 'linked',
  missingDetails: 'Three nights in May',
  socialCareTold: 'yes',
  socialCareWho: '',
  nrm: 'no',
  safeContact: 'Through the school office, mornings only',
};

/** Starts a draft and gives the path its pages are under. */
export async function startDraft(referrer: HttpVisitor): Promise<string> {
  const started = await referrer.fill('/refer');
  return (started.location ?? '').replace(/\/you$/, '');
}

/** Writes a whole draft, ready to be checked, and gives the path its pages are under. */
export async function writeDraft(
  referrer: HttpVisitor,
  changes: { you?: Fields; youngPerson?: Fields; concern?: Fields } = {},
): Promise<string> {
  const draft = await startDraft(referrer);
  await saved(await referrer.fill(`${draft}/you`, { ...you, ...changes.you }));
  await saved(await referrer.fill(`${draft}/young-person`, { ...youngPerson, ...changes.youngPerson }));
  await saved(await referrer.fill(`${draft}/concern`, { ...concern, ...changes.concern }));
  return draft;
}

/** Writes a draft and sends it: the path of the referral that was made. */
export async function sendReferral(
  referrer: HttpVisitor,
  changes: Parameters<typeof writeDraft>[1] = {},
): Promise<string> {
  const draft = await writeDraft(referrer, changes);
  return (await saved(await referrer.fill(`${draft}/check`))).location ?? '';
}

async function saved(reply: Reply): Promise<Reply> {
  if (reply.status !== 303) throw new Error(`${reply.path} was not taken (${reply.status}): ${reply.text}`);
  return reply;
}
