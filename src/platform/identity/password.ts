import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { isCommonPassword } from './common-passwords.ts';
import { Turns } from './turns.ts';

/**
 * Passwords: which may be chosen, and how they are kept.
 *
 * Kept with Argon2id, 64 MiB, 3 passes, 1 lane: more than three times the memory of OWASP's least setting
 * (19 MiB, 2 passes), at 50 to 90 ms a sign-in on the machine we measured. One lane, because a sign-in then takes
 * one core; and always a core fewer at once than there are, so that a flood of sign-ins waits its turn while the pages
 * of everybody else are answered. Hold no transaction while you ask: it would wait, and its connection with it.
 * Limiting the rate is for whoever calls.
 *
 * Nobody is made to mix kinds of character, and nothing expires (NCSC; NIST SP 800-63B): length is what counts,
 * and not being what anyone would try first.
 */

const SETTINGS = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const PRESENT = `$argon2id$v=19$m=${SETTINGS.memoryCost},t=${SETTINGS.timeCost},p=${SETTINGS.parallelism}$`;
/** Node's pool works on four things at a time; one of them is left to files and names. */
const turns = new Turns({ atOnce: Math.max(1, Math.min(3, availableParallelism() - 1)), mostWaiting: 200 });
const SHORTEST = 12;
const LONGEST = 200;
/** Shorter parts of a name, such as "ann", are in too many words to be forbidden. */
const SHORTEST_NAME = 4;

export type PasswordFault = {
  reason: 'missing' | 'too-short' | 'too-long' | 'has-your-name' | 'has-the-service-name' | 'too-common';
  /** For the person choosing, in the style of GOV.UK. */
  message: string;
};

export type PasswordCheck = {
  ok: boolean;
  /** Right, but kept with earlier settings: hash it again while it is at hand. Never true when `ok` is false. */
  needsRehash: boolean;
};

/** What is wrong with a password someone wants to use, if anything. */
export function passwordFault(
  password: string,
  about: { emailAddress: string; serviceName: string },
): PasswordFault | undefined {
  const normal = normalise(password);
  const length = characters(normal);
  if (length === 0) return { reason: 'missing', message: 'Enter a password' };
  if (length < SHORTEST) {
    return { reason: 'too-short', message: `Password must be ${SHORTEST} characters or more` };
  }
  if (length > LONGEST) {
    return { reason: 'too-long', message: `Password must be ${LONGEST} characters or fewer` };
  }
  const bare = withoutSeparators(normal);
  if (namesIn(about.emailAddress).some((name) => bare.includes(name))) {
    return { reason: 'has-your-name', message: 'Password must not contain the name in your email address' };
  }
  if (bare.includes(withoutSeparators(about.serviceName))) {
    return { reason: 'has-the-service-name', message: 'Password must not contain the name of this service' };
  }
  return isTooCommon(normal.toLowerCase()) || isCommonPassword(normal, SHORTEST)
    ? {
        reason: 'too-common',
        message: 'Password is too easy to guess. Try three words that do not belong together',
      }
    : undefined;
}

/** The password as it is kept, salt and settings included (PHC string). */
export async function hashPassword(password: string): Promise<string> {
  return await turns.take(() => hash(normalise(password), SETTINGS));
}

/** Whether this is the password that was kept. @throws if `kept` is not an Argon2 hash */
export async function verifyPassword(kept: string, password: string): Promise<PasswordCheck> {
  if (password.length > LONGEST * 4) return dummyVerify(password);
  const ok = await turns.take(() => verify(kept, normalise(password)));
  return { ok, needsRehash: ok && !kept.startsWith(PRESENT) };
}

/**
 * Does the work of {@link verifyPassword} and says no: for an account that does not exist, so that the time taken
 * does not tell that it does not.
 */
export async function dummyVerify(password: string): Promise<PasswordCheck> {
  await hashPassword(password.slice(0, LONGEST));
  return { ok: false, needsRehash: false };
}

/** The same characters however the keyboard composed them, so that a password works on any device. */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

function characters(text: string): number {
  return [...text].length;
}

function withoutSeparators(text: string): string {
  return normalise(text)
    .toLowerCase()
    .replace(/[\s._+'-]/gu, '');
}

function namesIn(emailAddress: string): string[] {
  const local = normalise(emailAddress).toLowerCase().split('@', 1).join('');
  return [local, ...local.split(/[._+-]/)]
    .map((name) => withoutSeparators(name).replace(/[0-9]+$/, ''))
    .filter((name) => characters(name) >= SHORTEST_NAME);
}

/** What people choose first, here of all places. Digits and signs around and instead of the letters do not help. */
const FIRST_CHOICES = [
  'password passphrase passcode secret login logon access admin administrator account manager user guest test',
  'welcome letmein changeme default temporary temp hello iloveyou trustno please master super',
  'sunshine princess dragon monkey shadow football baseball superman batman pokemon starwars whatever',
  'liverpool arsenal chelsea tottenham everton rangers celtic london england scotland wales britain',
  'january february march april may june july august september october november december',
  'monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter christmas',
  'service council borough police social worker safeguarding referral caseworker countylines youngpeople',
  'my our the this is and for a',
]
  .flatMap((line) => line.split(' '))
  .sort((one, other) => other.length - one.length);
const anyFirstChoice = new RegExp(FIRST_CHOICES.filter((word) => word.length > 3).join('|'), 'g');
const anySmallWord = new RegExp(
  `\\b(?:${FIRST_CHOICES.filter((word) => word.length <= 3).join('|')})\\b`,
  'g',
);

/** Ways along the alphabet and the keyboard. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
];
const STEPS = new Set(
  ROWS.flatMap((row) =>
    [...row].slice(1).flatMap((to, index) => [`${row[index]}${to}`, `${to}${row[index]}`]),
  ),
);
const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function isTooCommon(password: string): boolean {
  return (
    new Set(password).size < 5 ||
    /^(.{1,8}?)\1{2,}.{0,3}$/su.test(password) ||
    isMostlySteps(password) ||
    isMadeOfFirstChoices(password) ||
    isMadeOfFirstChoices(password.replace(/[013457@$!]/g, (sign) => LOOKALIKES[sign] ?? sign))
  );
}

/** Whether walks along the rows take up so much that the pieces are four characters long on average. */
function isMostlySteps(password: string): boolean {
  const all = [...password];
  const breaks = all.slice(1).filter((to, index) => !STEPS.has(`${all[index]}${to}`)).length;
  return (breaks + 1) * 4 <= all.length;
}

/** Whether next to nothing is left: fewer than four letters, and no more digits than a date has. */
function isMadeOfFirstChoices(password: string): boolean {
  const rest = password
    .replace(anyFirstChoice, ' ')
    .replace(anySmallWord, ' ')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return characters(rest.replace(/[^\p{L}]/gu, '')) < 4 && characters(rest) <= 8;
}
