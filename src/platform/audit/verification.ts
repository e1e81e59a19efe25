import pg from 'pg';
import type { Connection } from '../database/connections.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { Frontier, leafHash } from './merkle-tree.ts';
import type { OutsideCheckpoint } from './outside-checkpoint.ts';
import { NoteError, type NoteVerifier, parseVerifierKey } from './signed-note.ts';

/** An entry, as far as it can be named. */
export interface NamedEntry {
  readonly id: string;
  /** When it was recorded, in UTC, to the microsecond; null where the entry itself is gone. */
  readonly at: string | null;
  /** Its place in the sealed log, from 0; null where it was never sealed. */
  readonly position: number | null;
}

/** The first thing that does not fit. */
export interface AuditFault {
  /** A sentence without its subject: "has been changed since it was sealed". */
  readonly what: string;
  /** The entry; null where it is about a checkpoint, or a place in the log that is empty. */
  readonly entry: NamedEntry | null;
  /** Where only a run of entries can be named, the last of them. */
  readonly to: NamedEntry | null;
}

export interface AuditProof {
  /** How many entries are sealed, and the root over them; of no use to anybody when there is a fault. */
  readonly size: number;
  readonly root: Uint8Array;
  /** How many have been recorded since the last checkpoint and wait to be sealed. */
  readonly waiting: number;
  /** How many checkpoints were checked, and how many from outside. */
  readonly checkpoints: number;
  readonly outside: number;
  readonly fault: AuditFault | null;
}

const PAGE = 5_000;
/** An entry may be sealed as much later than it says of itself as its transaction took: no request takes an hour. */
const LATEST = 24 * 3600 * 1000;

/**
 * Recomputes the whole audit from its stored bytes and compares: bytes with leaves, columns with bytes, leaves with
 * every signed checkpoint, and all of it with checkpoints that were kept elsewhere. Reads the database as it is at one
 * moment and changes nothing; needs no running service, and no more memory for a long log than for a short one.
 *
 * What only rewrites the newest entries together with all that was signed since is found by an outside checkpoint and
 * by nothing else.
 *
 * @param connection of the jobs login, which alone may take the sealing task's role.
 */
export async function verifyAudit(
  connection: Connection,
  outside: readonly OutsideCheckpoint[] = [],
): Promise<AuditProof> {
  const client = new pg.Client({ ...connection, application_name: 'homeward audit' });
  client.on('error', () => undefined); // the query under way is refused with the same error
  await client.connect();
  try {
    await client.query(
      'begin isolation level repeatable read read only; set local role homeward_task_sealing',
    );
    return await new Verification(client).run(outside);
  } finally {
    await client.end();
  }
}

/** Ends a verification: nothing after the first fault is worth saying. */
class FaultFound extends Error {
  readonly fault: AuditFault;

  constructor(what: string, entry: NamedEntry | null = null, to: NamedEntry | null = null) {
    super(what);
    this.fault = { what, entry, to };
  }
}

/** A checkpoint that a log must agree with: its own, or one from outside. */
interface Expected extends Checkpoint {
  readonly name: string;
  readonly peaks: Frontier | null;
}

class Verification {
  readonly #client: pg.Client;
  readonly #frontier = new Frontier();
  /** Up to where the log has agreed with its own checkpoints, and with those from outside. */
  #agreed = 0;
  #agreedOutside = 0;
  #checkpoints = 0;
  #outside = 0;

  constructor(client: pg.Client) {
    this.#client = client;
  }

  async run(outside: readonly OutsideCheckpoint[]): Promise<AuditProof> {
    let waiting = 0;
    let fault: AuditFault | null = null;
    try {
      await this.#walk(await this.#open(outside));
      waiting = await this.#checkUnsealed();
    } catch (error) {
      if (!(error instanceof FaultFound)) throw error;
      fault = error.fault;
    }
    const { size } = this.#frontier;
    const root = this.#frontier.root();
    return { size, root, waiting, checkpoints: this.#checkpoints, outside: this.#outside, fault };
  }

  /** The outside checkpoints in order of size. */
  async #open(outside: readonly OutsideCheckpoint[]): Promise<Expected[]> {
    const { rows } = await this.#client.query<{ verifier: string }>('select verifier from audit.signing_key');
    const trusted = rows.map((row) => parseVerifierKey(row.verifier));
    return outside
      .map(({ name, note }) => ({ name, peaks: null, ...open(name, note, trusted) }))
      .toSorted((one, other) => one.size - other.size);
  }

