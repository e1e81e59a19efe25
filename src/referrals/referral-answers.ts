import { z } from 'zod';
import { formatDate } from '../platform/clock/london-time.ts';
import { addMonths, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import { parsePostcode } from '../platform/text/postcode.ts';
import {
  agencyKinds,
  type CodedWord,
  type DatePrecision,
  ethnicities,
  genders,
  wordFor,
  yesNoNotKnown,
} from '../reference/code-lists.ts';
import type { WholeReferral } from './referral-draft.ts';
import {
  ageOrYear,
  consentAnswers,
  firstResponders,
  kindsOfReferral,
  lawfulReasons,
  missingAnswers,
  nameKnowledge,
  type Part,
  postcodeKnowledge,
  questions,
} from './referral-form.ts';

/**
 * One answer as it read when the referral was sent: the question's own words, the answer's, and the code or text behind
 * them. `null` was not answered, which is not the same as `not-known`.
 */
export interface ReadAnswer {
  page: Part;
  key: string;
  question: string;
  answer: string;
  value: string | null;
}

/** The answers as the database keeps them with a referral. */
export const keptAnswers = z.array(
  z.object({
    page: z.string(),
    key: z.string(),
    question: z.string(),
    answer: z.string(),
    value: z.string().nullable(),
  }),
);
export type KeptAnswer = z.output<typeof keptAnswers>[number];

const NOT_KNOWN = { answer: 'Not known', value: 'not-known' };
const word = (list: readonly CodedWord[], code: string) => ({ answer: wordFor(list, code), value: code });
const typed = (words: string) =>
  words === '' ? { answer: 'Not answered', value: null } : { answer: words, value: words };
const typedOrNotKnown = (words: string, notKnown: readonly string[]) =>
  notKnown.length > 0 ? NOT_KNOWN : typed(words);

/** Gathers the answers of a page, each beside the words of its question. */
class PageAsRead<Page extends Part> {
  readonly answers: ReadAnswer[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  add(key: keyof (typeof questions)[Page] & string, given: { answer: string; value: string | null }): void {
    const asked: Record<string, string> = questions[this.#page];
    this.answers.push({ page: this.#page, key, question: asked[key] ?? key, ...given });
  }
}

/**
 * Every question that this referral was asked, with its answer, in the order of the pages. A question that earlier
 * answers made pointless was not asked, whatever is still in its box.
 *
 * @param areaName the name of the council that was chosen.
 */
export function answersAsRead(referral: WholeReferral, areaName: string): ReadAnswer[] {
  return [
    ...youAsRead(referral.you),
    ...youngPersonAsRead(referral['young-person'], areaName),
    ...concernAsRead(referral.concern, referral.you.kind),
  ];
}

/** The answers of the first page. */
export function youAsRead(you: WholeReferral['you']): ReadAnswer[] {
  const page = new PageAsRead('you');
  page.add('yourName', typed(you.yourName));
  page.add('role', typed(you.role));
  page.add('agencyKind', word(agencyKinds, you.agencyKind));
  page.add('agencyName', typed(you.agencyName));
  page.add('team', typed(you.team));
  page.add('phone', typed(you.phone));
  page.add('kind', word(kindsOfReferral, you.kind));
  if (you.kind === 'intervention') {
    if (you.youngPersonKnows !== undefined)
      page.add('youngPersonKnows', word(yesNoNotKnown, you.youngPersonKnows));
    if (you.consents !== undefined) page.add('consents', word(consentAnswers, you.consents));
    if (you.consents !== 'yes' || you.youngPersonKnows !== 'yes')
      page.add('withoutConsent', typed(you.withoutConsent));
  } else {
    if (you.lawfulReason !== undefined) page.add('lawfulReason', word(lawfulReasons, you.lawfulReason));
    page.add('lawfulReasonMore', typed(you.lawfulReasonMore));
  }
  return page.answers;
}

/** The answers of the second page. */
export function youngPersonAsRead(they: WholeReferral['young-person'], areaName: string): ReadAnswer[] {
  const page = new PageAsRead('young-person');
  page.add('nameKnown', word(nameKnowledge, they.nameKnown));
  if (they.nameKnown === 'full') {
    page.add('givenNames', typed(they.givenNames));
    page.add('familyName', typed(they.familyName));
  }
  if (they.nameKnown === 'one') page.add('onlyName', typed(they.onlyName));
  page.add('knownAs', typed(they.knownAs));
  if (they.birthKnown === 'exact' && they.dateOfBirth !== null)
    page.add('dateOfBirth', { answer: formatDate(they.dateOfBirth), value: they.dateOfBirth });
  else if (they.birthKnown === 'approximate') page.add('about', typed(they.about));
  else page.add('dateOfBirth', NOT_KNOWN);
  page.add('gender', word(genders, they.gender));
  page.add('ethnicity', word(ethnicities, they.ethnicity));
  if (they.postcodeKnown === 'known') page.add('postcode', typed(regularPostcode(they.postcode)));
  else page.add('postcode', word(postcodeKnowledge, they.postcodeKnown));
  page.add('area', { answer: areaName, value: they.area });
  return page.answers;
}

/** The answers of the third page. @param kind of the referral: intelligence asks for no contact. */
export function concernAsRead(
  concern: WholeReferral['concern'],
  kind: WholeReferral['you']['kind'],
): ReadAnswer[] {
  const page = new PageAsRead('concern');
  page.add('safeNow', word(yesNoNotKnown, concern.safeNow));
  page.add('whatIsHappening', typed(concern.whatIsHappening));
  page.add('whyCountyLines', typedOrNotKnown(concern.whyCountyLines, concern.whyCountyLinesNotKnown));
  page.add('peopleAndPlaces', typedOrNotKnown(concern.peopleAndPlaces, concern.peopleAndPlacesNotKnown));
  page.add('missing', word(missingAnswers, concern.missing));
  if (concern.missing === 'linked') page.add('missingDetails', typed(concern.missingDetails));
  page.add('socialCareTold', word(yesNoNotKnown, concern.socialCareTold));
  if (concern.socialCareTold === 'yes') page.add('socialCareWho', typed(concern.socialCareWho));
  page.add('nrm', word(yesNoNotKnown, concern.nrm));
  if (concern.nrm === 'yes' && concern.firstResponder !== undefined)
    page.add('firstResponder', word(firstResponders, concern.firstResponder));
  if (kind === 'intervention')
    page.add('safeContact', typedOrNotKnown(concern.safeContact, concern.safeContactNotKnown));
  return page.answers;
}

/** What a referral says of the young person, as it is matched, listed and counted. */
export interface ReferredPerson {
  givenNames: string;
  /** The only name of somebody with one; empty where no name is known. */
  familyName: string;
  knownAs: string;
  dateOfBirth: PlainDate | null;
  dateOfBirthPrecision: DatePrecision;
  gender: string;
  ethnicity: string;
  /** Empty where there is none, or it is not known. */
  postcode: string;
  area: string;
}

/** @param today for an age that is given in years. */
export function referredPerson(they: WholeReferral['young-person'], today: PlainDate): ReferredPerson {
  return {
    givenNames: they.nameKnown === 'full' ? they.givenNames : '',
    familyName: they.nameKnown === 'full' ? they.familyName : they.nameKnown === 'one' ? they.onlyName : '',
    knownAs: they.knownAs,
    ...birthOf(they, today),
    gender: they.gender,
    ethnicity: they.ethnicity,
    postcode: they.postcodeKnown === 'known' ? regularPostcode(they.postcode) : '',
    area: they.area,
  };
}

/** An age or a year stands for the middle of the year it could be: no guess is further out. Never after today. */
function birthOf(
  they: Pick<WholeReferral['young-person'], 'birthKnown' | 'dateOfBirth' | 'about'>,
  today: PlainDate,
): Pick<ReferredPerson, 'dateOfBirth' | 'dateOfBirthPrecision'> {
  if (they.birthKnown === 'exact' && they.dateOfBirth !== null)
    return { dateOfBirth: they.dateOfBirth, dateOfBirthPrecision: 'exact' };
  const about = they.birthKnown === 'approximate' ? ageOrYear(they.about) : null;
  if (about === null) return { dateOfBirth: null, dateOfBirthPrecision: 'not-known' };
  const middle = 'year' in about ? plainDate(`${about.year}-07-01`) : addMonths(today, -(12 * about.age + 6));
  return { dateOfBirth: middle < today ? middle : today, dateOfBirthPrecision: 'approximate' };
}

function regularPostcode(typedPostcode: string): string {
  return parsePostcode(typedPostcode) ?? typedPostcode;
}
