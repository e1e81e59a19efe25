import type { ComponentChildren } from 'preact';
import type { Asker, Role, Transaction } from '../platform/database/transaction.ts';
import type { Service } from '../platform/service.ts';

/** What a capability knows of a borough: a part of the page that its contact begins with. */
export interface BoroughSection {
  for: readonly Role[];
  /** Its heading (of the second level) and what is under it. */
  show(visit: { tx: Transaction; asker: Asker; service: Service }): Promise<ComponentChildren>;
}
