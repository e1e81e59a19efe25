import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { historyColumns } from './history-rows.ts';
import { makeHistory } from './make-history.ts';
import { csvOf, writeHistory } from './write-history.ts';

test('a folder is written that an import reads: every file, a header, and a line for each row', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'homeward-history-'));
  const folder = join(parent, 'new');
  try {
    await writeHistory(folder);
    expect((await readdir(folder)).sort()).toEqual(Object.keys(historyColumns).sort());
    const training = (await readFile(join(folder, 'training.csv'), 'utf8')).split('\r\n');
    expect(training[0]).toBe('session_ref,course,delivered_on,provider,quadrant,attendees');
    expect(training.length).toBe(1 + makeHistory()['training.csv'].length + 1);
    expect(training.at(-1)).toBe('');
  } finally {
    await rm(parent, { recursive: true });
  }
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
