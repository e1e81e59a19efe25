import type { Json } from '../statistics/measure.ts';
import { csvOf } from './csv.ts';
import type { DataTable } from './data-table.ts';
import { type Figure, figureOf } from './figure.ts';
import { isHidden, isObject, type ReportFigures } from './report-figures.ts';

/** One number of a report, and where it stands. */
interface Flat {
  readonly measure: string;
  readonly version: number;
  readonly title: string;
  /** The part of the measure, such as `settings`; empty for its own figures. */
  readonly part: string;
  readonly key: string;
  readonly label: string;
  /** `current`, or `previous.numerator`. */
  readonly figure: string;
  readonly value: Figure;
  readonly hash: string;
}

/** Fields of a measure that are words about it and no figures. */
const ABOUT = new Set([
  'version',
  'title',
  'definition',
  'madeOf',
  'geography',
  'unknowns',
  'ties',
  'rounding',
  'hash',
  'reason',
  'notes',
]);

/** All figures of a report, a number a row: what a statistician reads into a program of their own. */
export function flatFigures(report: ReportFigures): DataTable {
  const flat = Object.entries(report.measures).flatMap(([id, figures]): Flat[] => {
    const { version, title, hash } = figures;
    const about = { measure: id, version, title, hash, part: '', key: '', label: '' };
    if (figures.reason !== undefined) return [{ ...about, figure: figures.reason, value: 'not-available' }];
    return Object.entries(figures)
      .filter(([name]) => !ABOUT.has(name))
      .flatMap(([name, value]) => numbersOf(value ?? null, name, about, false));
  });
  const text = (heading: string, of: (row: Flat) => string) =>
    ({ kind: 'text', heading, cells: flat.map(of) }) as const;
  return {
    title: report.report,
    columns: [
      text('measure', ({ measure }) => measure),
      text('version', ({ version }) => String(version)),
      text('title', ({ title }) => title),
      text('part', ({ part }) => part),
      text('key', ({ key }) => key),
      text('label', ({ label }) => label),
      text('figure', ({ figure }) => figure),
      { kind: 'figure', heading: 'value', cells: flat.map(({ value }) => value) },
      text('period_from', () => report.period.from),
      text('period_to', () => report.period.to),
      text('comparison_from', () => report.comparison?.from ?? ''),
      text('comparison_to', () => report.comparison?.to ?? ''),
      text('as_at', () => report.asAt),
      text('disclosure', () => report.disclosure),
      text('hash', ({ hash }) => hash),
    ],
  };
}

export function flatCsv(report: ReportFigures): string {
  return csvOf(flatFigures(report));
}

type About = Omit<Flat, 'figure' | 'value'>;

/** Every number at or below a place, in the order in which they stand. */
function numbersOf(value: Json, name: string, about: About, hidden: boolean): Flat[] {
  if (typeof value === 'number' || value === null)
    return [{ ...about, figure: name, value: figureOf(value, hidden) }];
  if (Array.isArray(value)) {
    return value.flatMap((each, place) => {
      if (!isObject(each)) return numbersOf(each, `${name}.${place + 1}`, about, hidden);
      const { key, label, ...figures } = each;
      const row = {
        ...about,
        part: name === 'rows' ? about.part : partOf(about.part, name),
        key: typeof key === 'string' ? key : String(place + 1),
        label: typeof label === 'string' ? label : '',
      };
      return inside(figures, '', row, hidden || isHidden(each));
    });
  }
  if (!isObject(value)) return [];
  // A part that is a table of its own, or one of several.
  if (value.rows !== undefined || isNested(value))
    return inside(value, '', { ...about, part: partOf(about.part, name) }, hidden || isHidden(value));
  return inside(value, name, about, hidden || isHidden(value));
}

function inside(
  figures: { readonly [field: string]: Json | undefined },
  prefix: string,
  about: About,
  hidden: boolean,
): Flat[] {
  return Object.entries(figures).flatMap(([name, value]) =>
    name === 'suppressed'
      ? []
      : numbersOf(value ?? null, prefix === '' ? name : `${prefix}.${name}`, about, hidden),
  );
}

const partOf = (part: string, name: string): string => (part === '' ? name : `${part}.${name}`);

const isNested = (value: { readonly [field: string]: Json | undefined }): boolean =>
  Object.values(value).some((each) => isObject(each) && each.rows !== undefined);
