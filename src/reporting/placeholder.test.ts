import { expect, test } from 'vitest';
import { figuresOf, year3 } from '../../test/reporting/small-figures.ts';
import { resolvePlaceholder } from './placeholder.ts';

const read = (named: string, figures = year3) => {
  const found = resolvePlaceholder(figures, named);
  return found.ok ? found.text : found.fault;
};

test.each([
  ['referrals.total', '598'],
  ['referrals.total current', '598'],
  ['referrals.total previous', '553'],
  ['referrals.total change', 'up 8%'],
  ['referrals.by-borough E09000022', '42'],
  ['referrals.by-borough E09000022 change', 'up 75%'],
  ['referrals.by-borough E09000007 change', 'down 78%'],
  ['referrals.by-borough E09000024 change', 'no change'],
  ['referrals.by-borough E09000022 label', 'Lambeth'],
  ['referrals.by-borough total', '598'],
  ['referrals.by-ethnic-group black', '54%'],
  ['referrals.by-ethnic-group black points', 'up 8 percentage points'],
  ['referrals.by-ethnic-group black of', '323 of 598'],
  ['support.engaged', '59%'],
  ['support.engaged of', '145 of 245'],
  ['support.engaged previous of', '150 of 240'],
  ['support.engaged numerator', '145'],
  ['impact.missing to-zero', '48%'],
  ['impact.missing people', '50'],
  ['impact.missing wilcoxon-p', 'less than 0.001'],
  ['nrm.decisions referrals', 'a figure that cannot be given'],
])('%s reads %s', (named, text) => {
  expect(read(named)).toBe(text);
});

test.each([
  ['referals.total', /there is no measure “referals.total”/],
  ['referrals.by-borough E09000099', /there is no “E09000099” there; there is total, bands, E09000022/],
  ['referrals.total constructor', /there is no “constructor”/],
  ['', /there is no measure “”/],
  ['impact.missing', /say which number of it; there is people, toZero, wilcoxonP/],
])('%s names the fault', (named, fault) => {
  expect(read(named)).toMatch(fault);
});

test('a number that is hidden is never told, nor what follows from it', () => {
  const hidden = {
    current: null,
    previous: 18,
    change: null,
    rank: null,
    previousRank: null,
    suppressed: true,
  };
  const figures = figuresOf({
    'referrals.by-borough': {
      rows: [{ key: 'E09000007', label: 'Camden', ...hidden }],
      total: { current: 598, previous: null, change: null },
    },
    'support.engaged': {
      current: { numerator: null, denominator: null, percent: null, suppressed: true },
      previous: null,
    },
  });
  for (const named of [
    'referrals.by-borough E09000007',
    'referrals.by-borough E09000007 change',
    'support.engaged',
    'support.engaged of',
  ])
    expect(read(named, figures)).toBe('a number that is not published');
  expect(read('referrals.by-borough E09000007 previous', figures)).toBe('18');
  expect(
    read(
      'referrals.total change',
      figuresOf({ 'referrals.total': { total: { current: 5, previous: 0, change: null } } }),
    ),
  ).toBe('a change that no percentage can tell');
});
