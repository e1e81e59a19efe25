import { formatDate } from '../platform/clock/london-time.ts';
import { addMonths, daysBetween, type PlainDate } from '../platform/clock/plain-date.ts';
import { workingDaysBetween } from '../platform/clock/working-days.ts';
import type { Role } from '../platform/database/transaction.ts';
import type { Code, CodedWord } from '../reference/code-lists.ts';

/** What can be asked of whom, who may ask, and what may be done with it when. Pure: no I/O here. */

export const requestKinds = ['information', 'intelligence-check', 'consultation', 'borough'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** A kind as an address or a form says it; null for what is none. */
export function kindFrom(text: string | undefined): RequestKind | null {
  return requestKinds.find((kind) => kind === text) ?? null;
}

/** What is asked for, as people call it. */
export const kindInWords: Readonly<Record<RequestKind, string>> = {
  information: 'Question to the referrer',
  'intelligence-check': 'Intelligence check',
  consultation: 'Case consultation',
  borough: 'Question to the borough',
};

/** What a borough can be asked for besides what is typed. */
export const topics = [
  { code: 'local-provision', text: 'What local provision there is' },
  { code: 'social-worker', text: 'Who the social worker is' },
  { code: 'known-risks', text: 'What risks the borough knows of' },
] as const satisfies readonly CodedWord[];
export type Topic = Code<typeof topics>;

/** The most characters that each text takes. */
export const MOST_CHARACTERS = {
  question: 2_000,
  answer: 10_000,
  why: 500,
  finding: 10_000,
  source: 1_000,
  conditions: 1_000,
  note: 20_000,
} as const;

/** The most characters of a text that is read whole on a page of its own. */
const SHORTLY = 300;

/** The beginning of a text, where it is too long for a list; the whole of it where it is not. */
export function shortly(text: string): { text: string; isCut: boolean } {
  const characters = [...text];
  if (characters.length <= SHORTLY) return { text, isCut: false };
  return { text: `${characters.slice(0, SHORTLY).join('').trimEnd()}…`, isCut: true };
}

/** What a request is about. */
export type Subject = { kind: 'referral'; id: string } | { kind: 'person'; id: string };

/** Who asks for what about which: the one list of it. A provider asks about the young people it works with. */
const asking = {
  coordinator: {
    referral: ['information', 'borough', 'intelligence-check', 'consultation'],
    person: ['borough', 'intelligence-check', 'consultation'],
  },
  caseworker: { referral: [], person: ['intelligence-check', 'consultation'] },
  'provider-manager': { referral: [], person: ['intelligence-check', 'consultation'] },
} as const satisfies Partial<Record<Role, Record<Subject['kind'], readonly RequestKind[]>>>;

/** What somebody with a role may ask about a referral or a young person; nothing for roles that ask nobody. */
export function askableKinds(role: Role, about: Subject['kind']): readonly RequestKind[] {
  return role in asking ? asking[role as keyof typeof asking][about] : [];
}

/** The role that answers each kind. */
export const answeringRole: Readonly<Record<RequestKind, Role>> = {
  information: 'referrer',
  'intelligence-check': 'analyst',
  consultation: 'gender-consultant',
  borough: 'spoc',
};

/** Of whom a request is asked while nobody has taken it. */
export function askedOfInWords(kind: RequestKind, areaName: string): string {
  switch (kind) {
    case 'information':
      return 'The referrer';
    case 'intelligence-check':
      return 'The analysts';
    case 'consultation':
      return 'The gender consultants';
    case 'borough':
      return `The contacts of ${areaName}`;
  }
}

/** Where a request stands, as far as the rules go by it. */
export interface RequestState {
  state: 'open' | 'answered' | 'withdrawn';
  ownerId: string | null;
}

export type RequestAct = 'take' | 'answer' | 'correct' | 'withdraw' | 'change-due-date';

/** What each state allows. */
const allowed: Readonly<Record<RequestState['state'], readonly RequestAct[]>> = {
  open: ['take', 'answer', 'withdraw', 'change-due-date'],
  answered: ['correct'],
  withdrawn: [],
};

/** Why an act cannot be done now, in words for the one who tried; null when it can. */
export function whyNot({ state, ownerId }: RequestState, act: RequestAct, accountId: string): string | null {
  if (!allowed[state].includes(act)) {
    if (state === 'open') return 'There is no answer to correct yet';
    return state === 'answered' ? 'This has been answered already' : 'This was withdrawn';
  }
  return act === 'take' && ownerId === accountId ? 'You have taken this already' : null;
}

/** By when an answer is due and how that stands on a day: "10 June 2026", "2 working days late". */
export function dueInWords(
  dueOn: PlainDate,
  today: PlainDate,
): { on: string; standing: string; isLate: boolean } {
  const on = formatDate(dueOn);
  if (daysBetween(dueOn, today) > 0) {
    const days = workingDaysBetween(dueOn, today);
    // A day that falls between Friday and Monday is late by no working day.
    return { on, standing: days === 0 ? 'Late' : `${workingDays(days)} late`, isLate: true };
  }
  const left = workingDaysBetween(today, dueOn);
  if (dueOn === today) return { on, standing: 'Due today', isLate: false };
  return { on, standing: left === 0 ? 'No working day left' : `${workingDays(left)} left`, isLate: false };
}

const workingDays = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`;

/**
 * The grades of the national intelligence report form (College of Policing, intelligence report: "3x5x2"), as an analyst
 * chooses them.
 */
export const sourceGrades = [
  { code: '1', text: '1: reliable' },
  { code: '2', text: '2: untested' },
  { code: '3', text: '3: not reliable' },
] as const satisfies readonly CodedWord[];
export const intelligenceGrades = [
  { code: 'A', text: 'A: known directly to the source' },
  { code: 'B', text: 'B: known indirectly to the source, but corroborated' },
  { code: 'C', text: 'C: known indirectly to the source' },
  { code: 'D', text: 'D: not known' },
  { code: 'E', text: 'E: suspected to be false' },
] as const satisfies readonly CodedWord[];
export const handlings = [
  { code: 'P', text: 'P: may be shared lawfully' },
  { code: 'C', text: 'C: may be shared lawfully under conditions' },
] as const satisfies readonly CodedWord[];

/** Why a request is not to be answered by a day; nothing where it is. What is due in many years is never late, and so on no list. */
export function whyNotDueOn(dueOn: PlainDate, today: PlainDate): string | undefined {
  if (dueOn < today) return 'The day it is due must be today or in the future';
  const last = addMonths(today, 12);
  return dueOn > last ? `The day it is due must be ${formatDate(last)} or earlier` : undefined;
}
