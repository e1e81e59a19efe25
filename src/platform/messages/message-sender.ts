/** An e-mail that says that something is waiting, and where: never anything about a person. */
export interface OutgoingMessage {
  /** Ours, of letters, digits and hyphens. The same at every attempt, so that a repeat can be recognised. */
  readonly id: string;
  /** One address, without a name. */
  readonly to: string;
  /** Whom it is from, in words, where the way out has room for it. */
  readonly fromName?: string;
  readonly subject: string;
  /** Plain text, in the part of Markdown that GOV.UK Notify knows; it reads well as it is, too. */
  readonly body: string;
}

/** A way for messages to leave. */
export interface MessageSender {
  readonly name: 'notify' | 'smtp' | 'outbox';
  /**
   * Hands one message over. A send that fails, or is cut off, may have been delivered all the same.
   *
   * @returns the name under which the provider knows the message.
   * @throws PermanentFailure when this message can never be sent, TemporaryFailure when it may be later.
   */
  send(message: OutgoingMessage): Promise<{ providerReference: string }>;
  /** Lets go of connections that were kept open for the next message. */
  close(): void;
}

/**
 * This message is refused for good: the address does not exist, or the provider will not take the text.
 * Its words come from the provider and may repeat the address: show them to those who may see it, do not log them.
 */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/**
 * Nothing is wrong with this message that is known: the provider cannot be reached, is busy, or does not accept us
 * (a key that has run out is put right, and what was waiting must still go).
 * Its words may repeat the address, as those of PermanentFailure may.
 */
export class TemporaryFailure extends Error {
  override readonly name = 'TemporaryFailure';
}

/** One address: nothing that separates addresses, names them, or hides in a line. RFC 5321 allows 254 characters. */
const ONE_ADDRESS = /^[^\s\p{C}@<>()[\]\\,:;"]{1,64}@[^\s\p{C}@<>()[\]\\,:;"]+$/u;
const LONGEST_ADDRESS = 254;
const SAFE_ID = /^[A-Za-z0-9-]{1,64}$/;
const ANOTHER_LINE = /[\p{Cc}\u2028\u2029]/u;

/**
 * What every sender asks before it sends, so that none can be made to write to somebody else or to write headers.
 * @throws PermanentFailure
 */
export function refuseUnsendable({ id, to, subject, body, fromName = '' }: OutgoingMessage): void {
  if (!SAFE_ID.test(id)) throw new PermanentFailure('The id of the message is not one of ours');
  if (!ONE_ADDRESS.test(to) || to.length > LONGEST_ADDRESS) {
    throw new PermanentFailure('The address is not one email address');
  }
  if (subject === '' || ANOTHER_LINE.test(subject))
    throw new PermanentFailure('The subject is not one line of text');
  if (ANOTHER_LINE.test(fromName))
    throw new PermanentFailure('The name of the sender is not one line of text');
  if (body === '') throw new PermanentFailure('The message says nothing');
}
