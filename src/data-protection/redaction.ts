import { createHash } from 'node:crypto';
import type { Code, CodedWord } from '../reference/code-lists.ts';

/** What is blacked out of a copy of somebody's record, and how. Pure: no I/O here. */

export const redactionReasons = [
  { code: 'third-party', text: 'It is about somebody else, who has not agreed' },
  { code: 'serious-harm', text: 'It would be likely to cause serious harm to somebody' },
  { code: 'crime', text: 'It would prejudice preventing or detecting crime' },
  { code: 'privilege', text: 'It is legal advice' },
  { code: 'staff-safety', text: 'It would put a worker in danger' },
] as const satisfies readonly CodedWord[];
export type RedactionReason = Code<typeof redactionReasons>;

/** Why something that was proposed for redaction is shown after all. */
export const showReasons = [
  { code: 'consented', text: 'The person whom it is about has agreed' },
  { code: 'not-third-party', text: 'It is about the young person alone, or they know it already' },
] as const satisfies readonly CodedWord[];

/** What the data protection lead decided about a field, or about a passage of one; or of all, where it names no field. */
export interface Mark {
  id: string;
  place: { table: string; rowId: string; field: string } | null;
  /** A {@link digestOf} of what the field said then; null where it names no field, and where that was not kept yet. */
  decidedOn: string | null;
  /** The words to black out; empty for the whole field. */
  passage: string;
  decision: 'redact' | 'show';
  reason: string;
}

/** One field of one row, as somebody reads it. */
export interface HeldField {
  table: string;
  rowId: string;
  field: string;
  label: string;
  text: string;
  /** Why the service proposes to black out the whole of it; null where it does not. */
  proposal: RedactionReason | null;
}

/** A stretch of a field: shown, or blacked out and then without its words. */
export type Stretch = { kind: 'shown'; text: string } | { kind: 'redacted'; reason: string };

/** Fields that name or tell of somebody else, wherever they are. */
const ABOUT_OTHERS = new Set([
  'third_party',
  'associates',
  'present',
  'name',
  'asked_name',
  'officer_name',
  'owner_name',
  'about_name',
  'who_answers',
]);

/** Tables whose words are all about others, or that tell what the police know. */
const WHOLE_TABLES: Readonly<Record<string, RedactionReason>> = {
  network_member: 'third-party',
  check_finding: 'crime',
};

/** What the service proposes to black out until the lead says otherwise. `isFree`: what people typed, not a code or a date. */
export function proposalFor(table: string, field: string, isFree: boolean): RedactionReason | null {
  if (!isFree) return null;
  return WHOLE_TABLES[table] ?? (ABOUT_OTHERS.has(field) ? 'third-party' : null);
}

/** What is kept of a field's words, to know them again by. */
export const digestOf = ({ text }: Pick<HeldField, 'text'>): string =>
  createHash('sha256').update(text).digest('hex');

/** The marks of one field of one row, in whatever version. */
export const marksAt = (field: HeldField, marks: readonly Mark[]): Mark[] =>
  marks.filter(
    ({ place }) =>
      place !== null &&
      place.table === field.table &&
      place.rowId === field.rowId &&
      place.field === field.field,
  );

/**
 * The field as it is given away: what is blacked out is not in it. What somebody decided to show is shown in the words
 * that they decided on, and no others; what they blacked out stays so in other words too, until somebody decides about these.
 */
export function stretchesOf(field: HeldField, marks: readonly Mark[]): Stretch[] {
  const here = marksAt(field, marks);
  const whole = here.filter(({ passage }) => passage === '');
  const digest = digestOf(field);
  const own = whole.find(({ decidedOn }) => decidedOn === digest);
  const hidden = own ?? whole.find(({ decision }) => decision === 'redact');
  if (hidden?.decision === 'redact') return [{ kind: 'redacted', reason: hidden.reason }];
  if (field.proposal !== null && own === undefined) return [{ kind: 'redacted', reason: field.proposal }];
  const passages = [...here, ...marks.filter(({ place }) => place === null)].filter(
    ({ passage }) => passage !== '',
  );
  return cutOut(field.text.normalize('NFC'), passages);
}

/**
 * What was decided about a field when it said something else, about all of it or about words that do not stand in it now;
 * none where somebody has decided about what it says now.
 */
export function outdatedMarks(field: HeldField, marks: readonly Mark[]): Mark[] {
  const here = marksAt(field, marks);
  const digest = digestOf(field);
  if (here.some(({ decidedOn }) => decidedOn === digest)) return [];
  return here.filter((mark) => mark.passage === '' || !stands(field, mark));
}

/** Whether the words of a mark stand in a field. */
export const stands = ({ text }: HeldField, mark: Pick<Mark, 'passage' | 'reason'>): boolean =>
  spansOf(text.normalize('NFC'), mark).length > 0;

/** Whether any word of a field is blacked out. */
export const isRedacted = (stretches: readonly Stretch[]): boolean =>
  stretches.some(({ kind }) => kind === 'redacted');

interface Span {
  from: number;
  to: number;
  reason: string;
}

/** Cuts every passage out; those that overlap become one, so that no half of a name is left over. */
function cutOut(text: string, passages: readonly Mark[]): Stretch[] {
  const spans = passages.flatMap((mark) => spansOf(text, mark)).toSorted((a, b) => a.from - b.from);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { from, to, reason } of merged) {
    if (from > at) stretches.push({ kind: 'shown', text: text.slice(at, from) });
    stretches.push({ kind: 'redacted', reason });
    at = to;
  }
  if (at < text.length) stretches.push({ kind: 'shown', text: text.slice(at) });
  return stretches;
}

/** Where a passage stands, in capitals or not and however its words are spaced. */
function spansOf(text: string, { passage, reason }: Pick<Mark, 'passage' | 'reason'>): Span[] {
  const words = passage.normalize('NFC').trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map(literally).join('\\s+'), 'giu');
  const spans: Span[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    spans.push({ from: match.index, to: match.index + match[0].length, reason });
    pattern.lastIndex = match.index + 1;
  }
  return spans;
}

const literally = (word: string) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
