import { byKey } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { areas, type WardDeprivation, wardDeprivation } from '../readings/places.ts';
import { referrals } from '../readings/referrals.ts';
import { spearman } from '../spearman.ts';
import { BY_RECEIPT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.deprivation',
  version: 1,
  title: 'Referrals and deprivation',
  definition: `How closely referrals follow deprivation: Spearman's rank correlation, equals taking the mean of their ranks, of the referrals of the period in each ward with the ward's deprivation score, over all wards of London, those without a referral too, and over those of each borough. 1: the more deprived the more referrals; 0: no relation. It says nothing about causes. ${BY_RECEIPT}`,
  rules: {
    geography: 'The ward of residence, of the edition of wards that the index has.',
    unknowns:
      'Referrals whose ward is not known, or not in the index, are in no ward; how many are is said beside.',
  },
  shape: {
    own: {
      kind: 'rows',
      by: 'borough',
      fields: {
        rho: { kind: 'derived', of: { records: 'referrals', where: { borough: '*' } } },
        n: { kind: 'open' },
        edition: { kind: 'open' },
      },
    },
    parts: {
      edition: { kind: 'open' },
      source: { kind: 'open' },
      notInIndex: { kind: 'count', of: { records: 'referrals', where: { ward: 'not-in-index' } } },
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['ward']), wards: wardDeprivation, areas },
  figure({ received, wards, areas }, _asked) {
    const [one] = wards;
    if (!one) return 'no-deprivation-index';
    const found = byKey(received, false);
    const inIndex = new Set(wards.map(({ ward }) => ward));
    const known = [...found].filter(([ward, { current }]) => ward !== 'unknown' && current > 0);
    // Wards of other boundaries: every ward would seem to have none.
    if (known.length > 0 && !known.some(([ward]) => inIndex.has(ward))) return 'no-deprivation-index';
    const rowOf = (key: string, label: string, of: readonly WardDeprivation[]) => ({
      key,
      label,
      rho: spearman(
        of.map(({ ward }) => found.get(ward)?.current ?? 0),
        of.map(({ score }) => score),
      ),
      n: of.length,
      edition: one.edition,
    });
    return {
      rows: [
        rowOf('london', 'London', wards),
        ...areas
          .map(({ code, name }) => ({ code, name, of: wards.filter(({ area }) => area === code) }))
          .filter(({ of }) => of.length > 0)
          .map(({ code, name, of }) => rowOf(code, name, of)),
      ],
      edition: one.edition,
      source: one.source,
      notInIndex: [...found].reduce(
        (sum, [ward, { current }]) => (inIndex.has(ward) ? sum : sum + current),
        0,
      ),
    };
  },
});
