import { sql } from 'kysely';
import type { Dimension } from '../reading.ts';

/** A coded column; blank is not known. */
export function coded(column: string, values: number): Dimension {
  return {
    sql: () => sql.ref(column),
    values,
    named: (value) => (value === null || value === '' ? 'unknown' : String(value)),
  };
}

/** The name of a group that something holds for, or does not; what is not recorded does not. */
export function yesOrNo(holds: unknown): string {
  return holds === true ? 'yes' : 'no';
}
