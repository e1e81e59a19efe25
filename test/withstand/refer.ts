import { type Fields, faultsOf, type OpenForm, type PlainBrowser } from './plain-browser.ts';

/** Answers that a referrer may give to the three pages of a referral, and go on with each. */
export const answers = {
  you: {
    yourName: 'Rowan Ash',
    role: 'Designated safeguarding lead',
    agencyKind: 'education',
    agencyName: 'Ashgrove Academy',
    team: '',
    phone: '020 7946 0000',
    kind: 'intervention',
    youngPersonKnows: 'yes',
    consents: 'yes',
    withoutConsent: '',
  },
  'young-person': {
    nameKnown: 'full',
    givenNames: 'Tolu',
    familyName: 'Adeyemi',
    onlyName: '',
    knownAs: '',
    birthKnown: 'exact',
    'dateOfBirth-day': '29',
    'dateOfBirth-month': '2',
    'dateOfBirth-year': '2008',
    about: '',
    gender: 'female',
    ethnicity: 'NOBT',
    postcodeKnown: 'not-known',
    postcode: '',
    area: 'E09000022',
  },
  concern: {
    safeNow: 'yes',
    whatIsHappening: 'Comes to school with new phones and will not say where they are from.',
    whyCountyLines: 'Train tickets to the coast.',
    peopleAndPlaces: '',
    peopleAndPlacesNotKnown: 'yes',
    missing: 'no',
    missingDetails: '',
    socialCareTold: 'yes',
    socialCareWho: '',
    nrm: 'no',
    safeContact: 'Through school, in lessons.',
  },
} as const satisfies Record<string, Fields>;

/** Starts a draft and gives its address. @throws Error when it is not started. */
export async function startDraft(client: PlainBrowser): Promise<string> {
  const { status, location } = await client.send(await client.open('/refer', '_submission'));
  if (status !== 303 || !location.endsWith('/you')) throw new Error(`No draft: ${status} ${location}`);
  return location.slice(0, -'/you'.length);
}

/**
 * Answers the pages of a draft up to the last look before sending, and gives that page's form.
 * @throws Error when a page does not take its answers.
 */
export async function answerAll(
  client: PlainBrowser,
  draft: string,
  instead: Partial<Record<keyof typeof answers, Fields>> = {},
): Promise<OpenForm> {
  for (const [part, given] of Object.entries(answers)) {
    const path = `${draft}/${part}`;
    const form = await client.open(path, 'version');
    const { status, body } = await client.send(form, { ...given, ...instead[part as keyof typeof answers] });
    if (status !== 303) throw new Error(`${path} is not taken: ${status} ${faultsOf(body).join('; ')}`);
  }
  return client.open(`${draft}/check`, 'version');
}
