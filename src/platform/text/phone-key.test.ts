import { expect, test } from 'vitest';
import { phoneKey } from './phone-key.ts';

test.each([
  '07700 900123',
  '07700-900-123',
  '+44 7700 900123',
  '+44 (0)7700 900123',
  '0044 7700 900123',
  '(07700) 900123',
])('%s is dialled as 07700900123', (typed) => {
  expect(phoneKey(typed)).toBe('07700900123');
});

test.each(['', '999', 'SE1 7PB', 'HW-2345-6789', 'Amina', '07700 900123 or her aunt', '1'.repeat(16)])(
  '%s is no telephone number',
  (typed) => {
    expect(phoneKey(typed)).toBeUndefined();
  },
);

test('a number of another country keeps its beginning', () => {
  expect(phoneKey('+353 1 234 5678')).toBe('+35312345678');
});
