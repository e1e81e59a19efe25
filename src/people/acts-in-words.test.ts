import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../platform/package-root.ts';
import { actInWords, actorInWords, doerInWords } from './acts-in-words.ts';

test('an act is the end of a sentence, and one without words of its own is still told', () => {
  expect(`${actorInWords('Amira Khan', 'caseworker')}, ${actInWords('view-notes')}`).toBe(
    'Amira Khan, caseworker, read the case notes',
  );
  expect(actInWords('something-new')).toBe('did this: something new');
});

test('what no account did, the service did', () => {
  expect(actorInWords(null, null)).toBe('The service');
});

test('signing in is told of the one who did it, and what anybody can try of nobody in particular', () => {
  const act = { name: null, role: null, accountName: 'Amira Khan', isTask: false, isRefused: false };
  expect(doerInWords({ ...act, action: 'sign-in' })).toBe('Amira Khan');
  const tried = 'Somebody with the email address of Amira Khan';
  expect(doerInWords({ ...act, action: 'sign-in', isRefused: true })).toBe(tried);
  expect(doerInWords({ ...act, action: 'referrer-link-made' })).toBe(tried);
  expect(doerInWords({ ...act, action: 'account-added' })).toBe('The service');
  expect(doerInWords({ ...act, accountName: null, action: 'too-many-tries', isRefused: true })).toBe(
    'Somebody who had not signed in',
  );
  expect(doerInWords({ ...act, isTask: true, action: 'housekeeping' })).toBe('The service');
});

test('every act that a policy or a command records by name has words of its own', () => {
  const sources = ['db/policies', 'src'].flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.(sql|ts|tsx)$/.test(file))
      .map((file) => readFileSync(join(packageRoot, folder, file), 'utf8')),
  );
  const recorded = sources.flatMap((source) =>
    [
      ...source.matchAll(/audit\.(?:write|command|look|refused)\('([a-z-]+)'/g),
      ...source.matchAll(/record(?:Command|Look)\(tx, \{\s*action: '([a-z-]+)'/g),
    ].map(([, action]) => action ?? ''),
  );
  expect(recorded).toEqual(expect.arrayContaining(['sign-in', 'role-requested', 'view-history']));
  expect(recorded.filter((action) => actInWords(action).startsWith('did this'))).toEqual([]);
});
