import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

export type Direction = 'at-least' | 'at-most';

/** What a measure is to reach: a whole percentage where it is a share, else a number. */
export interface Target {
  readonly value: number;
  readonly direction: Direction;
}

/** A target as it was set. */
export interface DatedTarget {
  readonly measure: string;
  /** The code of a provider; null for the service. */
  readonly provider: string | null;
  readonly from: PlainDate;
  /** Null where there is none any more. */
  readonly target: Target | null;
}

/** A target with who set it, where it comes from, and whether another took its place before it came into force. */
export interface SetTarget extends DatedTarget {
  readonly source: string;
  readonly setAt: Date;
  readonly setBy: string | null;
}

interface Row {
  measure: string;
  provider: string | null;
  from: PlainDate;
  value: number | null;
  direction: Direction | null;
}

const targetIn = ({ value, direction }: Row): Target | null =>
  value === null || direction === null ? null : { value, direction };

/** The targets that had been set by a moment: of each measure, provider and day the one that was set last. */
export async function targetsAsAt(tx: Transaction, moment: Date): Promise<DatedTarget[]> {
  const { rows } = await sql<Row>`
    select distinct on (measure, provider, in_force_from) measure, provider, in_force_from::text as "from", value, direction
    from reference.performance_target where recorded_at <= ${moment}
    order by measure, provider, in_force_from, recorded_at desc, id desc`.execute(tx);
  return rows.map((row) => ({
    measure: row.measure,
    provider: row.provider,
    from: row.from,
    target: targetIn(row),
  }));
}

/** Every target that was ever set for a measure, the newest first. */
export async function findSetTargets(tx: Transaction, measure: string): Promise<SetTarget[]> {
  const { rows } = await sql<Row & { source: string; recorded_at: Date; by: string | null }>`
    select t.measure, t.provider, t.in_force_from::text as "from", t.value, t.direction, t.source, t.recorded_at, a.name as by
    from reference.performance_target t left join identity.account a on a.id = t.recorded_by
    where t.measure = ${measure} order by t.in_force_from desc, t.recorded_at desc, t.id desc`.execute(tx);
  return rows.map((row) => ({
    measure: row.measure,
    provider: row.provider,
    from: row.from,
    target: targetIn(row),
    source: row.source,
    setAt: row.recorded_at,
    setBy: row.by,
  }));
}

/** Providers that a target can be set for, by the codes that records name them with. */
export async function providersWithCodes(tx: Transaction): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from identity.organisation where kind = 'provider' and code is not null order by name`.execute(
    tx,
  );
  return rows;
}

/** Sets what a measure is to reach from a day on; null takes the target away from that day. */
export async function setTarget(
  tx: Transaction,
  { measure, provider, from, target, source }: DatedTarget & { readonly source: string },
): Promise<void> {
  await recordCommand(tx, {
    action: 'target-set',
    subject: { kind: 'target', id: null },
    detail: { measure, provider, from, value: target?.value ?? null },
  });
  await sql`
    insert into reference.performance_target (measure, provider, in_force_from, value, direction, source)
    values (${measure}, ${provider}, ${from}, ${target?.value ?? null}, ${target?.direction ?? null}, ${source})`.execute(
    tx,
  );
}

/**
 * The target in force on a day: a provider's own, else the service's where the measure is of every provider's work.
 *
 * @param provider null for the service's
 */
export function targetOn(
  targets: readonly DatedTarget[],
  measure: string,
  provider: string | null,
  day: PlainDate,
): Target | null {
  const newestOf = (whose: string | null) =>
    targets
      .filter((each) => each.measure === measure && each.provider === whose && each.from <= day)
      .reduce<DatedTarget | null>((last, each) => (last && last.from > each.from ? last : each), null);
  const own = provider === null ? null : newestOf(provider);
  return (own ?? newestOf(null))?.target ?? null;
}
