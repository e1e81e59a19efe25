import type { Json } from '../statistics/measure.ts';
import { countInWords, HIDDEN, numberInWords } from './number-words.ts';
import { isHidden, isObject, type JsonObject, type ReportFigures } from './report-figures.ts';

/** A figure put into a sentence, or what is wrong with what was asked for. */
export type Resolved =
  | { readonly ok: true; readonly text: string; readonly measure: string }
  | { readonly ok: false; readonly fault: string };

const MOST_NAMES = 8;

/**
 * The figure that a placeholder names: the id of a measure, then the way to the number by names of fields and keys of rows.
 * `referrals.total current`, `referrals.by-borough E09000022 change`, `support.engaged of`. Of a share, no more words give
 * its percentage and `of` gives “145 of 245”; of what has a current and a previous figure, the current one.
 */
export function resolvePlaceholder(figures: ReportFigures, named: string): Resolved {
  const [id = '', ...way] = named.trim().split(/\s+/);
  const refuse = (fault: string): Resolved => ({ ok: false, fault: `{{${named.trim()}}}: ${fault}` });
  const give = (text: string): Resolved => ({ ok: true, text, measure: id });
  const measure = Object.hasOwn(figures.measures, id) ? figures.measures[id] : undefined;
  if (!measure) return refuse(`there is no measure “${id}” in this report`);
  if (measure.reason !== undefined) return give('a figure that cannot be given');
  let at: Json | undefined = measure;
  let hidden = false;
  let field = '';
  for (const [n, word] of way.entries()) {
    hidden ||= isHidden(at);
    if (word === 'of' && n === way.length - 1) {
      const share = shareIn(at);
      if (share) return give(hidden || isHidden(share) ? HIDDEN : shareOf(share));
    }
    const found: Found | null = step(at, word);
    if (!found) return refuse(`there is no “${word}” there${namesIn(at)}`);
    hidden ||= found.hidden;
    at = found.value;
    field = found.field;
  }
  // Of what has several numbers, the one that is meant unless told.
  for (const usual of ['total', 'current', 'percent']) {
    if (!isObject(at) || !(usual in at)) continue;
    hidden ||= isHidden(at);
    at = at[usual];
    field = usual;
  }
  if (typeof at === 'number') return give(numberInWords(field, at));
  if (typeof at === 'string') return give(at);
  if (at === null) return give(hidden ? HIDDEN : (withoutNumber[field] ?? 'a number that is not known'));
  return refuse(`say which number of it${namesIn(at)}`);
}

const withoutNumber: Readonly<Record<string, string>> = {
  change: 'a change that no percentage can tell',
  points: 'a change that cannot be told',
  previous: 'a number with nothing to compare it with',
};

interface Found {
  value: Json | undefined;
  field: string;
  hidden: boolean;
}

/** One word further: a field by its name, a row by its key, or what stands in the total or in the current share. */
function step(at: Json | undefined, word: string): Found | null {
  const field = word.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
  if (Array.isArray(at)) return rowIn(at, word);
  if (!isObject(at)) return null;
  for (const name of [word, field])
    if (Object.hasOwn(at, name) && at[name] !== undefined && name !== 'suppressed')
      return { value: at[name], field: name, hidden: isHidden(at) };
  const row = Array.isArray(at.rows) ? rowIn(at.rows, word) : null;
  if (row) return row;
  for (const inside of ['total', 'current']) {
    const deeper = at[inside];
    if (isObject(deeper) && Object.hasOwn(deeper, field))
      return { value: deeper[field], field, hidden: isHidden(at) || isHidden(deeper) };
  }
  return null;
}

function rowIn(rows: readonly Json[], key: string): Found | null {
  const row = rows.find((each) => isObject(each) && each.key === key);
  return row === undefined ? null : { value: row, field: key, hidden: isHidden(row) };
}

function shareIn(at: Json | undefined): JsonObject | null {
  if (!isObject(at)) return null;
  if ('numerator' in at && 'denominator' in at) return at;
  return shareIn(at.current);
}

function shareOf({ numerator, denominator }: JsonObject): string {
  return typeof numerator === 'number' && typeof denominator === 'number'
    ? `${countInWords(numerator)} of ${countInWords(denominator)}`
    : HIDDEN;
}

/** What there is instead, for whoever mistyped it. */
function namesIn(at: Json | undefined): string {
  const rows = Array.isArray(at) ? at : isObject(at) && Array.isArray(at.rows) ? at.rows : [];
  const keys = rows.flatMap((row) => (isObject(row) && typeof row.key === 'string' ? [row.key] : []));
  const fields = isObject(at)
    ? Object.keys(at).filter((name) => !/^(version|title|definition|hash|rows|suppressed)$/.test(name))
    : [];
  const names = [...fields, ...keys];
  if (names.length === 0) return '';
  const more = names.length > MOST_NAMES ? ' and others' : '';
  return `; there is ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
