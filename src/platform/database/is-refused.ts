import { hasCode } from '../error-code.ts';

/**
 * Whether row-level security refused a row that was to be written. The SQL state alone (42501) says also that a right is
 * missing, which is a fault of ours; the routine that refuses a row is its own, whatever language the server speaks.
 */
export function isRefusedByPolicy(error: unknown): boolean {
  return error instanceof Error && 'routine' in error && error.routine === 'ExecWithCheckOptions';
}

/**
 * Whether what a form was about changed while it was carried out: the row is not theirs to write any more, or two who wait
 * for each other would have waited for ever (`deadlock_detected`).
 */
export function isOvertaken(error: unknown): boolean {
  return isRefusedByPolicy(error) || hasCode(error, '40P01');
}
