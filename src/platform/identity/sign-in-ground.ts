import type { Transaction } from '../database/transaction.ts';
import type { Visitor } from '../http/page.ts';
import type { Service } from '../service.ts';

/** What signing in works with: a transaction that sees nobody's records, and what is known of the visitor. */
export interface SignInGround {
  tx: Transaction;
  service: Service;
  visitor: Visitor;
}
