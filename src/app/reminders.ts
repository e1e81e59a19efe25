import { sql } from 'kysely';
import { lastBegunOverdue, thresholdsOn } from '../organisations/index.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { isWorkingDay } from '../platform/clock/working-days.ts';
import type { Database } from '../platform/database/transaction.ts';

/**
 * Tells everybody whose work is late that something waits, once on each working day: asked again on the same day, nobody is
 * told twice.
 *
 * @param database on the connection of the jobs login.
 * @returns how many were told.
 */
export async function remindOfWhatIsLate(database: Database, now: Date): Promise<number> {
  const today = londonDate(now);
  if (!isWorkingDay(today)) return 0;
  return await database.asTask('housekeeping', async (tx) => {
    const thresholds = await thresholdsOn(tx, today);
    const begun = (name: 'review' | 'risk-review' | 'case-summary') =>
      lastBegunOverdue(today, thresholds[name]);
    const { rows } = await sql<{ told: number }>`
      select messages.remind_of_what_is_late(
        ${today}::date, ${begun('review')}::date, ${begun('risk-review')}::date, ${begun('case-summary')}::date) as told`.execute(
      tx,
    );
    return rows[0]?.told ?? 0;
  });
}

/**
 * Alarms the managers of every worker who should be back and has not said so, on whatever day, once for each time they said
 * by when they would be.
 *
 * @param database on the connection of the jobs login.
 * @returns how many were told.
 */
export async function alarmOfMissedCheckIns(database: Database, now: Date): Promise<number> {
  return await database.asTask('housekeeping', async (tx) => {
    const { rows } = await sql<{ told: number }>`
      select messages.alarm_of_missed_check_ins(${now}) as told`.execute(tx);
    return rows[0]?.told ?? 0;
  });
}
