import { describe, expect, test } from 'vitest';
import { type OutgoingMessage, PermanentFailure, refuseUnsendable } from './message-sender.ts';

const message: OutgoingMessage = {
  id: '019c2b9e-6f0a-7c44-9a55-6d5d3b1f0c11',
  to: "dara.o'neill+referrals@hackney.example.org",
  subject: 'A referral is waiting for you',
  body: 'Sign in to read it.',
};

describe('what no sender sends', () => {
  test.each([
    ['two addresses', 'a@example.org, b@example.org'],
    ['two addresses, in the way of another mail program', 'a@example.org;b@example.org'],
    ['a name', 'Ann <a@example.org>'],
    ['a quoted part that hides an address', '"b@example.org,"@example.org'],
    ['a comment', 'a@example.org(b@example.org)'],
    ['a group', 'everybody:a@example.org'],
    ['a second header', 'a@example.org\r\nBcc: b@example.org'],
    ['an invisible character', 'a\u200b@example.org'],
    ['no name before the @', '@example.org'],
    ['no place after it', 'a@'],
    ['nothing', ''],
    ['an address nobody can have', `${'a'.repeat(64)}@${'b'.repeat(190)}.org`],
  ])('to %s', (_what, to) => {
    expect(() => refuseUnsendable({ ...message, to })).toThrow(PermanentFailure);
  });

  test.each(['Hello\r\nBcc: b@example.org', 'Hello\nX-Other: 1', 'Hello\u2028', 'Hello\0', ''])(
    'with the subject %j',
    (subject) => {
      expect(() => refuseUnsendable({ ...message, subject })).toThrow(PermanentFailure);
    },
  );

  test.each(['a>\r\nBcc: b@example.org', 'a@b', 'a b', ''])('under the id %j', (id) => {
    expect(() => refuseUnsendable({ ...message, id })).toThrow(PermanentFailure);
  });

  test('without a body', () => {
    expect(() => refuseUnsendable({ ...message, body: '' })).toThrow(PermanentFailure);
  });
});

test('addresses that people have are not refused', () => {
  for (const to of [message.to, 'j@xn--bcher-kva.example', 'josé@example.org', 'root@localhost']) {
    expect(() => refuseUnsendable({ ...message, to })).not.toThrow();
  }
});
