import { describe, expect, it } from 'vitest';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { leafHash, rootOf } from './merkle-tree.ts';
import { NoteError, newSignerKey, parseSignerKey, signNote } from './signed-note.ts';

const signer = parseSignerKey(newSignerKey('homeward.example/audit'));
const trusted = [signer.verifier];
const root = rootOf([leafHash(Buffer.from('an entry'))]);
const rootLine = Buffer.from(root).toString('base64');

describe('a checkpoint', () => {
  it('has the three lines of tlog-checkpoint, an empty line and the signature', () => {
    const note = signCheckpoint({ origin: 'homeward.example/audit', size: 1, root }, signer);
    const lines = note.split('\n');
    expect(lines.slice(0, 4)).toEqual(['homeward.example/audit', '1', rootLine, '']);
    expect(lines[4]).toMatch(/^— homeward\.example\/audit [A-Za-z0-9+/]+=*$/);
    expect(lines.slice(5)).toEqual(['']);
  });

  it.each([0, 1, 2 ** 40, Number.MAX_SAFE_INTEGER])('is read as it was written, with %i entries', (size) => {
    const checkpoint = { origin: 'homeward.example/audit', size, root };
    const opened = openCheckpoint(signCheckpoint(checkpoint, signer), trusted);
    expect(opened.origin).toBe(checkpoint.origin);
    expect(opened.size).toBe(size);
    expect(Buffer.compare(opened.root, root)).toBe(0);
  });

  it('is refused when its size was changed after signing', () => {
    const note = signCheckpoint({ origin: 'homeward.example/audit', size: 7, root }, signer);
    expect(() => openCheckpoint(note.replace('\n7\n', '\n6\n'), trusted)).toThrow('does not fit');
  });

  it('may carry extension lines', () => {
    const note = signNote(`origin\n3\n${rootLine}\nextra\n`, signer);
    expect(openCheckpoint(note, trusted).size).toBe(3);
  });

  it.each([
    ['no origin', `\n3\n${rootLine}\n`, 'does not name its log'],
    ['no size', 'origin\n', 'not a number of entries'],
    ['a leading zero', `origin\n03\n${rootLine}\n`, 'not a number of entries'],
    ['a sign', `origin\n-3\n${rootLine}\n`, 'not a number of entries'],
    ['a size past what can be counted', `origin\n9007199254740993\n${rootLine}\n`, 'not a number of entries'],
    ['no root', 'origin\n3\n', 'not a root hash'],
    ['a short root', 'origin\n3\nAAAA\n', 'not a root hash'],
    ['a root with bits to spare', `origin\n3\n${'A'.repeat(42)}B=\n`, 'not a root hash'],
    ['an empty line', `origin\n3\n${rootLine}\n\nextra\n`, 'empty line'],
  ])('is refused, though signed, with %s', (_, text, message) => {
    expect(() => openCheckpoint(signNote(text, signer), trusted)).toThrow(NoteError);
    expect(() => openCheckpoint(signNote(text, signer), trusted)).toThrow(message);
  });

  it('is not signed when it cannot be one', () => {
    expect(() => signCheckpoint({ origin: 'two\nlines', size: 1, root }, signer)).toThrow(RangeError);
    expect(() => signCheckpoint({ origin: 'log', size: 1.5, root }, signer)).toThrow(RangeError);
    expect(() => signCheckpoint({ origin: 'log', size: 1, root: Buffer.of(1) }, signer)).toThrow(RangeError);
  });
});
