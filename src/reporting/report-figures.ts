import type { Json, Period } from '../statistics/measure.ts';

/** Exact figures, for those who count; or with small numbers hidden, for everybody. */
export type Edition = 'internal' | 'public';
export const editions: readonly Edition[] = ['internal', 'public'];

/** The figures of one measure, as measures.md gives them. */
export interface MeasureFigures {
  readonly version: number;
  readonly title: string;
  readonly definition: string;
  /** SHA-256, in hexadecimal, of what the figures were computed from. */
  readonly hash: string;
  /** Why there is no figure, where there is none. */
  readonly reason?: string;
  readonly [field: string]: Json | undefined;
}

/** A report as data (measures.md). */
export interface ReportFigures {
  readonly report: string;
  readonly period: Period;
  readonly comparison: Period | null;
  /** ISO 8601, in UTC: what had been recorded by then is counted. */
  readonly asAt: string;
  readonly disclosure: Edition;
  readonly measures: Readonly<Record<string, MeasureFigures>>;
}

export type JsonObject = { readonly [field: string]: Json | undefined };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows of a table, wherever it stands; none where it has none. */
export function rowsOf(value: Json | undefined): readonly JsonObject[] {
  const rows = isObject(value) ? value.rows : value;
  return Array.isArray(rows) ? rows.filter(isObject) : [];
}

/** A number of a figure; null where it is hidden, not known or no number. */
export const numberOf = (value: Json | undefined): number | null =>
  typeof value === 'number' ? value : null;

/** Whether a row has a number of somebody that is shown, in either period. */
export const tellsOfSome = ({ current, previous }: JsonObject): boolean =>
  [current, previous].some((count) => typeof count === 'number' && count > 0);

/** Whether disclosure control hid something of it. */
export const isHidden = (value: Json | undefined): boolean => isObject(value) && value.suppressed === true;
