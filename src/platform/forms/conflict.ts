/** Two people changed one record at once: what each did to which field, and what comes of it. */

/** Whose value stays: that of the one who saved first, or that of the one who is still at the form. */
export type Side = 'theirs' | 'mine';

/** The values of a record's fields, as text that can be compared. */
export type Values<Field extends string> = Readonly<Record<Field, string>>;

/** A field that somebody changed since the form was opened. */
export interface Difference<Field extends string = string> {
  field: Field;
  /** What it was when the form was opened, what it is now, and what was typed. */
  base: string;
  theirs: string;
  mine: string;
  changedBy: 'them' | 'me' | 'both-alike' | 'both-differently';
}

/** Every field that was changed, by whom, in the order of the fields. */
export function conflictsBetween<Field extends string>(
  base: Values<Field>,
  theirs: Values<Field>,
  mine: Values<Field>,
): Difference<Field>[] {
  const differences: Difference<Field>[] = [];
  for (const field of Object.keys(base) as Field[]) {
    const values = { field, base: base[field], theirs: theirs[field], mine: mine[field] };
    const byThem = values.theirs !== values.base;
    const byMe = values.mine !== values.base;
    if (byThem && byMe) {
      const changedBy = values.theirs === values.mine ? 'both-alike' : 'both-differently';
      differences.push({ ...values, changedBy });
    } else if (byThem || byMe) {
      differences.push({ ...values, changedBy: byThem ? 'them' : 'me' });
    }
  }
  return differences;
}

/** What to do with a form whose record was changed while it was open. */
export type Reconciled<Field extends string> =
  /** Nothing is in doubt: these are the values to save. */
  | { kind: 'settled'; values: Values<Field> }
  /** Its sender is to see what changed, and to choose in the fields that are undecided. */
  | { kind: 'to-show'; differences: Difference<Field>[]; undecided: Field[] };

/**
 * Puts a form and what others saved meanwhile together. Nothing that others changed is saved over, or with, what was
 * typed before the one who typed it has seen it; where both changed a field, they choose.
 *
 * @param seen whether they have been shown `theirs` as it is now
 */
export function reconcile<Field extends string>(given: {
  base: Values<Field>;
  theirs: Values<Field>;
  mine: Values<Field>;
  choices: Readonly<Partial<Record<Field, Side | undefined>>>;
  seen: boolean;
}): Reconciled<Field> {
  const { base, theirs, mine, choices, seen } = given;
  const differences = conflictsBetween(base, theirs, mine);
  const undecided = differences
    .filter(({ field, changedBy }) => changedBy === 'both-differently' && choices[field] === undefined)
    .map(({ field }) => field);
  const isNews = differences.some(({ changedBy }) => changedBy !== 'me');
  if (undecided.length > 0 || (isNews && !seen)) return { kind: 'to-show', differences, undecided };
  const values: Record<Field, string> = { ...theirs };
  for (const { field, changedBy } of differences) {
    if (changedBy === 'me' || (changedBy === 'both-differently' && choices[field] === 'mine'))
      values[field] = mine[field];
  }
  return { kind: 'settled', values };
}
