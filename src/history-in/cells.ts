import { londonInstant } from '../platform/clock/london-time.ts';
import { parsePlainDate } from '../platform/clock/plain-date.ts';
import { plainLine } from '../platform/text/plain-text.ts';
import type { CodedWord } from '../reference/code-lists.ts';

/** What reading gives: the value, or why there is none, as what is wrong and what is allowed. */
export type Read = { readonly value: string } | { readonly fault: string };

/** Reads one cell that is not blank; gives it as PostgreSQL reads it. A file has millions: no more than a function. */
export type Cell = (raw: string) => Read;

/** A cell as a fault quotes it. */
function quoted(raw: string): string {
  const shown = raw.replace(/\p{Cc}+/gu, ' ');
  return `"${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}"`;
}

/** Names and words in the form in which they are compared: case, `&` for "and", punctuation and spaces do not matter. */
export function comparable(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words as somebody wrote them. */
export const text: Cell = (raw) => {
  const read = plainLine(raw);
  return read.ok
    ? { value: read.text }
    : { fault: `it has a character that cannot be kept, ${read.codePoint}: take it out` };
};

/** A key of the system before this one: as it is, for it is compared letter by letter. */
export const ref: Cell = (raw) =>
  raw.length > 200 || /\p{Cc}/u.test(raw)
    ? { fault: 'it is no reference: up to 200 characters on one line' }
    : { value: raw };

/** One of a list of codes, whatever its case. */
export function code(list: readonly (string | CodedWord)[]): Cell {
  const codes = list.map((each) => (typeof each === 'string' ? each : each.code));
  const known = new Map(codes.map((each) => [each.toLowerCase(), { value: each }]));
  return (raw) =>
    known.get(raw.toLowerCase()) ?? { fault: `${quoted(raw)} is not one of ${codes.join(', ')}` };
}

/** Several codes of a list, with `;` between them, each once; as an array of PostgreSQL's. */
export function codes(list: readonly CodedWord[]): Cell {
  const known = new Map(list.map((each) => [each.code.toLowerCase(), each.code]));
  return (raw) => {
    const parts = raw
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const unknown = parts.filter((part) => !known.has(part.toLowerCase()));
    if (unknown.length > 0)
      return {
        fault: `${unknown.map(quoted).join(', ')} is not one of ${[...known.values()].join(', ')}, with ; between them`,
      };
    return { value: `{${[...new Set(parts.map((part) => known.get(part.toLowerCase())))].join(',')}}` };
  };
}

/** One of some things that have a code and names, in the form in which they are compared. */
export function named(names: ReadonlyMap<string, string>, allowed: string): Cell {
  return (raw) => {
    // Most are written as a code is: what is looked for so is found without making it comparable first.
    const found = names.get(raw.toLowerCase()) ?? names.get(comparable(raw));
    return found === undefined ? { fault: `${quoted(raw)} is not ${allowed}` } : { value: found };
  };
}

/** A GSS code of a ward. */
export const ward: Cell = (raw) =>
  /^E05\d{6}$/i.test(raw)
    ? { value: raw.toUpperCase() }
    : { fault: `${quoted(raw)} is not the GSS code of a ward, such as E05013714` };

/** A day of the calendar. */
export const date: Cell = (raw) => {
  const day = parsePlainDate(raw);
  return day === undefined
    ? { fault: `${quoted(raw)} is not a day that there was: write it as YYYY-MM-DD, such as 2021-03-28` }
    : { value: day };
};

/** A whole number that is not negative. */
export const wholeNumber: Cell = (raw) =>
  /^\d{1,9}$/.test(raw)
    ? { value: String(Number(raw)) }
    : { fault: `${quoted(raw)} is not a whole number, such as 12` };

const TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/i;

/**
 * A day and a time as London's clocks showed them, as an instant. The hour that March skips is a fault; of the hour that
 * October shows twice it is the first, for files do not say which.
 */
export const londonTime: Cell = (raw) => {
  const parts = TIME.exec(raw);
  const day = parts?.[1] === undefined ? undefined : parsePlainDate(parts[1]);
  if (!parts || day === undefined)
    return {
      fault: `${quoted(raw)} is not a time: write it as YYYY-MM-DDTHH:MM:SS, such as 2021-03-28T14:05:00`,
    };
  const found = londonInstant({ date: day, hour: Number(parts[2]), minute: Number(parts[3]) });
  if (found.kind === 'nonexistent')
    return {
      fault: `${quoted(raw)} never was: London’s clocks went forward that day from 1am to 2am. Write the time that they showed`,
    };
  const at = found.kind === 'ambiguous' ? found.earlier : found.instant;
  return { value: new Date(at.getTime() + Number(parts[4]) * 1000).toISOString() };
};
