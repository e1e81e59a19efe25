import { afterEach, expect, test, vi } from 'vitest';
import { reportFault } from './report-fault.ts';

afterEach(() => vi.restoreAllMocks());

test('a fault is told by its place and without its message, however that is written', () => {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  reportFault(new Error('invalid input: "Canary\n    at Canary Street (canary.ts:1:1)\nat Canary"'));
  expect(written.join('')).not.toContain('anary');
  expect(written.join('')).toContain('report-fault.test.ts');
});
