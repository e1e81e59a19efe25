import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../platform/package-root.ts';
import { formInWords } from './form-in-words.ts';

const id = '01900000-0000-7000-8000-000000000001';

test.each([
  [`/people/${id}/notes/new`, 'A note'],
  [`/people/${id}/notes/new/several`, 'A note about several young people'],
  [`/people/${id}/contacts/new`, 'A contact'],
  [`/contacts/${id}`, 'A contact'],
  [`/people/${id}/concerns/new`, 'A safeguarding concern'],
  [`/people/${id}/concerns/${id}`, 'What happened since a concern'],
  [`/people/${id}/concerns/${id}/tell`, 'Who was told of a concern'],
  [`/people/${id}/goals/${id}/edit`, 'A change to a goal'],
  [`/people/${id}/safety-plan/edit`, 'The safety plan'],
  [`/allegations/new`, 'A confidential form'],
  ['/somewhere/else', 'A form'],
])('%s is called “%s”', (path, words) => {
  expect(formInWords(path)).toBe(words);
});

test('every page about a young person that a caseworker may leave half written has a name of its own', () => {
  const source = (file: string) => readFileSync(join(packageRoot, 'src', file), 'utf8');
  const files = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' });
  const written = files
    .filter((file) => file.endsWith('-page.tsx') || file.endsWith('-pages.tsx'))
    .map(source)
    .filter((text) => /<Form autosave|(?:new|edit)DocumentPage\(/.test(text))
    // What coordinators and managers alone write stands on no caseworker's day.
    .filter((text) => !/for: (?:\['coordinator|movers|correctors|askers)/.test(text))
    .flatMap((text) => [...text.matchAll(/path: '(\/people\/:person\/[^']+\/(?:new|edit)[^']*)'/g)])
    .map(([, path = '']) => path.replace(/:\w+/g, id));
  expect(written.length).toBeGreaterThan(12);
  expect(written.filter((path) => formInWords(path) === 'A form')).toEqual([]);
});
