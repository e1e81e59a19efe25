import { describe, expect, it } from 'vitest';
import { checkTotp, currentTotp, newTotpSecret, totpUri } from './one-time-code.ts';

/** The secret of RFC 6238, appendix B ("12345678901234567890"), in base32. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

describe('one-time codes', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %i', (seconds, code) => {
    expect(currentTotp(rfcSecret, at(seconds))).toBe(code);
    expect(checkTotp(rfcSecret, code, at(seconds), null)).toEqual({ step: Math.floor(seconds / 30) });
  });

  it('are taken from one step before to one step after', () => {
    const code = currentTotp(rfcSecret, at(3000));
    expect(checkTotp(rfcSecret, code, at(3000 - 31), null)).toBeNull();
    expect(checkTotp(rfcSecret, code, at(3000 - 30), null)).toEqual({ step: 100 });
    expect(checkTotp(rfcSecret, code, at(3000 + 59), null)).toEqual({ step: 100 });
    expect(checkTotp(rfcSecret, code, at(3000 + 60), null)).toBeNull();
  });

  it('work once, and none before a used one works after it', () => {
    const now = at(3010);
    const [before, present, after] = [2980, 3010, 3040].map((seconds) => currentTotp(rfcSecret, at(seconds)));
    expect(checkTotp(rfcSecret, present ?? '', now, 100)).toBeNull();
    expect(checkTotp(rfcSecret, before ?? '', now, 100)).toBeNull();
    expect(checkTotp(rfcSecret, after ?? '', now, 100)).toEqual({ step: 101 });
    expect(checkTotp(rfcSecret, present ?? '', now, 99)).toEqual({ step: 100 });
  });

  it('may be typed with the space that apps show', () => {
    expect(checkTotp(rfcSecret, ' 287 082 ', at(59), null)).toEqual({ step: 1 });
  });

  it.each(['', '28708', '2870822', '28708a', '２８７０８２', '-28708', '287\u0000082', '2.8e10'])(
    'are not %j',
    (code) => {
      expect(checkTotp(rfcSecret, code, at(59), null)).toBeNull();
    },
  );

  it('belong to one secret', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(other);
    const code = currentTotp(one, at(59));
    expect(checkTotp(one, code, at(59), null)).toEqual({ step: 1 });
  });
});

describe('the address for an app', () => {
  it('names the service and the account, and spells out the settings', () => {
    const uri = new URL(
      totpUri({ issuer: 'Homeward', account: "o'brien+1@borough.example", secret: rfcSecret }),
    );
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain("Homeward:o'brien+1@borough.example");
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Homeward',
      secret: rfcSecret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
