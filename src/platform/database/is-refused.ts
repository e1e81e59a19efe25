/**
 * Whether row-level security refused a row that was to be written. The SQL state alone (42501) says also that a right is
 * missing, which is a fault of ours; the routine that refuses a row is its own, whatever language the server speaks.
 */
export function isRefusedByPolicy(error: unknown): boolean {
  return error instanceof Error && 'routine' in error && error.routine === 'ExecWithCheckOptions';
}
