import { sql } from 'kysely';
import { type Keyring, SealedBoxError } from '../crypto/sealed-box.ts';
import type { Database } from '../database/transaction.ts';
import { reportFault } from '../http/report-fault.ts';
import { messageLink } from './message-link.ts';
import { type MessageSender, PermanentFailure, TemporaryFailure } from './message-sender.ts';
import { inOwnWords, type OwnWords } from './own-words.ts';
import { type MessageTemplates, templateNamed, writeMessage } from './templates.ts';

export interface Delivery {
  /** On the connection of the jobs login. */
  readonly database: Database;
  readonly sender: MessageSender;
  readonly keyring: Keyring;
  readonly publicUrl: string;
  readonly templates: MessageTemplates;
  /**
   * For how many minutes a message is left alone once somebody has begun to send it: longer than any send takes, since
   * after it another worker takes the first for dead, and sends it again.
   */
  readonly lease?: number;
}

/** Minutes to wait after each failure: ten attempts in a little more than a day, and then it is for people to see to. */
const WAITS = [1, 5, 15, 30, 60, 120, 240, 480, 720] as const;
const MOST_ATTEMPTS = WAITS.length + 1;
const LEASE = 5;
/** How many are sent at once. */
const LANES = 4;

/**
 * Sends every message that is due. Workers may do it at once: each message is one's at a time. One that was being sent
 * when its worker died is sent again, under the same id, since nobody can know whether it had left.
 *
 * @param stopping begins no new message once it is aborted.
 * @returns how many left.
 */
export async function deliverMessages(delivery: Delivery, stopping?: AbortSignal): Promise<number> {
  let sent = 0;
  const lane = async () => {
    while (!stopping?.aborted) {
      const message = await claim(delivery);
      if (!message) return;
      const outcome = await attempt(delivery, message);
      await settle(delivery, message, outcome);
      if (outcome.state === 'sent') sent += 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sent;
}

interface Claimed {
  id: string;
  template: string;
  path: string;
  secret_sealed: Buffer | null;
  attempts: number;
  created_at: Date;
  now: Date;
  email: string;
  disabled: boolean;
  /** What the service says in its own words in this kind of message, and under which name. */
  own: OwnWords | null;
  from_name: string | null;
}

/** Takes the message that has waited longest. Its next attempt is set at once, so that it is never lost with us. */
async function claim({ database, lease = LEASE }: Delivery): Promise<Claimed | undefined> {
  return await database.asTask('messages', async (tx) => {
    const claimed = await sql<Claimed>`
      update messages.message m
      set attempts = m.attempts + 1, next_attempt_at = now() + make_interval(secs => ${lease * 60})
      from identity.account a
      where a.id = m.account_id and m.id = (
        select d.id from messages.message d
        where d.state = 'queued' and d.next_attempt_at <= now()
        order by d.next_attempt_at limit 1
        for update skip locked)
      returning m.id, m.template, m.path, m.secret_sealed, m.attempts, m.created_at, now() as now,
        a.email, a.disabled_at is not null as disabled,
        (select json_build_object('subject', w.subject, 'text', w.text) from reference.message_words w where w.template = m.template) as own,
        (select d.service_name from reference.service_details d) as from_name`.execute(tx);
    return claimed.rows[0];
  });
}

type Outcome =
  | { state: 'sent'; reference: string }
  /** `why` is for people to read, and names nobody. */
  | { state: 'failed'; why: string }
  | { state: 'queued'; why: string; minutes: number };

async function attempt(delivery: Delivery, message: Claimed): Promise<Outcome> {
  const { sender, keyring, publicUrl, templates } = delivery;
  const template = inOwnWords(templateNamed(templates, message.template), {
    serviceName: message.from_name,
    own: message.own,
  });
  const age = (message.now.getTime() - message.created_at.getTime()) / 60_000;
  if (message.disabled) return { state: 'failed', why: 'Their account has been closed.' };
  if (template.usefulFor !== undefined && age > template.usefulFor) {
    return { state: 'failed', why: 'The link in it had run out before it could be sent.' };
  }
  if (message.attempts > MOST_ATTEMPTS) {
    return { state: 'failed', why: 'Every attempt to send it was cut off before it ended.' };
  }
  try {
    const words = writeMessage(template, messageLink(keyring, publicUrl, message));
    const { providerReference } = await sender.send({
      id: message.id,
      to: message.email,
      fromName: message.from_name ?? '',
      ...words,
    });
    return { state: 'sent', reference: providerReference };
  } catch (error) {
    return outcomeOf(error, message.attempts);
  }
}

function outcomeOf(error: unknown, attempts: number): Outcome {
  if (error instanceof SealedBoxError) {
    return {
      state: 'failed',
      why: 'The link in it was sealed with another secret than the service has now.',
    };
  }
  if (error instanceof PermanentFailure) {
    return { state: 'failed', why: `It was refused for good: ${withoutAddresses(error.message)}` };
  }
  if (!(error instanceof TemporaryFailure)) reportFault(error);
  const why =
    error instanceof TemporaryFailure
      ? `It could not be sent: ${withoutAddresses(error.message)}`
      : 'It could not be sent, by a fault of this service.';
  const minutes = WAITS[attempts - 1];
  return minutes === undefined ? { state: 'failed', why } : { state: 'queued', why, minutes };
}

const LONGEST_REASON = 300;

/** Providers repeat whom they were asked to write to. */
function withoutAddresses(words: string): string {
  return words.replace(/[^\s<>"',;:()]+@[^\s<>"',;:()]+/g, '(address)').slice(0, LONGEST_REASON);
}

/**
 * Writes down what came of an attempt. The link leaves with the message and is kept no longer, but where the outbox page
 * is how it leaves. That one failed counts only if no other has been made since.
 */
async function settle(
  { database, sender }: Delivery,
  { id, attempts }: Claimed,
  outcome: Outcome,
): Promise<void> {
  await database.asTask('messages', async (tx) => {
    const message = tx.updateTable('messages.message').where('id', '=', id);
    const ours = message.where('state', '=', 'queued').where('attempts', '=', attempts);
    if (outcome.state === 'sent') {
      await message
        .set({
          state: 'sent',
          provider: sender.name,
          provider_reference: outcome.reference,
          sent_at: sql`now()`,
          last_error: null,
          ...(sender.name === 'outbox' ? {} : { secret_sealed: null }),
        })
        .execute();
    } else if (outcome.state === 'failed') {
      await ours.set({ state: 'failed', last_error: outcome.why }).execute();
    } else {
      await ours
        .set({
          last_error: outcome.why,
          next_attempt_at: sql`now() + make_interval(mins => ${outcome.minutes}::int)`,
        })
        .execute();
    }
  });
}
