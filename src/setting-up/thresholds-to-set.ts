import { sql } from 'kysely';
import type { Threshold } from '../organisations/index.ts';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** A threshold with the day it comes into force. */
export interface DatedThreshold extends Threshold {
  name: string;
  from: PlainDate;
  what: string;
  source: string;
  /** Past: another has followed it. */
  stands: 'past' | 'in force' | 'to come';
}

/** Every threshold that there ever was, by its words and then by day, as they stand on `today`. */
export async function findDatedThresholds(tx: Transaction, today: PlainDate): Promise<DatedThreshold[]> {
  const { rows } = await sql<DatedThreshold>`
    select name, in_force_from as "from", value, unit, what, source,
      case when in_force_from > ${today}::date then 'to come'
        when in_force_from = max(in_force_from) filter (where in_force_from <= ${today}::date) over (partition by name) then 'in force'
        else 'past' end as stands
    from reference.threshold order by what, name, in_force_from`.execute(tx);
  return rows;
}

/** Sets what is in force from a day on. @returns false when something comes into force on that day already. */
export async function setThreshold(
  tx: Transaction,
  { name, unit, what }: Pick<DatedThreshold, 'name' | 'unit' | 'what'>,
  { value, from, source }: { value: number; from: PlainDate; source: string },
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'threshold-set',
    subject: { kind: 'threshold', id: null },
    detail: { threshold: name, from, value },
  });
  const made = await tx
    .insertInto('reference.threshold')
    .values({ name, in_force_from: from, value, unit, what, source })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .executeTakeFirst();
  return made !== undefined;
}

/** Whether a threshold can be taken back: it is to come, or came into force today, and what was typed wrong is put right. */
export const canBeTakenBack = ({ from }: Pick<DatedThreshold, 'from'>, today: PlainDate): boolean =>
  from >= today;

/** Takes back what can be; what it was stays in the audit. @returns false when it cannot be, or is not there. */
export async function takeThresholdBack(
  tx: Transaction,
  { name, from, value }: Pick<DatedThreshold, 'name' | 'from' | 'value'>,
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'threshold-taken-back',
    subject: { kind: 'threshold', id: null },
    detail: { threshold: name, from, value },
  });
  const gone = await tx
    .deleteFrom('reference.threshold')
    .where('name', '=', name)
    .where('in_force_from', '=', from)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}
