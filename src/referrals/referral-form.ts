import { z } from 'zod';
import { choice, choices, date, text } from '../platform/forms/fields.ts';
import { parsePostcode } from '../platform/text/postcode.ts';
import {
  agencyKinds,
  type CodedWord,
  codesOf,
  datePrecisions,
  ethnicities,
  genders,
  yesNoNotKnown,
} from '../reference/code-lists.ts';

/** What a referral asks, page by page, and what it takes for an answer. No answer is needed to be known. */

/** The pages of a referral, in the order they are asked. */
export const parts = ['you', 'young-person', 'concern'] as const;
export type Part = (typeof parts)[number];

export const kindsOfReferral = [
  { code: 'intervention', text: 'Support for the young person' },
  { code: 'intelligence', text: 'Intelligence only' },
] as const satisfies readonly CodedWord[];

export const consentAnswers = [
  { code: 'yes', text: 'Yes' },
  { code: 'no', text: 'No' },
  { code: 'not-asked', text: 'They have not been asked yet' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** Why intelligence may be shared without consent (domain guide 3.3: lawful bases and conditions). */
export const lawfulReasons = [
  { code: 'safeguard-child', text: 'To safeguard a child' },
  { code: 'safeguard-adult', text: 'To safeguard an adult who is at risk' },
  { code: 'prevent-crime', text: 'To prevent or detect a crime' },
  { code: 'legal-duty', text: 'My agency has a legal duty or power to share it' },
  { code: 'other', text: 'Another reason' },
] as const satisfies readonly CodedWord[];

export const nameKnowledge = [
  { code: 'full', text: 'First names and family name' },
  { code: 'one', text: 'One name only' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const postcodeKnowledge = [
  { code: 'known', text: 'I know the postcode' },
  { code: 'no-fixed-address', text: 'They have no fixed address' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const missingAnswers = [
  { code: 'linked', text: 'Yes, and I think it is linked to county lines' },
  { code: 'not-linked', text: 'Yes, but I do not think it is linked' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** Who referred to the NRM: the kinds of first responder that the service counts (import-format.md, nrm.csv). */
export const firstResponders = [
  { code: 'local-authority', text: 'A council' },
  { code: 'police', text: 'Police' },
  { code: 'charity', text: 'A charity' },
  { code: 'border-force', text: 'Border Force' },
  { code: 'other', text: 'Another organisation' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** Every question in the words it is asked with; the answers are kept beside them. */
export const questions = {
  you: {
    yourName: 'Your full name',
    role: 'Your job or role',
    agencyKind: 'What kind of agency do you work for?',
    agencyName: 'Name of your agency or organisation',
    team: 'Your team',
    phone: 'Your work phone number',
    kind: 'What are you asking for?',
    youngPersonKnows: 'Does the young person know about this referral?',
    consents: 'Do they agree to be contacted and offered support?',
    withoutConsent: 'If they do not know or have not agreed, why are you referring now?',
    lawfulReason: 'Why may you share this?',
    lawfulReasonMore: 'Say more about why you may share it',
  },
  'young-person': {
    nameKnown: 'What do you know of their name?',
    givenNames: 'First names',
    familyName: 'Family name',
    onlyName: 'Name',
    knownAs: 'Other names they are known by',
    birthKnown: 'Do you know their date of birth?',
    dateOfBirth: 'Date of birth',
    about: 'Their age, or the year they were born',
    gender: 'Gender',
    ethnicity: 'Ethnic group',
    postcodeKnown: 'Do you know the postcode where they live?',
    postcode: 'Postcode',
    area: 'Which council is responsible for them?',
  },
  concern: {
    safeNow: 'Is the young person safe now?',
    whatIsHappening: 'What is happening?',
    whyCountyLines: 'Why do you think county lines is involved?',
    peopleAndPlaces: 'What is known about the people and places involved?',
    missing: 'Have they gone missing?',
    missingDetails: 'When, for how long, and what is known about where they were',
    socialCareTold: "Have the council's children's or adult social care been told?",
    socialCareWho: 'Which council, which team, and who knows the young person there',
    nrm: 'Has anybody referred them to the National Referral Mechanism (NRM)?',
    firstResponder: 'Who was the first responder?',
    safeContact: 'What are the safe ways to contact them?',
  },
} as const satisfies Record<Part, Record<string, string>>;

/** The most characters each long answer takes. */
export const mostCharacters = {
  withoutConsent: 2_000,
  lawfulReasonMore: 2_000,
  whatIsHappening: 10_000,
  whyCountyLines: 5_000,
  peopleAndPlaces: 5_000,
  missingDetails: 2_000,
  socialCareWho: 500,
  safeContact: 2_000,
} as const;

const longText = (called: string, field: keyof typeof mostCharacters, needed?: string) =>
  text({ called, most: mostCharacters[field], lines: 'many', ...(needed === undefined ? {} : { needed }) });
const notKnown = () => choices(['yes'], 'Tick the box or leave it');

/**
 * A rule between fields. It is held against whatever was typed, also where other fields are faulty, so that everything
 * wrong with a page is said at once.
 */
const rule = (field: string, message: string) => ({ path: [field], message, when: () => true });
const isBlank = (value: unknown): boolean => value === '' || value === undefined;
const isTicked = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

export const youForm = z
  .object({
    yourName: text({ called: 'Your full name', most: 100, needed: 'Enter your full name' }),
    role: text({ called: 'Your job or role', most: 100, needed: 'Enter your job or role' }),
    agencyKind: choice(codesOf(agencyKinds), 'Choose the kind of agency you work for'),
    agencyName: text({ called: 'Name of your agency', most: 200 }),
    team: text({ called: 'Your team', most: 200 }),
    phone: text({ called: 'Your work phone number', most: 40, needed: 'Enter a phone number' }),
    kind: choice(codesOf(kindsOfReferral), 'Choose whether you ask for support, or give intelligence only'),
    youngPersonKnows: choice(
      codesOf(yesNoNotKnown),
      'Choose whether the young person knows about this referral',
    ).optional(),
    consents: choice(codesOf(consentAnswers), 'Choose whether they agree to be contacted').optional(),
    withoutConsent: longText('Why you are referring now', 'withoutConsent'),
    lawfulReason: choice(codesOf(lawfulReasons), 'Choose why you may share this').optional(),
    lawfulReasonMore: longText('Why you may share it', 'lawfulReasonMore'),
  })
  .refine(
    (you) => you.agencyKind === 'self-or-family' || !isBlank(you.agencyName),
    rule('agencyName', 'Enter the name of your agency or organisation'),
  )
  .refine(
    (you) => String(you.phone).replace(/\D/g, '').length >= 10,
    rule('phone', 'Enter a phone number with its area code, like 020 7946 0000'),
  )
  .refine(
    (you) => you.kind !== 'intervention' || you.youngPersonKnows !== undefined,
    rule('youngPersonKnows', 'Choose whether the young person knows about this referral'),
  )
  .refine(
    (you) => you.kind !== 'intervention' || you.consents !== undefined,
    rule('consents', 'Choose whether they agree to be contacted'),
  )
  .refine(
    (you) => you.kind !== 'intelligence' || you.lawfulReason !== undefined,
    rule('lawfulReason', 'Choose why you may share this'),
  )
  .refine(
    (you) => you.kind !== 'intelligence' || you.lawfulReason !== 'other' || !isBlank(you.lawfulReasonMore),
    rule('lawfulReasonMore', 'Enter why you may share it'),
  );

export const youngPersonForm = z
  .object({
    nameKnown: choice(codesOf(nameKnowledge), 'Choose what you know of their name'),
    givenNames: text({ called: 'First names', most: 100 }),
    familyName: text({ called: 'Family name', most: 100 }),
    onlyName: text({ called: 'Name', most: 100 }),
    knownAs: text({ called: 'Other names they are known by', most: 200 }),
    birthKnown: choice(codesOf(datePrecisions), 'Choose whether you know their date of birth'),
    dateOfBirth: date({ called: 'Date of birth' }),
    about: text({ called: 'Their age, or the year they were born', most: 10 }),
    gender: choice(codesOf(genders), 'Choose their gender, or “Not known”'),
    ethnicity: choice(codesOf(ethnicities), 'Choose their ethnic group, or “Not known”'),
    postcodeKnown: choice(codesOf(postcodeKnowledge), 'Choose whether you know the postcode where they live'),
    postcode: text({ called: 'Postcode', most: 20 }),
    area: text({
      called: 'The council responsible',
      most: 20,
      needed: 'Choose the council responsible for them, or “Not known yet”',
    }),
  })
  .refine(
    (they) => they.nameKnown !== 'full' || !isBlank(they.givenNames),
    rule('givenNames', 'Enter their first names'),
  )
  .refine(
    (they) => they.nameKnown !== 'full' || !isBlank(they.familyName),
    rule('familyName', 'Enter their family name'),
  )
  .refine((they) => they.nameKnown !== 'one' || !isBlank(they.onlyName), rule('onlyName', 'Enter their name'))
  .refine(
    (they) => they.birthKnown !== 'exact' || they.dateOfBirth !== null,
    rule('dateOfBirth', 'Enter their date of birth'),
  )
  .refine(
    (they) => they.birthKnown !== 'approximate' || ageOrYear(String(they.about)) !== null,
    rule('about', 'Enter an age like 15, or a year like 2010'),
  )
  .refine(
    (they) => they.postcodeKnown !== 'known' || parsePostcode(String(they.postcode)) !== undefined,
    rule('postcode', 'Enter a full UK postcode, like SW1A 1AA'),
  );

export const concernForm = z
  .object({
    safeNow: choice(codesOf(yesNoNotKnown), 'Choose whether the young person is safe now'),
    whatIsHappening: longText('What is happening', 'whatIsHappening', 'Enter what is happening'),
    whyCountyLines: longText('Why you think county lines is involved', 'whyCountyLines'),
    whyCountyLinesNotKnown: notKnown(),
    peopleAndPlaces: longText('What is known about the people and places', 'peopleAndPlaces'),
    peopleAndPlacesNotKnown: notKnown(),
    missing: choice(codesOf(missingAnswers), 'Choose whether they have gone missing'),
    missingDetails: longText('What is known about when they were missing', 'missingDetails'),
    socialCareTold: choice(codesOf(yesNoNotKnown), 'Choose whether social care have been told'),
    socialCareWho: longText('Which council and team', 'socialCareWho'),
    nrm: choice(codesOf(yesNoNotKnown), 'Choose whether anybody has referred them to the NRM'),
    firstResponder: choice(codesOf(firstResponders), 'Choose who the first responder was').optional(),
    safeContact: longText('Safe ways to contact them', 'safeContact'),
    safeContactNotKnown: notKnown(),
  })
  .refine(
    (concern) => !isBlank(concern.whyCountyLines) || isTicked(concern.whyCountyLinesNotKnown),
    rule('whyCountyLines', 'Enter why you think county lines is involved, or tick “Not known”'),
  )
  .refine(
    (concern) => isBlank(concern.whyCountyLines) || !isTicked(concern.whyCountyLinesNotKnown),
    rule('whyCountyLines', 'Say why you think county lines is involved, or tick “Not known”, but not both'),
  )
  .refine(
    (concern) => !isBlank(concern.peopleAndPlaces) || isTicked(concern.peopleAndPlacesNotKnown),
    rule('peopleAndPlaces', 'Enter what is known about the people and places, or tick “Not known”'),
  )
  .refine(
    (concern) => isBlank(concern.peopleAndPlaces) || !isTicked(concern.peopleAndPlacesNotKnown),
    rule(
      'peopleAndPlaces',
      'Say what is known about the people and places, or tick “Not known”, but not both',
    ),
  )
  .refine(
    (concern) => concern.nrm !== 'yes' || concern.firstResponder !== undefined,
    rule('firstResponder', 'Choose who the first responder was, or “Not known”'),
  )
  .refine(
    (concern) => isBlank(concern.safeContact) || !isTicked(concern.safeContactNotKnown),
    rule('safeContact', 'Say how to contact them safely, or tick “Not known”, but not both'),
  );

export const forms = { you: youForm, 'young-person': youngPersonForm, concern: concernForm } as const;

/** What the pages of a referral are answered with. */
export interface PartAnswers {
  you: z.output<typeof youForm>;
  'young-person': z.output<typeof youngPersonForm>;
  concern: z.output<typeof concernForm>;
}

/** "15" is an age and "2010" a year; null for what is neither. */
export function ageOrYear(typed: string): { age: number } | { year: number } | null {
  if (/^\d{1,2}$/.test(typed)) return { age: Number(typed) };
  if (/^(19|20)\d{2}$/.test(typed)) return { year: Number(typed) };
  return null;
}
