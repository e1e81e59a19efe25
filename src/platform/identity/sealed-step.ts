import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { type Keyring, SealedBoxError } from '../crypto/sealed-box.ts';

/** What binds a step to where it may be used. */
export interface StepBinding {
  /** What the step belongs to, as `sign-in`. A step of one thing is none of another. */
  purpose: string;
  /** A secret of the browser it was given to, or the session: elsewhere it opens nothing. */
  holder: string;
}

interface Ground {
  keyring: Keyring;
  clock: Clock;
}

const envelope = z.object({ at: z.number(), value: z.unknown() });

/**
 * What one step of a form hands to the next through a hidden field: nobody can read or change it, and it is no session.
 * Nothing is kept on the server for somebody who has not proved who they are.
 */
export function sealStep(
  { keyring, clock }: Ground,
  { purpose, holder }: StepBinding,
  value: unknown,
): string {
  const text = JSON.stringify({ at: clock.now().getTime(), value });
  return Buffer.from(keyring.box('step').seal(Buffer.from(text), `${purpose}\n${holder}`)).toString(
    'base64url',
  );
}

/** What an earlier step handed on; null when it is older than `minutes`, another browser's, or not ours at all. */
export function openStep<Schema extends z.ZodType>(
  { keyring, clock }: Ground,
  { purpose, holder }: StepBinding,
  sealed: string,
  { minutes, schema }: { minutes: number; schema: Schema },
): z.output<Schema> | null {
  let text: string;
  try {
    text = Buffer.from(
      keyring.box('step').open(Buffer.from(sealed, 'base64url'), `${purpose}\n${holder}`),
    ).toString();
  } catch (error) {
    if (error instanceof SealedBoxError) return null;
    throw error;
  }
  const { at, value } = envelope.parse(JSON.parse(text));
  if (clock.now().getTime() - at > minutes * 60_000) return null;
  return schema.parse(value);
}
