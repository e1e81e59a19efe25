import { z } from 'zod';
import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, parsePlainDate } from '../platform/clock/plain-date.ts';
import { type Body, readForm } from '../platform/forms/read-form.ts';
import { parsePostcode } from '../platform/text/postcode.ts';
import { wordFor } from '../reference/code-lists.ts';
import { Answers, type Said } from './referral-answers-so-far.ts';
import { type BirthTold, birthTold } from './referral-birth.ts';
import { formOfPart, parts, sectionOf } from './referral-form.ts';
import { aboutYou, isCouncilService } from './referral-form-beginning.ts';
import { hasNotKnownBox, notKnownBox, type Part, type Question } from './referral-question.ts';

/**
 * Reads what was saved of the pages into answers, page after page: what was not asked is not there.
 * @param saved the fields of a page as a browser sends them; undefined where it was not saved.
 * @param today the day on which ages are counted.
 */
export function readAnswers(saved: (part: Part) => Body | undefined, today: PlainDate): Answers {
  const answers = new Answers(today);
  for (const part of parts) readPart(answers, part, saved(part));
  return answers;
}

/** Reads one page on to the answers before it. */
function readPart(answers: Answers, part: Part, fields: Body | undefined): void {
  const isAsked = part.isAsked?.(answers) ?? true;
  const read = isAsked && fields ? readForm(formOfPart(part), fields) : null;
  for (const question of part.questions)
    answers.pass(
      question.key,
      isAsked && isAskedOf(question, answers) ? saidTo(question, read?.ok ? read.value : {}) : null,
    );
}

/** Whether a question is asked, given all that was answered before it, on its own page too. */
export function isAskedOf({ under, isAsked }: Question, answers: Answers): boolean {
  if (under && !answers.is(under.key, under.code) && !answers.ticked(under.key).includes(under.code))
    return false;
  return isAsked?.(answers) ?? true;
}

function saidTo(question: Question, page: Record<string, unknown>): Said {
  const value = page[question.key];
  const box = hasNotKnownBox(question) ? page[notKnownBox(question.key)] : undefined;
  return {
    words: typeof value === 'string' ? value : '',
    ticked: Array.isArray(value) ? value.map(String) : [],
    notKnown: Array.isArray(box) && box.length > 0,
  };
}

/**
 * One answer as it read when the referral was sent: the question's own words, the answer's, and the code or text behind
 * them. `null` was not answered, which is not the same as `not-known`.
 */
export interface ReadAnswer {
  /** The heading it stood under, and the page. */
  section: string;
  page: string;
  key: string;
  question: string;
  answer: string;
  value: string | null;
}

/** The answers as the database keeps them with a referral. */
export const keptAnswers = z.array(
  z.object({
    section: z.string().default('What was answered'),
    page: z.string(),
    key: z.string(),
    question: z.string(),
    answer: z.string(),
    value: z.string().nullable(),
  }),
);
export type KeptAnswer = z.output<typeof keptAnswers>[number];

/** The questions whose answers tell whom a referral came from, and what was said of telling it. */
const tellsTheSource: ReadonlySet<string> = new Set([
  ...aboutYou.parts.flatMap(({ questions }) => questions.map(({ key }) => key)),
  'sourceMayBeTold',
]);

/** The answers for a borough that may not be told whom a referral came from. */
export const answersWithoutSource = (answers: readonly KeptAnswer[]): KeptAnswer[] =>
  answers.filter(({ key }) => !tellsTheSource.has(key));

/**
 * Every question that was asked, with its answer, in the order of the pages.
 * @param areaName the name of the council that was chosen.
 */
export function answersAsRead(answers: Answers, areaName: string): ReadAnswer[] {
  return parts.flatMap((part) => partAsRead(part, answers, areaName));
}

/** The answers of one page. */
export function partAsRead(part: Part, answers: Answers, areaName: string): ReadAnswer[] {
  const section = sectionOf(part).title;
  return part.questions.flatMap((question) => {
    const said = answers.said(question.key);
    if (said === null) return [];
    const { key, asks } = question;
    return [{ section, page: part.name, key, question: asks, ...inWords(question, said, areaName) }];
  });
}