  async #walk(outside: Expected[]): Promise<void> {
    const own = this.#ownCheckpoints();
    let next = (await own.next()).value;
    let previousAt = 0;
    for await (const leaf of this.#leaves()) {
      const { size } = this.#frontier;
      if (leaf.position !== size) {
        throw new FaultFound(`The log has no entry at position ${size}: its leaf has been removed`);
      }
      checkLeaf(leaf, previousAt);
      this.#frontier.append(leaf.hash);
      if (next?.size === this.#frontier.size) {
        await this.#agree(next, Math.max(this.#agreed, this.#agreedOutside));
        this.#agreed = next.size;
        this.#checkpoints += 1;
        previousAt = next.at.getTime();
        next = (await own.next()).value;
      }
      while (outside[0]?.size === this.#frontier.size) await this.#agreeOutside(outside);
    }
    const { size } = this.#frontier;
    while (outside[0]?.size === 0) await this.#agreeOutside(outside);
    for (const beyond of [next, ...outside]) {
      if (beyond)
        throw new FaultFound(`${beyond.name} counts ${beyond.size} entries, and the log ends after ${size}`);
    }
    if (this.#agreed !== size) {
      throw new FaultFound(
        `The log has ${size} entries, and its last checkpoint counts ${this.#agreed}: a checkpoint has been removed, or leaves added`,
      );
    }
  }

  async #agreeOutside(outside: Expected[]): Promise<void> {
    const expected = outside.shift();
    if (!expected) return;
    // Its own checkpoints may have been rewritten with the log: they say nothing about where this one differs.
    await this.#agree(expected, this.#agreedOutside);
    this.#agreedOutside = expected.size;
    this.#outside += 1;
  }

  /** @param since up to where the log is known to be right. */
  async #agree({ name, size, root, peaks }: Expected, since: number): Promise<void> {
    if (same(this.#frontier.root(), root)) return;
    const { from, to } = peaks ? differing(peaks, this.#frontier) : { from: 0, to: size };
    const first = Math.max(from, since);
    throw new FaultFound(
      `has been changed, and its leaf rewritten to match: the log is not what ${name} signs`,
      await this.#entryAt(first),
      to - first > 1 ? await this.#entryAt(to - 1) : null,
    );
  }

  async #entryAt(position: number): Promise<NamedEntry> {
    const { rows } = await this.#client.query<{ id: string; at: string | null }>(
      `select l.entry_id as id, ${AT} as at
       from audit.leaf l left join audit.entry e on e.id = l.entry_id where l.position = $1`,
      [position],
    );
    const row = rows[0];
    if (!row) throw new Error(`The leaf at ${position} was there a moment ago`);
    return { ...row, position };
  }

  async *#leaves(): AsyncGenerator<Leaf> {
    for (let from = 0; ; ) {
      const { rows } = await this.#client.query<Leaf>({
        name: 'leaves',
        text: `select l.position, l.entry_id, l.hash, e.*
          from audit.leaf l left join lateral (
            select e.id, e.body, ${AT} as at, ${Object.values(COLUMNS).join(', ')} from audit.entry e
            where e.id = l.entry_id limit 1) e on true
          where l.position >= $1 order by l.position limit ${PAGE}`,
        values: [from],
      });
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      from = last.position + 1;
    }
  }

  /** The log's own checkpoints in order of size, each found to be what was signed. */
  async *#ownCheckpoints(): AsyncGenerator<Expected & { at: Date }, undefined> {
    const verifiers = new Map<string, NoteVerifier>();
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const { rows } = await this.#client.query<OwnCheckpoint>(
        'select size, root, frontier, note, verifier, at from audit.checkpoint where size > $1 order by size limit 1000',
        [after],
      );
      for (const row of rows) {
        const name = `The checkpoint of ${row.size} entries`;
        const verifier = verifiers.get(row.verifier) ?? parseVerifierKey(row.verifier);
        verifiers.set(row.verifier, verifier);
        const signed = open(name, row.note, [verifier]);
        const peaks = frontierIn(row.frontier);
        if (
          signed.size !== row.size ||
          !same(signed.root, row.root) ||
          !peaks ||
          !same(peaks.root(), row.root)
        ) {
          throw new FaultFound(`${name} is stored otherwise than it was signed`);
        }
        yield { ...signed, name, peaks, at: row.at };
      }
      const last = rows.at(-1);
      if (!last) return undefined;
      after = last.size;
    }
  }

  /** What is in the log and in no leaf must be waiting, and what waits must be in the log. */
  async #checkUnsealed(): Promise<number> {
    const { rows } = await this.#client.query<{ waiting: number; entries: number }>(
      'select (select count(*) from audit.waiting) as waiting, (select count(*) from audit.entry) as entries',
    );
    const { waiting = 0, entries = 0 } = rows[0] ?? {};
    await this.#refuseAny(
      'was recorded and has been removed before it was sealed',
      `select w.entry_id as id, null as at from audit.waiting w
       where not exists (select from audit.entry e where e.id = w.entry_id) order by 1`,
    );
    await this.#refuseAny(
      'is marked as not yet sealed, and is sealed',
      `select w.entry_id as id, null as at from audit.waiting w join audit.leaf l on l.entry_id = w.entry_id order by 1`,
    );
    // Every leaf had its entry and everything that waits is there and unsealed, so the sum is off if and only if
    // something else is in the log: only then is it worth a search.
    if (entries !== this.#frontier.size + waiting) {
      await this.#refuseAny(
        'was put into the log by another way than the service: it is not sealed and does not wait to be',
        `select e.id, ${AT} as at from audit.entry e
         where not exists (select from audit.leaf l where l.entry_id = e.id)
           and not exists (select from audit.waiting w where w.entry_id = e.id) order by e.at, e.id`,
      );
    }
    await this.#refuseAny(
      'waits to be sealed though the log was sealed long after it',
      `select e.id, ${AT} as at from audit.waiting w join audit.entry e on e.id = w.entry_id
       where e.at < (select c.at - make_interval(secs => ${LATEST / 1000}) from audit.checkpoint c order by c.size desc limit 1)
       order by e.at, e.id`,
    );
    return waiting;
  }

  async #refuseAny(what: string, query: string): Promise<void> {
    const { rows } = await this.#client.query<{ id: string; at: string | null }>(`${query} limit 1`);
    const [row] = rows;
    if (row) throw new FaultFound(what, { ...row, position: null });
  }
}

