import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { createSender, type SenderSettings } from './create-sender.ts';
import { PermanentFailure } from './message-sender.ts';

const notify: SenderSettings['messages'] = {
  kind: 'notify',
  apiKey: 'key-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0',
  templateId: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
};
const smtp: SenderSettings['messages'] = {
  kind: 'smtp',
  url: 'smtps://mail.example.org',
  from: 'homeward@example.org',
};

test.each(['development', 'production'] as const)('what is set is the way out in %s', (environment) => {
  expect(createSender({ environment, messages: notify }).name).toBe('notify');
  expect(createSender({ environment, messages: smtp }).name).toBe('smtp');
});

test('messages stay on a developer’s machine when nothing is set, and are refused as elsewhere', async () => {
  const outbox = createSender({ environment: 'development', messages: undefined });
  const message = { id: 'm-1', to: 'spoc@example.org', subject: 'Waiting', body: 'Sign in' };
  expect(outbox.name).toBe('outbox');
  expect(await outbox.send(message)).toEqual({ providerReference: 'm-1' });
  await expect(outbox.send({ ...message, to: 'a@example.org, b@example.org' })).rejects.toThrow(
    PermanentFailure,
  );
});

test('nothing set in production is refused: messages would only seem to be sent', () => {
  expect(() => createSender({ environment: 'production', messages: undefined })).toThrow(Refusal);
});
