/**
 * What people type, made regular without changing what it says.
 *
 * Kept: every script and direction, apostrophes of every kind, emoji and the joiners inside them, marks of
 * direction. Pages show such text with `dir="auto"`, which keeps one person's direction out of the next line.
 * Refused, never silently dropped: control characters and broken halves of characters, which PostgreSQL cannot
 * hold or no one can see.
 */

export type PlainText =
  | { ok: true; text: string }
  | {
      ok: false;
      reason: 'control-character' | 'broken-character';
      /** What cannot be kept, as `U+0000`. */
      codePoint: string;
      /** How many characters come before it. */
      at: number;
    };

const CONTROL_CHARACTER = /[^\P{Cc}\n\t]/u;
const LONE_SURROGATE = /\p{Cs}/u;
/** What takes no ink at all: a name of nothing but these is an empty one. */
const ONLY_INVISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * Text of several lines: one code for each character (Unicode NFC), one newline for each end of line however it
 * was typed, no white space at either end.
 */
export function plainText(typed: string): PlainText {
  const text = typed.replace(/\r\n?|[\u2028\u2029]/g, '\n');
  const fault = faultIn(text);
  if (fault !== undefined) return fault;
  return { ok: true, text: ONLY_INVISIBLE.test(text) ? '' : text.normalize('NFC').trim() };
}

/** Text of one line: as {@link plainText}, and white space inside it, pasted newlines too, is a single space. */
export function plainLine(typed: string): PlainText {
  const plain = plainText(typed);
  return plain.ok ? { ok: true, text: plain.text.replace(/\s+/gu, ' ') } : plain;
}

/**
 * How long a text is, for a limit: in code points, as PostgreSQL's `char_length` counts. Count what
 * {@link plainText} gave.
 *
 * The GOV.UK character count, as it is unless told otherwise, counts UTF-16 units in the browser, of which an emoji
 * takes two or more. So what it lets through is let through here, but for a few Hebrew and Indic letters that NFC
 * writes as two.
 */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function faultIn(text: string): Extract<PlainText, { ok: false }> | undefined {
  const found = CONTROL_CHARACTER.exec(text) ?? LONE_SURROGATE.exec(text);
  if (found === null) return undefined;
  const codePoint = found[0].codePointAt(0) ?? 0;
  return {
    ok: false,
    reason: codePoint < 0xd800 ? 'control-character' : 'broken-character',
    codePoint: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`,
    at: characterCount(text.slice(0, found.index)),
  };
}
