import { NoteError, type NoteSigner, type NoteVerifier, openNote, signNote } from './signed-note.ts';

/**
 * Checkpoints of the audit (C2SP tlog-checkpoint): the signed statement that a log of this origin held this many
 * entries and hashed to this root. One that has left the machine is what nobody can take back.
 */
export type Checkpoint = {
  /** Which log: an address without its scheme, such as `homeward.example/audit`; never shared by two logs. */
  readonly origin: string;
  /** How many entries it held. */
  readonly size: number;
  /** The RFC 6962 root over them, 32 bytes. */
  readonly root: Uint8Array;
};

const WHOLE_NUMBER = /^(0|[1-9][0-9]*)$/;
const ROOT = /^[A-Za-z0-9+/]{43}=$/;

/** The checkpoint as a signed note. @throws RangeError if it is not a possible checkpoint */
export function signCheckpoint({ origin, size, root }: Checkpoint, signer: NoteSigner): string {
  if (origin === '' || origin.includes('\n')) throw new RangeError('The origin of a checkpoint is one line');
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} is not a number of entries`);
  if (root.length !== 32) throw new RangeError('The root of a checkpoint has 32 bytes');
  return signNote(`${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`, signer);
}

/**
 * Checks the signature and reads the checkpoint. Whether the origin is the expected log is for the caller to ask.
 * Extension lines, which the format allows and this program never writes, are covered by the signature and passed
 * over.
 * @throws NoteError saying what is wrong
 */
export function openCheckpoint(note: string, trusted: readonly NoteVerifier[]): Checkpoint {
  const { text } = openNote(note, trusted);
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (!origin) throw new NoteError('This checkpoint does not name its log');
  if (size === undefined || !WHOLE_NUMBER.test(size) || !Number.isSafeInteger(Number(size))) {
    throw new NoteError('The second line of this checkpoint is not a number of entries');
  }
  const rootBytes = Buffer.from(root ?? '', 'base64');
  if (root === undefined || !ROOT.test(root) || rootBytes.toString('base64') !== root) {
    throw new NoteError('The third line of this checkpoint is not a root hash');
  }
  if (extensions.includes('')) throw new NoteError('This checkpoint has an empty line in it');
  return { origin, size: Number(size), root: rootBytes };
}
