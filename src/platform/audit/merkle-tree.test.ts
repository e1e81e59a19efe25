import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  Frontier,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle-tree.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

/** The reference test vectors of the certificate-transparency project, used by every implementation of RFC 6962. */
const referenceEntries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((entry) => leafHash(bytes(entry)));
const referenceRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the reference test vectors', () => {
  it.each(referenceRoots.map((root, size) => ({ size, root })))('root of $size entries', ({ size, root }) => {
    expect(hex(rootOf(referenceEntries.slice(0, size)))).toBe(root);
  });

  it.each([
    {
      index: 0,
      size: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      index: 5,
      size: 8,
      proof: [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      index: 2,
      size: 3,
      proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    },
    {
      index: 1,
      size: 5,
      proof: [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ])('inclusion of entry $index in $size', ({ index, size, proof }) => {
    expect(inclusionProof(referenceEntries.slice(0, size), index).map(hex)).toEqual(proof);
  });

  it.each([
    {
      oldSize: 1,
      newSize: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      oldSize: 6,
      newSize: 8,
      proof: [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      oldSize: 2,
      newSize: 5,
      proof: [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ])('consistency of $oldSize with $newSize', ({ oldSize, newSize, proof }) => {
    expect(consistencyProof(referenceEntries.slice(0, newSize), oldSize).map(hex)).toEqual(proof);
  });
});

const leaves = fc
  .integer({ min: 1, max: 130 })
  .map((size) => Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`entry ${index}`))));
const leavesAndIndex = leaves.chain((all) => fc.tuple(fc.constant(all), fc.nat(all.length - 1)));

describe('a frontier', () => {
  it('has the root of the whole tree at every size, and after being written and read at every size', () => {
    const all: Uint8Array[] = [];
    let frontier = new Frontier();
    for (let size = 0; size <= 260; size += 1) {
      expect(frontier.size).toBe(size);
      expect(hex(frontier.root())).toBe(hex(rootOf(all)));
      frontier = Frontier.parse(frontier.toBytes());
      const next = leafHash(Buffer.from(`entry ${size}`));
      all.push(next);
      frontier.append(next);
    }
  });

  it('stays small', () => {
    const frontier = new Frontier();
    for (let size = 0; size < 1023; size += 1) frontier.append(leafHash(Buffer.of(1)));
    expect(frontier.toBytes().length).toBe(8 + 10 * 32);
  });

  it('counts past 32 bits', () => {
    // One entry short of 2^33: every one of the 33 peaks merges into one when it comes.
    const size = 2 ** 33 - 1;
    const written = Buffer.alloc(8 + 33 * 32, 7);
    written.writeBigUInt64BE(BigInt(size));
    const frontier = Frontier.parse(written);
    const last = leafHash(Buffer.of(1));
    frontier.append(last);
    const peak = Buffer.alloc(32, 7);
    const merged = Array.from({ length: 33 }).reduce<Uint8Array>((right) => nodeHash(peak, right), last);
    expect(frontier.size).toBe(2 ** 33);
    expect(hex(frontier.root())).toBe(hex(merged));
    expect(frontier.toBytes().length).toBe(8 + 32);
  });

  it('is not changed by what is done to the bytes it was given', () => {
    const given = Uint8Array.from(leafHash(Buffer.of(1)));
    const frontier = new Frontier();
    frontier.append(given);
    const before = hex(frontier.root());
    given.fill(0);
    expect(hex(frontier.root())).toBe(before);
  });

  it.each([0, 7, 9, 8 + 31, 8 + 64])('is not read from %i bytes of the wrong length', (length) => {
    const written = Buffer.alloc(length);
    if (length >= 8) written.writeBigUInt64BE(1n);
    expect(() => Frontier.parse(written)).toThrow(RangeError);
  });

  it('refuses a leaf that is not a hash', () => {
    expect(() => new Frontier().append(Buffer.from('an entry'))).toThrow('32 bytes, not 8');
  });
});

describe('proofs', () => {
  it('show every entry in its place', () => {
    fc.assert(
      fc.property(leavesAndIndex, ([all, index]) => {
        const leaf = all[index] ?? Buffer.alloc(0);
        const proof = inclusionProof(all, index);
        const claim = { leafHash: leaf, index, size: all.length, root: rootOf(all), proof };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leafHash: leafHash(Buffer.from('another')) })).toBe(false);
        expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false);
        expect(verifyInclusion({ ...claim, root: leafHash(Buffer.of(9)) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, leaf] })).toBe(false);
        if (proof.length > 0) expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
      }),
    );
  });

  it('show every earlier tree kept, and no other', () => {
    fc.assert(
      fc.property(leavesAndIndex, ([all, index]) => {
        const oldSize = index + 1;
        const proof = consistencyProof(all, oldSize);
        const claim = {
          oldSize,
          oldRoot: rootOf(all.slice(0, oldSize)),
          newSize: all.length,
          newRoot: rootOf(all),
          proof,
        };
        expect(verifyConsistency(claim)).toBe(true);
        const rewritten = [leafHash(Buffer.from('rewritten')), ...all.slice(1)];
        expect(verifyConsistency({ ...claim, newRoot: rootOf(rewritten) })).toBe(false);
        expect(verifyConsistency({ ...claim, oldRoot: rootOf(rewritten.slice(0, oldSize)) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...proof, claim.oldRoot] })).toBe(false);
        if (proof.length > 0) expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
        if (oldSize < all.length) {
          const honest = consistencyProof(rewritten, oldSize);
          expect(verifyConsistency({ ...claim, newRoot: rootOf(rewritten), proof: honest })).toBe(false);
        }
      }),
    );
  });

  it('accept an empty old tree only with the root of nothing', () => {
    const newRoot = rootOf(referenceEntries);
    const claim = { oldSize: 0, oldRoot: rootOf([]), newSize: 8, newRoot, proof: [] };
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, oldRoot: newRoot })).toBe(false);
  });

  it('refuse sizes and places that cannot be', () => {
    expect(() => inclusionProof(referenceEntries, 8)).toThrow('A tree of 8 entries has no entry 8');
    expect(() => inclusionProof([], 0)).toThrow(RangeError);
    expect(() => consistencyProof(referenceEntries, 9)).toThrow('no earlier state of 9');
    expect(() => consistencyProof(referenceEntries, 1.5)).toThrow(RangeError);
    const root = rootOf(referenceEntries);
    expect(verifyInclusion({ leafHash: root, index: 0, size: 0, root, proof: [] })).toBe(false);
    expect(verifyInclusion({ leafHash: root, index: 0.5, size: 1, root, proof: [] })).toBe(false);
    expect(verifyConsistency({ oldSize: 9, oldRoot: root, newSize: 8, newRoot: root, proof: [] })).toBe(
      false,
    );
  });
});
