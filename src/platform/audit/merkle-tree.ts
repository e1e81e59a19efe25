import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 (section 2), with SHA-256: what a signed checkpoint of the audit commits to.
 *
 * Leaves and inner nodes are hashed with different first bytes, so that no inner node can ever be passed off
 * as an entry. Sizes and indexes are whole numbers up to `Number.MAX_SAFE_INTEGER`; bit operators are avoided
 * throughout because JavaScript cuts their operands to 32 bits.
 */

const HASH_BYTES = 32;
const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);

/** The hash of one entry: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return createHash('sha256').update(LEAF_PREFIX).update(entry).digest();
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}

/** The root over leaf hashes, in order. The root of nothing is the SHA-256 of no bytes. */
export function rootOf(leafHashes: readonly Uint8Array[]): Uint8Array {
  return leafHashes.length === 0
    ? createHash('sha256').digest()
    : subtreeRoot(leafHashes, 0, leafHashes.length);
}

/** The proof that the leaf at `index` is in the tree over `leafHashes`: sibling hashes, from the leaf upwards. */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  checkPosition(index, leafHashes.length);
  const path = (from: number, to: number): Uint8Array[] => {
    if (to - from === 1) return [];
    const middle = from + splitPoint(to - from);
    return index < middle
      ? [...path(from, middle), subtreeRoot(leafHashes, middle, to)]
      : [...path(middle, to), subtreeRoot(leafHashes, from, middle)];
  };
  return path(0, leafHashes.length);
}

export type InclusionClaim = {
  leafHash: Uint8Array;
  index: number;
  size: number;
  root: Uint8Array;
  proof: readonly Uint8Array[];
};

/** Whether the proof shows that the tree of this size and root has this leaf at this index. Never throws. */
export function verifyInclusion({ leafHash, index, size, root, proof }: InclusionClaim): boolean {
  if (!isSize(size) || !isSize(index) || index >= size) return false;
  // Walks down from the root, taking hashes from the end of the proof; null when the proof runs out or over.
  const climb = (from: number, to: number, hashes: readonly Uint8Array[]): Uint8Array | null => {
    if (to - from === 1) return hashes.length === 0 ? leafHash : null;
    const sibling = hashes.at(-1);
    if (sibling?.length !== HASH_BYTES) return null;
    const rest = hashes.slice(0, -1);
    const middle = from + splitPoint(to - from);
    const child = index < middle ? climb(from, middle, rest) : climb(middle, to, rest);
    if (child === null) return null;
    return index < middle ? nodeHash(child, sibling) : nodeHash(sibling, child);
  };
  return sameHash(climb(0, size, proof), root);
}

/** The proof that the tree over the first `oldSize` leaves is a beginning of the tree over all of them. */
export function consistencyProof(leafHashes: readonly Uint8Array[], oldSize: number): Uint8Array[] {
  checkSize(oldSize);
  if (oldSize > leafHashes.length) {
    throw new RangeError(`A tree of ${leafHashes.length} entries has no earlier state of ${oldSize}`);
  }
  if (oldSize === 0 || oldSize === leafHashes.length) return [];
  // `known` is true while the subtree is one whose root the verifier already holds: the whole old tree.
  const path = (from: number, to: number, known: boolean): Uint8Array[] => {
    if (to === oldSize) return known ? [] : [subtreeRoot(leafHashes, from, to)];
    const middle = from + splitPoint(to - from);
    return oldSize <= middle
      ? [...path(from, middle, known), subtreeRoot(leafHashes, middle, to)]
      : [...path(middle, to, false), subtreeRoot(leafHashes, from, middle)];
  };
  return path(0, leafHashes.length, true);
}

export type ConsistencyClaim = {
  oldSize: number;
  oldRoot: Uint8Array;
  newSize: number;
  newRoot: Uint8Array;
  proof: readonly Uint8Array[];
};

/**
 * Whether the proof shows that the new tree keeps every entry of the old one in its place. Never throws.
 * An empty old tree is a beginning of every tree and proves nothing; its root must still be the right one.
 */
