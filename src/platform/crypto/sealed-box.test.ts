import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyring, SealedBoxError } from './sealed-box.ts';

const secret = 'a secret of the service, 32 characters or more';
const earlier = 'an earlier secret of the service, now replaced';
const box = createKeyring(secret).box('draft');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('a sealed box', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.string(), (plaintext, owner) => {
        const opened = box.open(box.seal(plaintext, owner), owner);
        expect(Buffer.compare(opened, plaintext)).toBe(0);
      }),
    );
  });

  it('is different every time and does not show what is in it', () => {
    const plaintext = Buffer.from('the same words');
    const [one, other] = [box.seal(plaintext, ''), box.seal(plaintext, '')];
    expect(Buffer.compare(one, other)).not.toBe(0);
    expect(Buffer.from(one).includes('same')).toBe(false);
    expect(one.length).toBe(1 + 4 + 12 + plaintext.length + 16);
  });

  it('does not open when any bit of it is changed, or it is cut or lengthened', () => {
    const sealed = box.seal(Buffer.from('what was typed'), 'account 1');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => box.open(changed, 'account 1')).toThrow(SealedBoxError);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => box.open(sealed.subarray(0, length), 'account 1')).toThrow(SealedBoxError);
    }
    expect(() => box.open(Buffer.concat([sealed, Buffer.of(0)]), 'account 1')).toThrow(SealedBoxError);
  });

  it('does not open for another owner, another purpose or with another secret', () => {
    const sealed = box.seal(Buffer.from('what was typed'), 'account 1');
    expect(() => box.open(sealed, 'account 2')).toThrow(SealedBoxError);
    expect(() => createKeyring(secret).box('session').open(sealed, 'account 1')).toThrow(SealedBoxError);
    expect(() => createKeyring(earlier).box('draft').open(sealed, 'account 1')).toThrow(SealedBoxError);
  });

  it('opens after the secret is changed, for as long as the earlier one is given', () => {
    const sealed = createKeyring(earlier).box('draft').seal(Buffer.from('typed'), 'account 1');
    const rotated = createKeyring(secret, earlier).box('draft');
    expect(text(rotated.open(sealed, 'account 1'))).toBe('typed');
    const sealedAgain = rotated.seal(Buffer.from('typed'), 'account 1');
    expect(text(box.open(sealedAgain, 'account 1'))).toBe('typed');
  });

  it('opens boxes stored by every version released so far', () => {
    const stored = Buffer.from(
      'Ad5NsoAiX13uL8F39W9YyTmHB4fpWRyFVSb7MUu/cxArxzevlEXoq9URUuUqV08dfgMFufs=',
      'base64',
    );
    expect(text(box.open(stored, 'account 1'))).toBe('kept since version 1');
  });
});

describe('a keyed hash', () => {
  const keyring = createKeyring(secret);

  it('depends on the secret, the purpose and the text, and on nothing else', () => {
    const mac = keyring.hmac('form token', 'session 1');
    expect(mac.length).toBe(32);
    expect(mac).toEqual(createKeyring(secret, earlier).hmac('form token', 'session 1'));
    expect(mac).not.toEqual(keyring.hmac('form token', 'session 2'));
    expect(mac).not.toEqual(keyring.hmac('other', 'session 1'));
    expect(mac).not.toEqual(createKeyring(earlier).hmac('form token', 'session 1'));
  });

  it('matches under the current and earlier secrets only', () => {
    const mac = createKeyring(earlier).hmac('form token', 'session 1');
    expect(createKeyring(secret, earlier).hmacMatches('form token', 'session 1', mac)).toBe(true);
    expect(createKeyring(secret).hmacMatches('form token', 'session 1', mac)).toBe(false);
    expect(createKeyring(secret, earlier).hmacMatches('form token', 'session 2', mac)).toBe(false);
    expect(createKeyring(earlier).hmacMatches('form token', 'session 1', mac.subarray(1))).toBe(false);
  });
});

describe('a secret', () => {
  it('is refused when short, current or earlier', () => {
    expect(() => createKeyring('short')).toThrow('32 characters or more');
    expect(() => createKeyring(secret, 'short')).toThrow(RangeError);
  });
});
