import { z } from 'zod';
import { choices, date, onlyAsked, spread, type TextRule, text } from '../platform/forms/fields.ts';
import type { CodedWord } from '../reference/code-lists.ts';
import type { Answers } from './referral-answers-so-far.ts';

/**
 * A question of the referral, as data: what it asks, what it takes for an answer, and when it matters. "Not known" is an
 * answer, by a code of the list or by a box beside the field; a field that is left empty was not answered.
 */
export type Question =
  | LineQuestion
  | WordsQuestion
  | ChoiceQuestion
  | TicksQuestion
  | DateQuestion
  | AreaQuestion;

interface Asked {
  /** Of this question alone in the whole form; the browser's field has the same name. */
  key: string;
  /** The question in the words it is asked with; the answer is kept beside them. */
  asks: string;
  hint?: string;
  /** What to say when it is not answered; without this it may be left empty. */
  needed?: string;
  /** An answer on the same page that leads to it: it stands under that choice. */
  under?: { key: string; code: string };
  /** Whether the answers on earlier pages leave it worth asking. */
  isAsked?(answers: Answers): boolean;
}

/** Words that somebody types, with what faults call them: "Date of birth must be a real date". */
interface Typed extends Asked {
  called: string;
  /** Whether "Not known" can be ticked instead; only what the referrer must know, or has just said they know, has none. */
  orNotKnown: boolean;
}

export interface LineQuestion extends Typed {
  kind: 'line';
  most: number;
  type?: 'text' | 'tel' | 'email';
  inputmode?: 'numeric';
  autocomplete?: string;
  width?: 'short' | 'half' | 'full';
  /** What is typed must hold to, when something is. */
  rule?: TextRule;
}

export interface WordsQuestion extends Typed {
  kind: 'words';
  most: number;
  rows?: number;
}

export interface ChoiceQuestion extends Asked {
  /** `list` is for long lists, which are typed into and searched where a script runs. */
  kind: 'choice' | 'list';
  options: readonly CodedWord[];
  hints?: Readonly<Partial<Record<string, string>>>;
  /** What to tell somebody who makes this choice, under it. */
  tells?: Readonly<Partial<Record<string, string>>>;
}

export interface TicksQuestion extends Asked {
  kind: 'ticks';
  options: readonly CodedWord[];
  hints?: Readonly<Partial<Record<string, string>>>;
  tells?: Readonly<Partial<Record<string, string>>>;
  /** Codes that say something of all the others, such as "none of these", and so stand alone. */
  alone: readonly string[];
}

/** A day that has been, unless `future` says that it may be to come. */
export interface DateQuestion extends Typed {
  kind: 'date';
  future?: true;
}

/** Which council is responsible: a list that the service keeps. */
export interface AreaQuestion extends Asked {
  kind: 'area';
  needed: string;
}

/** The field of the box that says that the answer to a question is not known. */
export const notKnownBox = (key: string): string => `${key}NotKnown`;

/** Whether a question has a box for "Not known". */
export const hasNotKnownBox = (question: Question): question is LineQuestion | WordsQuestion | DateQuestion =>
  'orNotKnown' in question && question.orNotKnown;

/**
 * The form of a page, made of its questions: what is typed in each, and the rules that need nothing but the page. What is
 * left under a choice that was not made is ignored.
 */
export function formOf(questions: readonly Question[]): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const question of questions) {
    const own = { [question.key]: fieldFor(question) };
    if (hasNotKnownBox(question))
      own[notKnownBox(question.key)] = choices(['yes'], 'Tick the box or leave it');
    for (const field of Object.values(own))
      onlyAsked.add(field, { when: (page) => isReached(question, questions, page) });
    Object.assign(shape, own);
  }
  return questions.reduce((form, question) => withRules(form, question, questions), z.object(shape));
}

function fieldFor(question: Question): z.ZodType {
  switch (question.kind) {
    case 'line':
      return text({ called: question.called, most: question.most, rule: question.rule });
    case 'words':
      return text({ called: question.called, most: question.most, lines: 'many' });
    case 'date':
      return date({ called: question.called });
    case 'area':
      return text({ called: 'The council', most: 20 });
    case 'choice':
    case 'list':
      return z
        .string()
        .default('')
        .refine((typed) => typed === '' || question.options.some(({ code }) => code === typed), {
          error: question.needed ?? 'Choose one of the answers',
        });
    case 'ticks':
      return z
        .array(z.string())
        .default([])
        .refine((ticked) => ticked.every((each) => question.options.some(({ code }) => code === each)), {
          error: 'Tick answers from the list',
        })
        .register(spread, { as: 'many' });
  }
}

type Page = Readonly<Record<string, unknown>>;

function withRules(form: z.ZodObject, question: Question, all: readonly Question[]): z.ZodObject {
  let ruled = form;
  const add = (holds: (page: Page) => boolean, message: string) => {
    // Held against whatever was typed, also where other fields are faulty, so that all that is wrong is said at once.
    ruled = ruled.refine(holds, { path: [question.key], message, when: () => true });
  };
  const asked = (page: Page) => isReached(question, all, page);
  const { needed } = question;
  if (needed !== undefined) add((page) => !asked(page) || hasAnswer(question, page), needed);
  if (hasNotKnownBox(question))
    add(
      (page) => !asked(page) || !isTicked(page[notKnownBox(question.key)]) || isBlank(page[question.key]),
      `${question.called}: answer, or tick “Not known”, but not both`,
    );
  if (question.kind === 'ticks') {
    const { alone, options } = question;
    const chosen = (page: Page) =>
      Array.isArray(page[question.key]) ? (page[question.key] as string[]) : [];
    for (const code of alone)
      add(
        (page) => !chosen(page).includes(code) || chosen(page).length === 1,
        `“${options.find((option) => option.code === code)?.text}” cannot be ticked with another answer`,
      );
  }
  return ruled;
}

/** Whether the answers on its own page lead to a question. */
export function isReached(question: Question, all: readonly Question[], page: Page): boolean {
  const { under } = question;
  if (under === undefined) return true;
  const parent = all.find(({ key }) => key === under.key);
  const said = page[under.key];
  const leadsHere = Array.isArray(said) ? said.includes(under.code) : said === under.code;
  return leadsHere && parent !== undefined && isReached(parent, all, page);
}

function hasAnswer(question: Question, page: Page): boolean {
  const said = page[question.key];
  if (question.kind === 'ticks') return isTicked(said);
  return !isBlank(said) || (hasNotKnownBox(question) && isTicked(page[notKnownBox(question.key)]));
}

const isBlank = (value: unknown): boolean => value === '' || value === undefined || value === null;
const isTicked = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** One page of the referral: it asks one thing. */
export interface Part {
  /** Its place in the address, and in a draft. */
  name: string;
  /** The heading of the page. */
  title: string;
  /** What to know before answering, a paragraph each. */
  intro?: readonly string[];
  questions: readonly Question[];
  /** Whether the answers on earlier pages leave it worth asking. */
  isAsked?(answers: Answers): boolean;
}

/** Pages that belong together. */
export interface Section {
  title: string;
  parts: readonly Part[];
}