export function verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }: ConsistencyClaim): boolean {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false;
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0 && sameHash(oldRoot, rootOf([]));
  type Roots = { old: Uint8Array; new: Uint8Array };
  const climb = (from: number, to: number, hashes: readonly Uint8Array[], known: boolean): Roots | null => {
    if (to === oldSize && known) return hashes.length === 0 ? { old: oldRoot, new: oldRoot } : null;
    const sibling = hashes.at(-1);
    if (sibling?.length !== HASH_BYTES) return null;
    const rest = hashes.slice(0, -1);
    if (to === oldSize) return rest.length === 0 ? { old: sibling, new: sibling } : null;
    const middle = from + splitPoint(to - from);
    if (oldSize <= middle) {
      const left = climb(from, middle, rest, known);
      return left && { old: left.old, new: nodeHash(left.new, sibling) };
    }
    const right = climb(middle, to, rest, false);
    return right && { old: nodeHash(sibling, right.old), new: nodeHash(sibling, right.new) };
  };
  const roots = climb(0, newSize, proof, true);
  return roots !== null && sameHash(roots.old, oldRoot) && sameHash(roots.new, newRoot);
}

/**
 * The right-hand edge of a growing tree: the roots of its complete subtrees, largest first. It is all that is
 * needed to append and to know the root, so a sealer that was stopped resumes from some hundreds of bytes
 * instead of every entry there ever was.
 */
export class Frontier {
  #size = 0;
  readonly #peaks: Uint8Array[] = [];

  /** How many leaves have been appended. */
  get size(): number {
    return this.#size;
  }

  /** Adds a leaf hash (not an entry: see {@link leafHash}) at the end. */
  append(leafHash: Uint8Array): void {
    if (leafHash.length !== HASH_BYTES) {
      throw new RangeError(`A leaf hash has ${HASH_BYTES} bytes, not ${leafHash.length}`);
    }
    let merged = Uint8Array.from(leafHash);
    // A trailing 1 in the size is a complete subtree as tall as the one in hand: the two become one.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new Error('A frontier holds one peak for each 1 in its size');
      merged = Uint8Array.from(nodeHash(left, merged));
    }
    this.#peaks.push(merged);
    this.#size += 1;
  }

  /** The root over everything appended so far. */
  root(): Uint8Array {
    const [last, ...larger] = this.#peaks.toReversed();
    return last === undefined ? rootOf([]) : larger.reduce((right, left) => nodeHash(left, right), last);
  }

  /** The size in 8 bytes, big-endian, then each peak's 32 bytes, largest subtree first. */
  toBytes(): Uint8Array {
    const size = Buffer.alloc(8);
    size.writeBigUInt64BE(BigInt(this.#size));
    return Buffer.concat([size, ...this.#peaks]);
  }

  /**
   * Reads what {@link toBytes} wrote.
   * @throws RangeError if the bytes cannot be a frontier. Bytes of the right length that were altered cannot be
   * told here: they show as a root that differs from the last signed checkpoint, which the caller compares.
   */
  static parse(bytes: Uint8Array): Frontier {
    const buffer = Buffer.from(bytes);
    const size = buffer.length >= 8 ? Number(buffer.readBigUInt64BE()) : Number.NaN;
    if (!isSize(size) || buffer.length !== 8 + HASH_BYTES * countOnes(size)) {
      throw new RangeError(`These ${bytes.length} bytes are not the frontier of a tree`);
    }
    const frontier = new Frontier();
    frontier.#size = size;
    for (let at = 8; at < buffer.length; at += HASH_BYTES) {
      frontier.#peaks.push(Uint8Array.from(buffer.subarray(at, at + HASH_BYTES)));
    }
    return frontier;
  }
}

function subtreeRoot(leafHashes: readonly Uint8Array[], from: number, to: number): Uint8Array {
  const only = leafHashes[from];
  if (only === undefined) throw new RangeError(`There is no leaf ${from}`);
  if (to - from === 1) return only;
  const middle = from + splitPoint(to - from);
  return nodeHash(subtreeRoot(leafHashes, from, middle), subtreeRoot(leafHashes, middle, to));
}

/** The largest power of two smaller than `size`, which is 2 or more: where RFC 6962 divides a tree. */
function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function countOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function checkSize(value: number): void {
  if (!isSize(value)) throw new RangeError(`${value} is not a number of entries`);
}

function checkPosition(index: number, size: number): void {
  if (!isSize(index) || index >= size)
    throw new RangeError(`A tree of ${size} entries has no entry ${index}`);
}

// Roots and proofs are public, so the comparison need not take constant time.
function sameHash(one: Uint8Array | null, other: Uint8Array): boolean {
  return one !== null && Buffer.compare(one, other) === 0;
}
