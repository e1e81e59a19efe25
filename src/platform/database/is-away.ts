import { hasCode } from '../error-code.ts';

/** What pg says, without a code, of a connection that broke or was not to be had. */
const BROKEN = [
  'Connection terminated',
  'Client has encountered a connection error',
  'timeout exceeded when trying to connect',
];

/**
 * Whether a query failed because the database server is not there or is being started again: it ended the connection
 * (57P01, 57P02), does not take one yet (57P03), or the connection broke (class 08 and what the system says of sockets).
 * Whether what was under way was committed is not known then.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (hasCode(error, '57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE')) return true;
  if ('code' in error && /^08[0-9A-Z]{3}$/.test(String(error.code))) return true;
  // A server on this machine that is not up has no socket; any other file that is missing is a fault of ours.
  if (hasCode(error, 'ENOENT')) return 'syscall' in error && error.syscall === 'connect';
  return BROKEN.some((words) => error.message.startsWith(words));
}
