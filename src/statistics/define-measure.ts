import { type Computable, computeAll, type SourceFile } from './compute.ts';
import type { Asked, Fields, Measure, ReasonWithoutFigure, Shape } from './measure.ts';
import { hashOf, type Reading, type RowsOf } from './reading.ts';

/** What a module of `measures/` says of its measure; {@link defineMeasure} makes the measure of it. */
export interface Definition<Readings extends Readonly<Record<string, Reading>>>
  extends Omit<Measure, 'compute'> {
  /** Without records of these it has no figure. */
  readonly needs: readonly SourceFile[];
  readonly reads: Readings;
  /** From what was read to the figure, or why there is none. Pure. */
  figure(
    read: { readonly [Name in keyof Readings]: RowsOf<Readings[Name]> },
    asked: Asked,
  ): Fields | ReasonWithoutFigure;
}

/** A measure with all that it takes to compute it beside others. */
export type DefinedMeasure = Measure & Computable;

export function defineMeasure<Readings extends Readonly<Record<string, Reading>>>(
  definition: Definition<Readings>,
): DefinedMeasure {
  const { figure, ...told } = definition;
  const measure: DefinedMeasure = {
    ...told,
    resultOf(found, supplied, asked) {
      const read = Object.fromEntries(
        Object.entries(definition.reads).map(([name, reading]) => [name, found.get(reading) ?? []]),
      ) as { readonly [Name in keyof Readings]: RowsOf<Readings[Name]> };
      const made = supplied ? figure(read, asked) : 'no-data';
      const hash = hashOf({
        measure: told.id,
        version: told.version,
        period: asked.period,
        comparison: asked.comparison,
        asAt: asked.asAt,
        inputs: supplied ? inputsOf(definition.reads, found) : null,
      });
      return typeof made === 'string'
        ? { fields: nothingOf(told), reason: made, hash }
        : { fields: made, hash };
    },
    async compute(tx, asked) {
      const results = await computeAll(tx, asked, [measure]);
      const result = results.get(measure.id);
      if (!result) throw new RangeError(`${measure.id} was not computed`);
      return result;
    },
  };
  return measure;
}

/** What the figure is made of, without words, in a form that does not depend on which readings shared a statement. */
function inputsOf(
  reads: Readonly<Record<string, Reading>>,
  found: ReadonlyMap<Reading, readonly unknown[]>,
): Record<string, unknown> {
  const inputs = Object.entries(reads).flatMap(([name, reading]) => {
    const rows = found.get(reading) ?? [];
    if (reading.kind === 'query') return reading.words ? [] : [[name, rows] as const];
    const asObjects = (rows as RowsOf<typeof reading>).map(({ window, values, count }) => ({
      window,
      count,
      by: Object.fromEntries(reading.by.map((dimension, place) => [dimension, values[place]])),
    }));
    return [[name, asObjects] as const];
  });
  return Object.fromEntries(inputs);
}

/** Every field that the shape has, null. */
function nothingOf({ shape }: Pick<Measure, 'shape'>): Fields {
  const names = [...fieldsOf(shape.own), ...Object.keys(shape.parts ?? {})];
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** The fields that a shape puts at the top of a measure. */
export function fieldsOf(shape: Shape): string[] {
  switch (shape.kind) {
    case 'total':
      return ['total'];
    case 'count-table':
      return ['rows', 'total'];
    case 'share':
      return ['current', 'previous'];
    case 'share-table':
    case 'rows':
      return ['rows'];
    case 'object':
      return Object.keys(shape.fields);
    case 'bare-share':
      return ['numerator', 'denominator', 'percent'];
    default:
      throw new RangeError(`A measure is no ${shape.kind}`);
  }
}
