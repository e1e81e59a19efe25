import { formatDate } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Values } from '../platform/forms/conflict.ts';
import type { Document } from '../platform/history/document.ts';
import { type CodedWord, wordFor } from '../reference/code-lists.ts';

/** How to reach a young person without putting them in danger, and what may be sent to them. Pure. */

export const postAnswers = [
  { code: 'yes', text: 'Yes, to the safe address' },
  { code: 'no', text: 'No: nothing may be posted or left' },
  { code: 'not-known', text: 'Not asked yet' },
] as const satisfies readonly CodedWord[];

/** What somebody wrote down in their own words, in the order it is read. */
export const safeContactTexts = [
  'phone',
  'whoAnswers',
  'safeTimes',
  'whatToSay',
  'codeWord',
  'neverDo',
  'safeAddress',
  'unsafeAddresses',
] as const;
export type SafeContactText = (typeof safeContactTexts)[number];
export type SafeContactField = SafeContactText | 'post' | 'checkedOn';

export const safeContactDocument: Document<SafeContactField> = {
  table: 'safe_contact',
  kind: 'safe-contact',
  columns: {
    phone: 'phone',
    whoAnswers: 'who_answers',
    safeTimes: 'safe_times',
    whatToSay: 'what_to_say',
    codeWord: 'code_word',
    neverDo: 'never_do',
    post: 'post',
    safeAddress: 'safe_address',
    unsafeAddresses: 'unsafe_addresses',
    checkedOn: 'checked_on',
  },
  isSound: ({ post, safeAddress }) => post !== 'yes' || safeAddress !== '',
};

export const safeContactInWords: Readonly<Record<SafeContactField, string>> = {
  phone: 'Safe phone number',
  whoAnswers: 'Who answers it',
  safeTimes: 'When to ring or write',
  whatToSay: 'What to say, and to whom',
  codeWord: 'Code word',
  neverDo: 'What never to do',
  post: 'May anything be posted or left?',
  safeAddress: 'Safe address',
  unsafeAddresses: 'Addresses that are not safe',
  checkedOn: 'Checked with them on',
};

export const safeContactHints: Readonly<Partial<Record<SafeContactText, string>>> = {
  phone: 'And whether to ring, text or leave a message',
  safeTimes: 'Such as after school, never at night',
  whatToSay: 'What to say if somebody else answers, so that they do not learn who calls',
  codeWord: 'By which you know each other, or by which they say that they cannot talk',
  neverDo: 'Such as leaving a voicemail, writing to the house, ringing the mother',
  safeAddress: 'Where a letter reaches them and nobody else: it may be a school or a relative',
};

/** What a field says, as it is read. */
export function safeContactValueInWords(field: SafeContactField, value: string): string {
  if (field === 'post') return wordFor(postAnswers, value);
  if (field === 'checkedOn') return value === '' ? 'Not yet' : formatDate(plainDate(value));
  return value || 'Nothing written';
}

/** Whether a letter, or a print that is handed on, may go to a young person, and where. */
export type PostalAnswer = { kind: 'yes'; addresses: string[] } | { kind: 'no'; why: string };

/**
 * Whether anything may be posted to a young person, by what each provider wrote down. Whatever prints a letter or an
 * export asks this first. Nobody's silence is a yes, and one provider's no stands against another's yes: they may know
 * what the other does not.
 */
export function mayWriteTo(
  written: readonly Pick<Values<SafeContactField>, 'post' | 'safeAddress'>[],
): PostalAnswer {
  if (written.some(({ post }) => post === 'no'))
    return { kind: 'no', why: 'Post is not safe for them. Do not post anything, or leave papers anywhere' };
  const addresses = written
    .filter(({ post, safeAddress }) => post === 'yes' && safeAddress !== '')
    .map(({ safeAddress }) => safeAddress);
  if (addresses.length === 0)
    return { kind: 'no', why: 'No safe address is written down. Ask them first: do not post this' };
  return { kind: 'yes', addresses };
}
