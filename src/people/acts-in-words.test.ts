import { expect, test } from 'vitest';
import { actInWords, actorInWords } from './acts-in-words.ts';

test('an act is the end of a sentence, and one without words of its own is still told', () => {
  expect(`${actorInWords('Amira Khan', 'caseworker')}, ${actInWords('view-notes')}`).toBe(
    'Amira Khan, caseworker, read the case notes',
  );
  expect(actInWords('something-new')).toBe('did this: something new');
});

test('what no account did, the service did', () => {
  expect(actorInWords(null, null)).toBe('The service');
});