function inWords(question: Question, said: Said, areaName: string): Pick<ReadAnswer, 'answer' | 'value'> {
  if (said.notKnown) return { answer: 'Not known', value: 'not-known' };
  if (said.words === '' && said.ticked.length === 0) return { answer: 'Not answered', value: null };
  switch (question.kind) {
    case 'choice':
    case 'list':
      return { answer: wordFor(question.options, said.words), value: said.words };
    case 'ticks':
      return {
        answer: said.ticked.map((code) => wordFor(question.options, code)).join('\n'),
        value: said.ticked.join(';'),
      };
    case 'date': {
      const date = parsePlainDate(said.words);
      return { answer: date === undefined ? said.words : formatDate(date), value: said.words };
    }
    case 'area':
      return { answer: areaName, value: said.words };
    case 'line':
    case 'words': {
      const words = question.key === 'postcode' ? regularPostcode(said.words) : said.words;
      return { answer: words, value: words };
    }
  }
}

/** Answers in the groups that they were asked in. */
export function inSections<Answer extends { section: string }>(
  answers: readonly Answer[],
): { section: string; answers: Answer[] }[] {
  const groups: { section: string; answers: Answer[] }[] = [];
  for (const answer of answers) {
    const last = groups.at(-1);
    if (last?.section === answer.section) last.answers.push(answer);
    else groups.push({ section: answer.section, answers: [answer] });
  }
  return groups;
}

/** What a referral says of the young person, as it is matched, listed and counted. */
export interface ReferredPerson extends BirthTold {
  givenNames: string;
  /** The only name of somebody with one; empty where no name is known. */
  familyName: string;
  knownAs: string;
  gender: string;
  ethnicity: string;
  /** Empty where there is none, or it is not known. */
  postcode: string;
  area: string;
}

export function referredPerson(answers: Answers): ReferredPerson {
  return {
    givenNames: answers.words('givenNames'),
    familyName: answers.words('familyName') || answers.words('onlyName'),
    knownAs: answers.words('knownAs'),
    ...birthTold(answers),
    gender: answers.words('gender'),
    ethnicity: answers.words('ethnicity'),
    postcode: regularPostcode(answers.words('postcode')),
    area: answers.words('area'),
  };
}

/**
 * What a referral tells that figures count, in the codes of the import format; null is not recorded. "Not known" and "not
 * answered" are one in a figure, and are told apart in the answers.
 */
export function whatIsCounted(answers: Answers) {
  const told = (key: string): string | null => {
    const words = answers.words(key);
    return words === '' || words === 'not-known' ? null : words;
  };
  const disabilities = answers.ticked('disabilities');
  const longest = answers.words('longestMissingDays');
  const missingLinked = { linked: 'yes', 'not-linked': 'no', no: 'no', 'not-known': 'unknown' };
  return {
    safe_now: answers.words('safeNow') || null,
    education_status: told('educationStatus'),
    education_setting: told('educationSetting'),
    social_care_status: told('socialCareStatus'),
    disabilities:
      disabilities.length === 0 || disabilities.includes('not-known')
        ? null
        : disabilities.filter((code) => code !== 'none'),
    gang_link: told('gangLink'),
    missing_linked: missingLinked[answers.words('missing') as keyof typeof missingLinked] ?? null,
    longest_missing_days: longest === '' ? null : Number(longest),
    linked_force: told('linkedForce'),
    linked_town: told('linkedTown'),
    referring_area: referringForce(answers),
    local_authority_team: isCouncilService(answers.words('agencyKind')) ? told('team') : null,
  };
}

/** The force that refers: some agencies are one. */
function referringForce(answers: Answers): string | null {
  switch (answers.words('agencyKind')) {
    case 'metropolitan-police':
      return 'metropolitan';
    case 'british-transport-police':
      return 'btp';
    default: {
      const force = answers.words('referringArea');
      return force === '' || force === 'not-known' ? null : force;
    }
  }
}

function regularPostcode(typed: string): string {
  return parsePostcode(typed) ?? typed;
}