interface OwnCheckpoint {
  size: number;
  root: Buffer;
  frontier: Buffer;
  note: string;
  verifier: string;
  at: Date;
}

/** Moments as the bytes have them. */
const AT = `to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The column that each part of the bytes is copied to. */
const COLUMNS = {
  actor: 'actor_id',
  role: 'actor_role',
  session: 'session_id',
  task: 'task',
  action: 'action',
  outcome: 'outcome',
  subjectKind: 'subject_kind',
  subject: 'subject_id',
  person: 'person_id',
} as const;

type Columns = Record<(typeof COLUMNS)[keyof typeof COLUMNS], string | null>;

type Leaf = { position: number; entry_id: string; hash: Buffer } & (
  | ({ id: string; at: string; body: Buffer } & Columns)
  | { id: null }
);

/** @param previousAt when the checkpoint before this leaf was signed, in milliseconds. */
function checkLeaf(leaf: Leaf, previousAt: number): void {
  const { position, entry_id: id } = leaf;
  if (leaf.id === null) throw new FaultFound('has been removed', { id, at: null, position });
  const entry = { id, at: leaf.at, position };
  if (!same(leafHash(leaf.body), leaf.hash)) {
    throw new FaultFound('has been changed since it was sealed', entry);
  }
  const said = JSON.parse(leaf.body.toString('utf8')) as Record<string, unknown>;
  const differing = [
    ...(said.id === leaf.id ? [] : ['id']),
    ...(said.at === leaf.at ? [] : ['at']),
    ...Object.entries(COLUMNS).flatMap(([key, column]) => (said[key] === leaf[column] ? [] : [column])),
  ];
  if (differing.length > 0) {
    throw new FaultFound(`says otherwise in ${differing.join(' and ')} than in its sealed bytes`, entry);
  }
  if (Date.parse(leaf.at) < previousAt - LATEST) {
    throw new FaultFound('was sealed long after the time that it gives: it was put in afterwards', entry);
  }
}

function open(name: string, note: string, trusted: readonly NoteVerifier[]): Checkpoint {
  try {
    const checkpoint = openCheckpoint(note, trusted);
    if (trusted.some((verifier) => verifier.name === checkpoint.origin)) return checkpoint;
    throw new NoteError('It is of another log');
  } catch (error) {
    if (error instanceof NoteError) throw new FaultFound(`${name} cannot be trusted: ${error.message}`);
    throw error;
  }
}

function frontierIn(bytes: Uint8Array): Frontier | null {
  try {
    return Frontier.parse(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const HASH_BYTES = 32;
const SIZE_BYTES = 8;

/**
 * Where two trees of one size, whose roots differ, first differ: the positions under the first of their complete
 * subtrees that is not the same in both.
 */
function differing(one: Frontier, other: Frontier): { from: number; to: number } {
  const [bytes, otherBytes] = [one.toBytes(), other.toBytes()];
  let from = 0;
  for (let at = SIZE_BYTES; at < bytes.length; at += HASH_BYTES) {
    let width = 1;
    while (width * 2 <= one.size - from) width *= 2;
    const peak = (all: Uint8Array) => all.subarray(at, at + HASH_BYTES);
    if (!same(peak(bytes), peak(otherBytes))) return { from, to: from + width };
    from += width;
  }
  throw new RangeError('Two trees of one size and the same subtrees have one root');
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
