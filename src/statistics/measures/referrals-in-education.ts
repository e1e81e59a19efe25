import { educationSettings, genders } from '../../reference/code-lists.ts';
import { bothOf, byKey, keyed, shares, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, UNKNOWNS_COUNT } from './referral-words.ts';

const settings = [...keyed(educationSettings), { key: 'unknown', label: 'Not known' }];

export const measure = defineMeasure({
  id: 'referrals.in-education',
  version: 1,
  title: 'In education',
  definition: `The share of referrals received about young people in education, training or an apprenticeship. ${BY_RECEIPT} Settings are shares of those in education, and by gender of those of that gender in education.`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: { kind: 'share', of: { records: 'referrals' }, part: { education: 'in-education' } },
    parts: {
      settings: {
        kind: 'share-table',
        of: { records: 'referrals', where: { education: 'in-education' } },
        by: 'setting',
        keys: 'fixed',
        exclusive: true,
      },
      settingsByGender: {
        kind: 'each',
        by: 'gender',
        shape: {
          kind: 'share-table',
          of: { records: 'referrals', where: { education: 'in-education', gender: '*' } },
          by: 'setting',
          keys: 'fixed',
          exclusive: true,
        },
      },
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['gender', 'education', 'setting']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    const inEducation = received.filter(({ values }) => values[1] === 'in-education');
    const settingsOf = (rows: typeof received) =>
      shareTable(settings, byKey(rows, compared, 2), bothOf(rows, compared), compared);
    return {
      ...shares(bothOf(inEducation, compared), bothOf(received, compared)),
      settings: settingsOf(inEducation),
      settingsByGender: Object.fromEntries(
        genders.map(({ code }) => [code, settingsOf(inEducation.filter(({ values }) => values[0] === code))]),
      ),
    };
  },
});
