import { measureWithId } from '../statistics/measures/index.ts';
import { definedUnder } from './definitions.ts';
import { type ReportKind, reportKinds } from './report-document.ts';
import type { Edition } from './report-figures.ts';
import type { ReportState } from './report-queries.ts';

export const stateInWords: Readonly<Record<ReportState, string>> = {
  draft: 'Draft',
  submitted: 'Waits to be signed off',
  'signed-off': 'Signed off',
  published: 'Published',
};

export const editionInWords: Readonly<Record<Edition, string>> = {
  public: 'Public edition',
  internal: 'Internal edition',
};

export const kindInWords = (kind: ReportKind): string =>
  reportKinds.find(({ code }) => code === kind)?.text ?? kind;

/** The page of the catalogue that defines a measure; null for one that is a report's own. */
export function definitionAddress(measure: string): string | null {
  const id = definedUnder(measure);
  return measureWithId(id) ? `/measures/${id}` : null;
}
