import { expect, test } from 'vitest';
import { parseReference } from './reference.ts';

test.each(['HW-7K2M-9P4X', 'hw-7k2m-9p4x', ' hw 7k2m 9p4x ', 'HW7K2M9P4X', 'HW–7K2M–9P4X'])(
  '%s is read',
  (typed) => {
    expect(parseReference(typed)).toBe('HW-7K2M-9P4X');
  },
);

test.each(['', 'HW-7K2M', 'HW-7K2M-9P4A', 'HW-7K2M-9P4X5', 'Mohamed Ali', "HW-7K2M-9P4X'"])(
  '%s is no reference',
  (typed) => {
    expect(parseReference(typed)).toBeUndefined();
  },
);
