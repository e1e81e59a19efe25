import { z } from 'zod';
import { type PlainDate, parsePlainDate } from '../clock/plain-date.ts';
import { characterCount, plainLine, plainText } from '../text/plain-text.ts';

/** How a field is spread over the controls of a page, where it is not one control with one value. */
export const spread = z.registry<{ as: 'date' | 'many' }>();

/**
 * When a field is asked, where that depends on what is in other fields of the same form. A field that is not asked is
 * read as if nothing had been sent for it: neither checked nor kept.
 */
export const onlyAsked = z.registry<{ when(form: Readonly<Record<string, unknown>>): boolean }>();

interface TextOptions {
  /** The name of the field as the fault begins with it: "What happened". */
  called: string;
  /** The most characters it takes. */
  most: number;
  /** What to say when it is empty; without this it may be. */
  needed?: string;
  lines?: 'one' | 'many';
  /** What is typed must hold to, when something is. It is said before the length: words are no number, however short. */
  rule?: TextRule | undefined;
}

export interface TextRule {
  holds(typed: string): boolean;
  /** What to say of what does not hold. */
  otherwise: string;
}

/** Text as people type it: trimmed, normalised, whole or refused, never cut. */
export function text({ called, most, needed, lines = 'one', rule }: TextOptions) {
  return z
    .string()
    .default('')
    .transform((typed, context) => {
      const read = lines === 'one' ? plainLine(typed) : plainText(typed);
      const refuse = (message: string) => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (!read.ok) {
        return refuse(
          `${called} has a character that cannot be kept (${read.codePoint}, after ${read.at} characters): type it again instead of pasting it`,
        );
      }
      if (needed !== undefined && read.text === '') return refuse(needed);
      if (rule && read.text !== '' && !rule.holds(read.text)) return refuse(rule.otherwise);
      const over = characterCount(read.text) - most;
      if (over > 0) {
        return refuse(
          `${called} must be ${most.toLocaleString('en-GB')} characters or fewer; it is ${over.toLocaleString('en-GB')} too long`,
        );
      }
      return read.text;
    });
}

/** One of a list of codes. */
export function choice<const Codes extends readonly [string, ...string[]]>(codes: Codes, needed: string) {
  return z.enum(codes, { error: needed });
}

/** Any of a list of codes, none included. */
export function choices<const Codes extends readonly [string, ...string[]]>(codes: Codes, wrong: string) {
  return z
    .array(z.enum(codes, { error: wrong }))
    .default([])
    .register(spread, { as: 'many' });
}

/** The largest whole number that an integer of the database holds: versions are counted in such. */
export const MOST_INTEGER = 2_147_483_647;

interface DateOptions {
  called: string;
  needed?: string;
}

/** A date typed as day, month and year. */
export function date({ called, needed }: DateOptions) {
  return z
    .object({ day: z.string().default(''), month: z.string().default(''), year: z.string().default('') })
    .transform((typed, context): PlainDate | null => {
      const [day, month, year] = [typed.day.trim(), typed.month.trim(), typed.year.trim()];
      const refuse = (message: string) => {
        context.addIssue({ code: 'custom', message });
        return null;
      };
      if (day === '' && month === '' && year === '') return needed === undefined ? null : refuse(needed);
      const without = [day === '' && 'a day', month === '' && 'a month', year === '' && 'a year'].filter(
        Boolean,
      );
      if (without.length > 0) return refuse(`${called} must include ${without.join(' and ')}`);
      if (!/^\d{4}$/.test(year)) return refuse(`${called} must have a year of four numbers, like 2009`);
      const parsed = parsePlainDate(`${year}-${monthNumber(month)}-${day.padStart(2, '0')}`);
      return parsed ?? refuse(`${called} must be a real date`);
    })
    .register(spread, { as: 'date' });
}

/** "3", "03", "Mar" and "March" are all March, as the Design System asks. */
function monthNumber(typed: string): string {
  const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  const named = names.indexOf(typed.slice(0, 3).toLowerCase());
  return (named >= 0 ? String(named + 1) : typed).padStart(2, '0');
}
