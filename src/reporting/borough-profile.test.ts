import { expect, test } from 'vitest';
import { figuresOf, row, total } from '../../test/reporting/small-figures.ts';
import { besideOthers } from './borough-profile.ts';

const whole = (hidden: object = {}) =>
  figuresOf({
    'referrals.by-borough': {
      rows: [{ ...row('E09000022', 'Lambeth', 42, 24), ...hidden }],
      total: total(598, 553),
    },
    'county-lines.by-borough': { rows: [row('E09000022', 'Lambeth', 97, 170)], total: total(1784, 3290) },
  });

test('the referral gap is the share of referrals less the share of known individuals', () => {
  const { 'profile.referral-gap': gap, 'profile.standing': standing } = besideOthers(whole(), 'E09000022');
  expect(gap).toMatchObject({
    ofReferrals: { numerator: 42, denominator: 598, percent: 7 },
    ofIndividuals: { numerator: 97, denominator: 1784, percent: 5 },
    gap: 2,
  });
  expect(standing?.rows).toMatchObject([
    { key: 'referrals', label: 'Referrals', current: 42 },
    { key: 'individuals', current: 97 },
  ]);
});

test('what is hidden among all boroughs is hidden in the profile of one, and what follows from it', () => {
  const hidden = { current: null, change: null, rank: null, suppressed: true };
  const { 'profile.referral-gap': gap } = besideOthers(whole(hidden), 'E09000022');
  expect(gap).toMatchObject({
    ofReferrals: { numerator: null, denominator: null, percent: null, suppressed: true },
    gap: null,
    suppressed: true,
  });
});
