import { expect, it } from 'vitest';
import { z } from 'zod';
import { fixedClock } from '../clock/clock.ts';
import { createKeyring } from '../crypto/sealed-box.ts';
import { openStep, sealStep } from './sealed-step.ts';

const keyring = createKeyring('a secret of more than thirty-two characters');
const schema = z.object({ who: z.string() });
const binding = { purpose: 'sign-in', holder: 'this browser' };
const at = (time: string) => ({ keyring, clock: fixedClock(`2026-11-22T${time}Z`) });
const sealed = sealStep(at('10:00:00'), binding, { who: 'Noor' });
const open = (time: string, changed: Partial<typeof binding> = {}, text = sealed) =>
  openStep(at(time), { ...binding, ...changed }, text, { minutes: 5, schema });

it('hands on what it was given, for as long as it may', () => {
  expect(open('10:00:00')).toEqual({ who: 'Noor' });
  expect(open('10:05:00')).toEqual({ who: 'Noor' });
  expect(open('10:05:01')).toBeNull();
});

it('opens for nothing else, nowhere else', () => {
  expect(open('10:01:00', { purpose: 'set-up app' })).toBeNull();
  expect(open('10:01:00', { holder: 'another browser' })).toBeNull();
});

it.each(['', 'nonsense', `${sealed.slice(0, -2)}AA`, sealed.slice(4)])(
  'does not open when changed: %j',
  (text) => {
    expect(open('10:01:00', {}, text)).toBeNull();
  },
);

it('tells nobody what it holds', () => {
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('Noor');
});
