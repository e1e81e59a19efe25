import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailServer, startMailServer } from './mail.ts';

let mail: MailServer;
const send = (subject: string, text: string) => {
  const transport = createTransport({ url: mail.url, ignoreTLS: true });
  return transport.sendMail({ from: 'homeward@example.org', to: 'spoc@example.org', subject, text });
};

beforeAll(async () => {
  mail = await startMailServer();
});
afterAll(() => mail.stop());

test('waits for a message that has not come yet, and finds one that has', async () => {
  const waiting = mail.waitFor(({ subject }) => subject === 'Later');
  await send('Sooner', 'One');
  await send('Later', 'Two');
  expect(await waiting).toMatchObject({
    to: 'spoc@example.org',
    recipients: ['spoc@example.org'],
    text: 'Two',
  });
  expect(await mail.waitFor(({ subject }) => subject === 'Sooner')).toMatchObject({ text: 'One' });
});

test('says what did arrive when nothing fits', async () => {
  await send('Something else', 'Three');
  await expect(mail.waitFor(({ subject }) => subject === 'Never', 50)).rejects.toThrow(
    '"Something else" to spoc@example.org',
  );
});

test.each([
  [
    'a script that is sent as base64',
    'طلب ينتظرك – Homeward يوم الاثنين في الساعة التاسعة صباحا',
    'سجل الدخول\n\nلقراءته',
  ],
  [
    'letters that are sent quoted',
    'Réunion à Hackney – aujourd’hui',
    `https://homeward.example.org/a?b=c\n${'Zoë '.repeat(40)}end`,
  ],
  ['lines that SMTP treats specially', 'Dots', '.\n..\n.hidden\nFrom me\n'],
])('reads %s', async (_what, subject, text) => {
  await send(subject, text);
  expect((await mail.waitFor((arrived) => arrived.subject === subject)).text).toBe(text.trimEnd());
});

test('fails one message as it is told, and takes the next', async () => {
  mail.failNext(451, 'text');
  await expect(send('Refused', 'No')).rejects.toMatchObject({ responseCode: 451 });
  await send('Taken', 'Yes');
  expect(mail.messages.map(({ subject }) => subject)).toContain('Taken');
  expect(mail.messages.map(({ subject }) => subject)).not.toContain('Refused');
});
