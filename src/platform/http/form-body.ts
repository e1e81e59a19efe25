import type { Body } from '../forms/read-form.ts';

/** What stands for bytes that are no character: half of one, which no field keeps (see plain-text.ts). */
const NO_CHARACTER = '\ud800';

/**
 * Reads a form as browsers send it (URL standard, application/x-www-form-urlencoded): a field that is there several times
 * has several values. Browsers send whole characters only; in what something else sends, bytes that are no character are
 * neither dropped nor replaced: the field is refused for them.
 */
export function parseFormBody(body: string): Body {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const pair of body.split('&')) {
    if (pair === '') continue;
    const end = pair.indexOf('=');
    const name = decoded(end < 0 ? pair : pair.slice(0, end));
    const value = end < 0 ? '' : decoded(pair.slice(end + 1));
    const before = fields[name];
    if (Array.isArray(before)) before.push(value);
    else fields[name] = before === undefined ? value : [before, value];
  }
  return fields;
}

function decoded(part: string): string {
  const spaced = part.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    const unescaped = Buffer.from(spaced)
      .toString('latin1')
      .replace(/%([0-9a-f]{2})/gi, (_escape, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
    return Buffer.from(unescaped, 'latin1').toString().replaceAll('\ufffd', NO_CHARACTER);
  }
}
