import { expect, test } from 'vitest';
import { submissionId } from './submission.ts';

const _submission = '0192d7a4-5f0e-4b5c-8b1a-3c1f2e4d5a6b';
const form = { _csrf: 'one', _submission, fact: 'Met at the library.', kind: 'visit' };

test('the same form sent twice is one, whatever order its fields come in and whatever its token', () => {
  const again = { kind: 'visit', fact: 'Met at the library.', _submission, _csrf: 'another' };
  expect(submissionId('/notes', again)).toBe(submissionId('/notes', form));
});

test('a page gone back to, changed and sent again is another form', () => {
  expect(submissionId('/notes', { ...form, fact: 'Met at the library. He was cold.' })).not.toBe(
    submissionId('/notes', form),
  );
  expect(submissionId('/other', form)).not.toBe(submissionId('/notes', form));
  expect(submissionId('/notes', { ...form, kind: ['visit', 'visit'] })).not.toBe(
    submissionId('/notes', form),
  );
});

test('a form without an id of ours is none', () => {
  expect(submissionId('/notes', { ...form, _submission: undefined })).toBeNull();
  expect(submissionId('/notes', { ...form, _submission: [_submission, _submission] })).toBeNull();
  expect(submissionId('/notes', { ...form, _submission: "'; drop table" })).toBeNull();
});
