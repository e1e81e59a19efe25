import { expect, test } from 'vitest';
import { csvOf } from './history-csv.ts';
import { makeHistory } from './make-history.ts';

test('a file has a header, and a line for each row', () => {
  const history = makeHistory();
  const training = csvOf('training.csv', history).split('\r\n');
  expect(training[0]).toBe('session_ref,course,delivered_on,provider,quadrant,attendees');
  expect(training.length).toBe(1 + history['training.csv'].length + 1);
  expect(training.at(-1)).toBe('');
});

test('a cell with a comma or a quotation mark is quoted', () => {
  const history = makeHistory();
  const [session] = history['training.csv'];
  if (!session) throw new Error('There is no training');
  const file = csvOf('training.csv', {
    ...history,
    'training.csv': [{ ...session, course: 'Gangs, girls and "love"' }],
  });
  expect(file).toContain(',"Gangs, girls and ""love""",');
});
