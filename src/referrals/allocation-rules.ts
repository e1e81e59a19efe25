import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { type AllocationRule, allocationRules } from './suggest-allocation.ts';

/** A rule that teams are suggested by, as the service has set it. */
export interface SetRule {
  rule: AllocationRule;
  isInUse: boolean;
}

/** Every rule, the weightiest first. */
export async function setRules(tx: Transaction): Promise<SetRule[]> {
  const rows = await tx
    .selectFrom('reference.allocation_rule')
    .select(['name', 'in_use'])
    .orderBy('place')
    .orderBy('name')
    .execute();
  return rows.flatMap(({ name, in_use }) => {
    const rule = allocationRules.find((each) => each === name);
    return rule === undefined ? [] : [{ rule, isInUse: in_use }];
  });
}

/** The rules in use, the weightiest first. */
export async function rulesInUse(tx: Transaction): Promise<AllocationRule[]> {
  return (await setRules(tx)).flatMap(({ rule, isInUse }) => (isInUse ? [rule] : []));
}

/** Sets which rules teams are suggested by, and which weighs most: those in use, in this order. */
export async function setAllocationRules(tx: Transaction, inUse: readonly AllocationRule[]): Promise<void> {
  const inOrder = [...inUse, ...allocationRules.filter((rule) => !inUse.includes(rule))];
  await recordCommand(tx, {
    action: 'allocation-rules-set',
    subject: { kind: 'allocation-rules', id: null },
    detail: { rules: inUse },
  });
  for (const [place, rule] of inOrder.entries()) {
    await tx
      .updateTable('reference.allocation_rule')
      .set({ place: place + 1, in_use: inUse.includes(rule) })
      .where('name', '=', rule)
      .execute();
  }
}
