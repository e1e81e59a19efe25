import { expect, it } from 'vitest';
import { networkOf } from './sign-in-limits.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1::7', '2001:db8:0:1'],
  ['2001:DB8::1:0:0:7', '2001:db8:0:0'],
  ['2001:0db8:0000:0001:ffff:ffff:ffff:ffff', '2001:db8:0:1'],
  ['::1', '0:0:0:0'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
