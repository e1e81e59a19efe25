import { readFileSync } from 'node:fs';
import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { commonPasswordsFile } from './common-passwords.ts';
import { dummyVerify, hashPassword, passwordFault, verifyPassword } from './password.ts';

const about = { emailAddress: 'Siobhan.OBrien2@borough.example', serviceName: 'Homeward' };
const fault = (password: string) => passwordFault(password, about)?.reason;

describe('a password someone wants to use', () => {
  it.each([
    'kettle orchard fathom',
    'eleven chars + 1',
    'Tr4mline/Okapi.9',
    'correct horse battery staple',
    'пингвин и чайник',
    'liverpool kettles never boil',
    'the may bug hums at dusk',
    'x7#Kq9!vLm2$',
    'k'.repeat(3) + 'orchard fathom'.repeat(14),
  ])('may be %s', (password) => {
    expect(passwordFault(password, about)).toBeUndefined();
  });

  it('is none of the 3,000 most common that are long enough (ASVS 5.0, 6.2.4)', () => {
    const mostCommon = readFileSync(commonPasswordsFile(), 'utf8')
      .split('\n')
      .filter((line) => [...line.trim()].length >= 12 && [...line.trim()].length <= 200)
      .slice(0, 3_000);
    expect(mostCommon).toHaveLength(3_000);
    expect(mostCommon.filter((password) => fault(password) === undefined)).toEqual([]);
    expect(fault('LeaveMeAlone')).toBe('too-common');
  });

  it('must be there', () => {
    expect(passwordFault('', about)).toEqual({ reason: 'missing', message: 'Enter a password' });
  });

  it('has 12 to 200 characters, as people count them', () => {
    expect(fault('kettle orch')).toBe('too-short');
    expect(fault('kettle orcha')).toBeUndefined();
    expect(fault('🫖🌳🪢🐧🦉')).toBe('too-short');
    const long = 'kettle orchard fathom okapi '.repeat(8);
    expect(fault(long.slice(0, 200))).toBeUndefined();
    expect(fault(long.slice(0, 201))).toBe('too-long');
    expect(passwordFault('short', about)?.message).toBe('Password must be 12 characters or more');
  });

  it.each(['kettle siobhan orchard', 'OBRIEN orchard 77', 'siobhan-obrien-99', 'Ｓｉｏｂｈａｎ orchard'])(
    'must not hold the name in the email address: %s',
    (password) => {
      expect(fault(password)).toBe('has-your-name');
    },
  );

  it('may hold a short name, which is in many words', () => {
    expect(passwordFault('a banner of orchids', { ...about, emailAddress: 'ann@x.example' })).toBeUndefined();
  });

  it.each(['homeward orchard', 'my Home Ward 2026 kettle', 'HOMEWARD!!orchard'])(
    'must not hold the name of the service: %s',
    (password) => {
      expect(fault(password)).toBe('has-the-service-name');
    },
  );

  it.each([
    'aaaaaaaaaaaa',
    'abababababab',
    'abcabcabcabc',
    'kettlekettlekettle',
    '123456789012',
    '987654321098',
    'abcdefghijklm',
    'qwertyuiopas',
    'qwerty123456',
    '1qaz2wsx3edc',
    '1q2w3e4r5t6y',
    'password1234',
    'Password2026!',
    'P@ssw0rd2026!',
    'passwordpassword',
    'letmein12345',
    'welcome to 123',
    'my password is secret',
    'November2026!',
    'liverpool1892',
    'Safeguarding1!',
    'Welcome12345678',
    'changeme-changeme',
  ])('must not be %s', (password) => {
    expect(fault(password)).toBe('too-common');
  });
});

describe('a kept password', () => {
  it('is Argon2id with the settings we chose, and salted', async () => {
    const [one, other] = await Promise.all([hashPassword('kettle orchard'), hashPassword('kettle orchard')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[^$]{22}\$[^$]{43}$/);
    expect(one).not.toBe(other);
  });

  it('is recognised, however the keyboard composed it, and no other is', async () => {
    const kept = await hashPassword('Zo\u00eb likes ﬁne tea');
    expect(await verifyPassword(kept, 'Zoe\u0308 likes fine tea')).toEqual({ ok: true, needsRehash: false });
    expect(await verifyPassword(kept, 'Zoe likes fine tea')).toEqual({ ok: false, needsRehash: false });
    expect(await verifyPassword(kept, '')).toEqual({ ok: false, needsRehash: false });
    expect(await verifyPassword(kept, 'x'.repeat(1_000_000))).toEqual({ ok: false, needsRehash: false });
  });

  it('at its longest, in the widest characters, is recognised', async () => {
    const longest = '🫖🌳🪢🐧🦉'.repeat(40);
    expect(passwordFault(longest, about)?.reason).not.toBe('too-long');
    expect((await verifyPassword(await hashPassword(longest), longest)).ok).toBe(true);
  });

  it('with earlier settings is recognised and asks to be hashed again', async () => {
    const kept = await hash('kettle orchard', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await verifyPassword(kept, 'kettle orchard')).toEqual({ ok: true, needsRehash: true });
    expect(await verifyPassword(kept, 'kettle orchards')).toEqual({ ok: false, needsRehash: false });
  });

  it('that is no hash is a mistake of ours, not a wrong password', async () => {
    await expect(verifyPassword('kettle', 'kettle')).rejects.toThrow();
  });

  it('takes as long to look for when there is none', async () => {
    const kept = await hashPassword('kettle orchard');
    const medianOf = async (work: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const before = performance.now();
        await work();
        times.push(performance.now() - before);
      }
      return times.sort((one, other) => one - other)[2] ?? 0;
    };
    const real = await medianOf(() => verifyPassword(kept, 'orchard kettle'));
    const dummy = await medianOf(() => dummyVerify('orchard kettle'));
    expect(dummy / real).toBeGreaterThan(0.4);
    expect(dummy / real).toBeLessThan(2.5);
    expect(await dummyVerify('orchard kettle')).toEqual({ ok: false, needsRehash: false });
  });
});
