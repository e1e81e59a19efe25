import { describe, expect, test } from 'vitest';
import { canBeDiscarded, modeFor, uploadFaults } from './import-upload.ts';

const file = (name: string, content: string | Buffer = 'referral_ref\n', isTooLarge = false) => ({
  name,
  content: Buffer.from(content as string),
  isTooLarge,
});
const referrals = file('referrals.csv');

describe('what is wrong with files that were brought', () => {
  test.each([
    ['nothing was chosen', [], ['Choose the files to import']],
    ['nothing is wrong', [file('Referrals.CSV'), file('support.csv')], []],
    [
      'the one that is needed is not there',
      [file('support.csv')],
      ['Choose referrals.csv too: an import needs it, whatever else there is'],
    ],
    [
      'one has a name that the format does not know',
      [referrals, file('people.csv')],
      ['people.csv is not a file of the import format: name it as one of those below, or leave it out'],
    ],
    [
      'one is there twice',
      [referrals, file('support.csv'), file('SUPPORT.csv')],
      ['support.csv is there twice: choose one of them'],
    ],
    [
      'one is empty',
      [referrals, file('nrm.csv', '')],
      ['nrm.csv is empty: leave it out, or choose one with a header row'],
    ],
    [
      'one is a spreadsheet by another name',
      [file('referrals.csv', 'PK\u0003\u0004rest')],
      ['referrals.csv is not a CSV file: open it in its own program and save it as “CSV UTF-8”'],
    ],
    [
      'they are too large',
      [file('referrals.csv', 'x', true)],
      [
        'The files must be 50 MB or smaller together. Ask whoever looks after the server to import larger ones with the command line',
      ],
    ],
  ])('%s', (_what, files, faults) => {
    expect(uploadFaults(files)).toEqual(faults);
  });
});

test('what was checked is imported whole, or what is good of it, or not at all', () => {
  const checked = { state: 'checked', faults: 0, goodRows: 5 } as const;
  expect(modeFor(checked)).toBe('all');
  expect(modeFor({ ...checked, faults: 2 })).toBe('valid');
  expect(modeFor({ ...checked, faults: 2, goodRows: 0 })).toBe(null);
  for (const state of ['checking', 'importing', 'imported', 'discarded', 'expired', 'failed'] as const)
    expect(modeFor({ ...checked, state })).toBe(null);
});

test('what is being imported is not thrown away, and what is over is not either', () => {
  const discarded = [
    'checking',
    'checked',
    'importing',
    'imported',
    'discarded',
    'expired',
    'failed',
  ] as const;
  expect(discarded.filter((state) => canBeDiscarded({ state }))).toEqual(['checking', 'checked', 'failed']);
});
