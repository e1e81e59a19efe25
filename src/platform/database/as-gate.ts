import type pg from 'pg';

/**
 * Runs `work` in a transaction as the gate, which sees every row: the owner of the tables is under their policies too,
 * unless it is a superuser. For what the owner does to a whole database; no request and no task can become the gate.
 */
export async function asGate<Result>(owner: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await owner.query('begin');
  try {
    await owner.query('set local role homeward_gate');
    const result = await work();
    await owner.query('commit');
    return result;
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}
