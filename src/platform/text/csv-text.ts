/**
 * What makes a spreadsheet take a cell for a formula (CSV injection, as OWASP describes it): =, +, - or @, also in full width,
 * after any white space. A tab or a line break at the beginning can part a cell in two, and counts as well.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * Words as a cell of comma-separated values (RFC 4180): in quotes where they hold a comma, a quote or a line break.
 *
 * **The rule against formulas:** a text that a spreadsheet could take for one is written with an apostrophe before it, which
 * shows. Numbers and dates that are made here hold nothing that anybody typed, and need none of this.
 */
export function csvText(words: string): string {
  const harmless = FORMULA.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
