import type { Fields, Json, Period } from '../statistics/measure.ts';
import { isHidden, isObject, type JsonObject, numberOf, rowsOf } from './report-figures.ts';
import { type DatedTarget, type Target, targetOn } from './targets.ts';

/** Whether a quarter's figure is what it was to be. `cannot-tell`: it is hidden, or there is none. */
export type AgainstTarget = 'met' | 'not-met' | 'cannot-tell';

/**
 * The quarters of a measure with the target of each and whether it was met, as they may be told: by the figure that is shown, so
 * that what is hidden is not told by its target.
 *
 * @param fields of the service (`rows`), or of each provider (`providers`)
 */
export function againstTargets(
  measure: string,
  fields: Fields,
  quarters: readonly Period[],
  targets: readonly DatedTarget[],
): { fields: Fields; notes: string[] } {
  const table = (of: Json | undefined, provider: string | null): Fields => ({
    ...(isObject(of) ? of : {}),
    rows: rowsOf(of).map((row) => {
      const quarter = quarters.find(({ from }) => from.slice(0, 7) === row.key);
      return withTarget(row, quarter ? targetOn(targets, measure, provider, quarter.from) : null);
    }) as Json,
  });
  const { providers } = fields;
  const told: Fields = isObject(providers)
    ? {
        ...fields,
        providers: Object.fromEntries(
          Object.entries(providers).map(([code, of]) => [code, code === 'suppressed' ? of : table(of, code)]),
        ),
      }
    : fields.rows === null
      ? fields
      : table(fields, null);
  const rows = isObject(providers) ? Object.values(told.providers ?? {}).flatMap(rowsOf) : rowsOf(told);
  const withTargets = rows.filter(({ target }) => target !== undefined);
  if (rows.length === 0) return { fields: told, notes: [] };
  if (withTargets.length === 0) return { fields: told, notes: ['No target is set for it.'] };
  return {
    fields: told,
    notes:
      withTargets.length < rows.length
        ? ['Where no target stands, none was in force on the first day of the quarter.']
        : [],
  };
}

function withTarget(row: JsonObject, target: Target | null): JsonObject {
  if (target === null) return row;
  return {
    ...row,
    target: target.value,
    direction: target.direction,
    against: compared(shownIn(row), target),
  };
}

/** The figure of a quarter as it is told: a count, or a whole percentage. */
function shownIn(row: JsonObject): number | null {
  const { current } = row;
  if (isHidden(row) || isHidden(current)) return null;
  return isObject(current) ? numberOf(current.percent) : numberOf(current);
}

function compared(shown: number | null, { value, direction }: Target): AgainstTarget {
  if (shown === null) return 'cannot-tell';
  return (direction === 'at-least' ? shown >= value : shown <= value) ? 'met' : 'not-met';
}

/** Against a target, in the words of a table. */
export function againstInWords(row: JsonObject): string {
  const words: Readonly<Record<AgainstTarget, string>> = {
    met: 'Met',
    'not-met': 'Not met',
    'cannot-tell': 'Cannot be told',
  };
  const { against } = row;
  return against === 'met' || against === 'not-met' || against === 'cannot-tell'
    ? words[against]
    : 'No target';
}

/** `at least 60`, `at most 5%`. */
export const targetInWords = ({ value, direction }: Target, unit = ''): string =>
  `${direction === 'at-least' ? 'at least' : 'at most'} ${value.toLocaleString('en-GB')}${unit}`;
