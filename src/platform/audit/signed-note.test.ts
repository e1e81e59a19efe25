import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  NoteError,
  newSignerKey,
  openNote,
  parseSignerKey,
  parseVerifierKey,
  signNote,
} from './signed-note.ts';

/** The worked example in the documentation of Go's golang.org/x/mod/sumdb/note. */
const example = {
  signerKey: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  verifierKey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature:
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

describe("Go's worked example", () => {
  it('is signed to the same bytes', () => {
    const signer = parseSignerKey(example.signerKey);
    expect(signer.verifier.text).toBe(example.verifierKey);
    expect(signNote(example.text, signer)).toBe(`${example.text}\n${example.signature}`);
  });

  it('is opened with the published key', () => {
    const verifier = parseVerifierKey(example.verifierKey);
    const opened = openNote(`${example.text}\n${example.signature}`, [verifier]);
    expect(opened).toEqual({ text: example.text, signedBy: [verifier] });
  });
});

describe('keys', () => {
  it('are read as they were written', () => {
    for (let times = 0; times < 20; times += 1) {
      const signer = parseSignerKey(newSignerKey('homeward.example/audit'));
      expect(parseVerifierKey(signer.verifier.text).keyId).toBe(signer.verifier.keyId);
    }
  });

  it.each(['', 'two words', 'plus+sign', 'line\nfeed', 'no\u00a0break'])('cannot be named "%s"', (name) => {
    expect(() => newSignerKey(name)).toThrow(NoteError);
  });

  it.each([
    '',
    example.verifierKey,
    example.signerKey.replace('c74f20a3', 'c74f20a4'),
    example.signerKey.replace('PeterNeumann', 'PeterNewman'),
    example.signerKey.slice(0, -4),
    example.signerKey.replace('+AYEK', '+AoEK'),
  ])('that sign are refused when damaged, and not quoted: %#', (key) => {
    expect(() => parseSignerKey(key)).toThrow(NoteError);
    expect(() => parseSignerKey(key)).not.toThrow(/ARpc|YEKF/);
  });

  it.each([
    '',
    example.signerKey,
    example.verifierKey.replace('c74f20a3', 'c74f20a4'),
    example.verifierKey.replace('ARpc', 'ARpd'),
    example.verifierKey.slice(0, -1),
    `${example.verifierKey}!`,
  ])('that verify are refused when damaged: %#', (key) => {
    expect(() => parseVerifierKey(key)).toThrow(NoteError);
  });
});

describe('a note', () => {
  const ours = parseSignerKey(newSignerKey('ours'));
  const witness = parseSignerKey(newSignerKey('witness'));
  const impostor = parseSignerKey(newSignerKey('ours'));
  const text = 'Fermentation\n\nof the grape\n';

  it('may hold empty lines and several signatures, and names those that were trusted', () => {
    const note = signNote(text, witness, ours);
    expect(openNote(note, [ours.verifier])).toEqual({ text, signedBy: [ours.verifier] });
    expect(openNote(note, [ours.verifier, witness.verifier]).signedBy).toEqual([
      witness.verifier,
      ours.verifier,
    ]);
  });

  it('is refused without a trusted signature', () => {
    expect(() => openNote(signNote(text, witness), [ours.verifier])).toThrow('not signed by ours');
    expect(() => openNote(signNote(text, impostor), [ours.verifier])).toThrow('not signed by ours');
    expect(() => openNote(signNote(text, ours), [])).toThrow('not signed by any trusted key');
  });

  it('is refused when any character of it is another', () => {
    const note = signNote(text, ours);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom('x', '\n', ' ', '—', '\u0000'), (at, other) => {
        fc.pre(note[at] !== other);
        const changed = note.slice(0, at) + other + note.slice(at + 1);
        expect(() => openNote(changed, [ours.verifier])).toThrow(NoteError);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when cut short, lengthened or absurdly long', () => {
    const note = signNote(text, ours);
    expect(() => openNote(text, [ours.verifier])).toThrow(NoteError);
    expect(() => openNote(note.slice(0, -1), [ours.verifier])).toThrow(NoteError);
    expect(() => openNote(`${note}more\n`, [ours.verifier])).toThrow('cannot be read');
    expect(() => openNote('a\n'.repeat(60_000) + note, [ours.verifier])).toThrow('too long');
  });

  it.each(['no newline', 'bell\u0007\n', 'carriage\r\n', '\ud800\n'])('cannot be made of %j', (bad) => {
    expect(() => signNote(bad, ours)).toThrow(NoteError);
  });
});
