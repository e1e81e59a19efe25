import { dueOn, type Threshold } from '../organisations/index.ts';
import { formatLondon, londonDate, londonInstant } from '../platform/clock/london-time.ts';
import { addDays, type PlainDate } from '../platform/clock/plain-date.ts';
import { readTime } from '../platform/clock/typed-time.ts';
import { type Code, type CodedWord, wordFor } from '../reference/code-lists.ts';

/** What a safeguarding concern is, who must be told of one, and until when they have to answer. Pure: no I/O here. */

/** Whom a concern must be brought to, or be said not to need it. */
export const namedAgencies = [
  { code: 'social-care', text: 'Children’s or adults’ social care' },
  { code: 'police', text: 'Police' },
  { code: 'designated-lead', text: 'Designated safeguarding lead' },
] as const satisfies readonly CodedWord[];
export type NamedAgency = Code<typeof namedAgencies>;

/** Everybody who can be told. The service itself tells the managers. */
export const agencies = [
  ...namedAgencies,
  { code: 'other', text: 'Somebody else' },
  { code: 'managers', text: 'Managers and coordinators' },
] as const satisfies readonly CodedWord[];
export type Agency = Code<typeof agencies>;

export const toldStates = [
  { code: 'told', text: 'Told' },
  { code: 'not-yet', text: 'Not yet' },
  { code: 'not-needed', text: 'Not needed' },
] as const satisfies readonly CodedWord[];
export type ToldState = Code<typeof toldStates>;

/** How somebody was told. */
export const waysOfTelling = [
  { code: 'telephone', text: 'By telephone' },
  { code: 'in-person', text: 'In person' },
  { code: 'online', text: 'By an online form' },
  { code: 'email', text: 'By secure email' },
] as const satisfies readonly CodedWord[];

/** The most characters that each text takes. */
export const MOST_CHARACTERS = {
  what: 20_000,
  words: 20_000,
  dangerDone: 5_000,
  name: 200,
  reference: 100,
  whyNot: 1_000,
  answer: 10_000,
  development: 20_000,
  reason: 5_000,
} as const;

/** Somebody who was told of a concern, or is to be. */
export interface Told {
  agency: Agency;
  state: ToldState;
  /** When they must have been told, or have answered; null where nothing is waited for. */
  dueOn: PlainDate | null;
  answeredAt: Date | null;
}

/** What is still open about one who was, or is to be, told. */
export type Waiting = 'to-be-told' | 'answer' | 'nothing';

export function waitingFor({ state, dueOn, answeredAt }: Told): Waiting {
  if (state === 'not-yet') return 'to-be-told';
  return state === 'told' && dueOn !== null && answeredAt === null ? 'answer' : 'nothing';
}

/**
 * The day by which an agency must have been told, or have answered. Whoever is not told yet is to be told the same day;
 * nobody waits for an answer of somebody whom no duty binds to give one.
 *
 * @param answer the threshold `concern-answer`: social care decides within one working day (Working Together 2023)
 */
export function toldDueOn(agency: Agency, state: ToldState, at: Date, answer: Threshold): PlainDate | null {
  if (state === 'not-needed' || agency === 'other' || agency === 'managers') return null;
  return state === 'not-yet' ? londonDate(at) : dueOn(londonDate(at), answer);
}

/** What is waited for, in a sentence: "Children’s or adults’ social care have not answered". */
export function waitingInWords(told: Told): string {
  const who = wordFor(agencies, told.agency);
  const many = told.agency === 'designated-lead' ? 'has' : 'have';
  switch (waitingFor(told)) {
    case 'to-be-told':
      return `${who} ${many} not been told`;
    case 'answer':
      return `${who} ${many} not answered`;
    case 'nothing':
      return '';
  }
}

/**
 * Where an open concern stands, in a few words. That nobody was told of it, or that somebody is still to be, is worse than
 * that an answer is waited for, and never reads the same.
 */
export function standingInWords(concern: {
  dueOn: PlainDate | null;
  toTell: readonly Agency[];
  isUntold: boolean;
}): string {
  if (concern.isUntold) return 'Nobody has been told';
  if (concern.toTell.length > 0) {
    return `Not told: ${concern.toTell.map((agency) => wordFor(agencies, agency)).join(', ')}`;
  }
  return concern.dueOn === null ? 'Open, everybody has answered' : 'Not answered';
}

/** Why a concern cannot be closed yet, in words; nothing where it can. Nobody stops waiting without a word about it. */
export function whyNotClose(told: readonly Told[]): string | undefined {
  const open = told.filter((each) => waitingFor(each) !== 'nothing').map(waitingInWords);
  if (open.length === 0) return undefined;
  return `${open.join('. ')}. Record what they answered, or why you do not wait for it any more, before you close the concern`;
}

/**
 * The instant of a time as it is typed in a hurry: nothing or `now`, `2:05pm` of today, `yesterday 9pm`.
 * @returns undefined for what is no such time, or is still to come
 */
export function whenTold(typed: string, now: Date): Date | undefined {
  const words = typed.trim().toLowerCase();
  if (words === '' || words === 'now') return now;
  const isYesterday = words.startsWith('yesterday');
  const time = readTime(words.replace(/^(yesterday|today)(,| at)?\s+/, ''));
  if (time === undefined) return undefined;
  const today = londonDate(now);
  const found = londonInstant({
    date: isYesterday ? addDays(today, -1) : today,
    hour: time.hour,
    minute: time.minute,
  });
  switch (found.kind) {
    case 'nonexistent':
      return undefined;
    case 'ambiguous': {
      const at = time.zone === 'GMT' ? found.later : found.earlier;
      return at > now ? undefined : at;
    }
    case 'one':
      return found.instant > now ? undefined : found.instant;
  }
}

/** "Told on 22 November 2026 at 2:05pm". */
export function toldInWords(toldAt: Date | null, state: ToldState): string {
  if (state === 'told' && toldAt !== null) return `Told on ${formatLondon(toldAt)}`;
  return state === 'not-yet' ? 'Not told yet' : 'Not needed';
}
