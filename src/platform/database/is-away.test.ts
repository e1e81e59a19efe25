import { expect, test } from 'vitest';
import { isDatabaseAway } from './is-away.ts';

const error = (message: string, rest: object = {}) => Object.assign(new Error(message), rest);

test.each([
  error('terminating connection due to administrator command', { code: '57P01' }),
  error('terminating connection because of crash of another server process', { code: '57P02' }),
  error('the database system is starting up', { code: '57P03' }),
  error('connection failure', { code: '08006' }),
  error('connect ECONNREFUSED', { code: 'ECONNREFUSED', syscall: 'connect' }),
  error('connect ENOENT', { code: 'ENOENT', syscall: 'connect' }),
  error('Connection terminated unexpectedly'),
  error('timeout exceeded when trying to connect'),
])('a database that is not there: $message', (thrown) => {
  expect(isDatabaseAway(thrown)).toBe(true);
});

test.each([
  error('canceling statement due to statement timeout', { code: '57014' }),
  error('duplicate key', { code: '23505' }),
  error('no such file', { code: 'ENOENT', syscall: 'open' }),
  error('Cannot read properties of undefined'),
  'a string',
])('a fault of ours is none: $message', (thrown) => {
  expect(isDatabaseAway(thrown)).toBe(false);
});
