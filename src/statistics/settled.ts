import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { sayThatItCounts } from './side-by-side.ts';

const EVERY_MS = 50;
const PATIENCE_MS = 30_000;

/**
 * The moment that figures are as at, once nothing can be recorded before it any more: what is recorded bears the time at which
 * its transaction began, so every one that may have begun before the moment has to have ended.
 *
 * @param wanted null for now
 * @param patience milliseconds to wait for those that are under way
 * @throws Refusal of a moment that is to come, or when something is under way for longer
 */
export async function settledMoment(
  tx: Transaction,
  wanted: Date | null,
  patience = PATIENCE_MS,
): Promise<Date> {
  // Two who wait for all that runs would wait for each other.
  await sayThatItCounts(tx);
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx);
  const now = rows[0]?.now ?? new Date();
  if (wanted !== null && wanted > now)
    throw new Refusal(`${wanted.toISOString()} is still to come: ask for figures as at now or earlier`);
  const moment = wanted ?? (await endOf(now));
  let before = await unsettled(tx, moment);
  for (const until = Date.now() + patience; before.size > 0; ) {
    if (Date.now() > until)
      throw new Refusal(
        `Something that may have begun before ${moment.toISOString()} is still being recorded: try again when it has ended`,
      );
    await wait(EVERY_MS);
    const still = await unsettled(tx, moment);
    // What has begun since then began after the moment.
    before = new Set([...before].filter((running) => still.has(running)));
  }
  await remember(tx, moment);
  return moment;
}

/** What is told as at this moment is told again after a disposal, which keeps no exact moment but these (`disposal.rounded`). */
async function remember(tx: Transaction, moment: Date): Promise<void> {
  await sql`
    insert into disposal.figure_moment (moment)
    select ${moment}::timestamptz
    where need_to_know.may_count() and not exists (select from disposal.figure_moment where moment = ${moment})`.execute(
    tx,
  );
}

/** The end of a millisecond, once it is over: the database counts in smaller ones, and what it has recorded in this one is in it. */
async function endOf(millisecond: Date): Promise<Date> {
  await wait(3);
  return new Date(millisecond.getTime() + 1);
}

async function unsettled(tx: Transaction, moment: Date): Promise<Set<string>> {
  const { rows } = await sql<{ running: string }>`select running from as_at.unsettled(${moment})`.execute(tx);
  return new Set(rows.map(({ running }) => running));
}
