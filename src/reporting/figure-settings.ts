import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** The first number of each class of the maps of boroughs, and the last number of the last; or natural breaks (Jenks). */
export type BoroughBands = { readonly from: readonly number[]; readonly to: number } | 'jenks';

/** What a service sets for its figures. */
export interface FigureSettings {
  /** The smallest count of people that is published; 0 is published too. */
  readonly 'smallest-count': number;
  /** What published counts are rounded to the nearest multiple of; null for none. */
  readonly 'rounding-base': number | null;
  readonly 'borough-bands': BoroughBands;
}
export type FigureSetting = keyof FigureSettings;

/** A value that a setting had from a moment on. */
export interface DatedSetting {
  readonly name: FigureSetting;
  readonly value: unknown;
  readonly setAt: Date;
  /** Null for what the service began with. */
  readonly setBy: string | null;
}

/** Every value that was ever set, the newest first. */
export async function findFigureSettings(tx: Transaction): Promise<DatedSetting[]> {
  const { rows } = await sql<DatedSetting>`
    select s.name, s.value, s.set_at as "setAt", a.name as "setBy"
    from reference.figure_setting s left join identity.account a on a.id = s.recorded_by order by s.set_at desc, s.name`.execute(
    tx,
  );
  return rows;
}

/** What was set last under a name. @param settings the newest first */
export const settingNow = (
  settings: readonly DatedSetting[],
  name: FigureSetting,
): DatedSetting | undefined => settings.find((each) => each.name === name);

/** Sets a value from now on: figures as at an earlier moment, and what is published, stay as they are. */
export async function setFigureSetting<Name extends FigureSetting>(
  tx: Transaction,
  name: Name,
  value: FigureSettings[Name],
): Promise<void> {
  await recordCommand(tx, {
    action: 'figure-setting-set',
    subject: { kind: 'figure-setting', id: null },
    detail: { setting: name },
  });
  await sql`insert into reference.figure_setting (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)`.execute(
    tx,
  );
}

/**
 * The classes of a map as they are typed: the first number of each, parted by commas or spaces.
 *
 * @returns what is wrong, and the remedy, where they are no classes
 */
export function readBreaks(typed: string): { readonly from: readonly number[] } | { readonly fault: string } {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== '');
  const from = words.map(Number);
  const strange = words.find((word) => !/^\d{1,6}$/.test(word));
  if (strange !== undefined)
    return {
      fault: `“${strange}” is no whole number: write numbers parted by commas, such as 0, 5, 11, 20, 36`,
    };
  if (from.length < 2 || from.length > MOST_CLASSES)
    return {
      fault: `Enter from 2 to ${MOST_CLASSES} numbers, one for each class: more cannot be told apart on a map`,
    };
  if (from[0] !== 0) return { fault: 'The first class must begin at 0: put 0 before the other numbers' };
  const at = from.findIndex((first, n) => n > 0 && first <= (from[n - 1] ?? 0));
  if (at > 0)
    return {
      fault: `Each number must be larger than the one before: ${from[at]} comes after ${from[at - 1]}`,
    };
  return { from };
}

/** Colours of maps that differ in grey and to the colour-blind. */
export const MOST_CLASSES = 6;
