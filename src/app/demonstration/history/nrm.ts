import { addDays, ageOn } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { dealAs, type Hand } from './deal.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import type { InventedReferral } from './invented-referral.ts';
import { years } from './periods.ts';
import type { InventedSupport } from './support.ts';

/** What the panel decided, and whether when it first met: 31 of 42 positive, 84% of them at once (pack, pages 131 to 138). */
const decisions: readonly Hand<
  Case,
  readonly [reasonable: string, conclusive: string, firstPanel: string]
>[] = [
  [['positive', 'positive', 'yes'], 26],
  [['positive', 'positive', 'no'], 5],
  [['positive', 'negative', 'yes'], 2],
  [['positive', 'negative', 'no'], 2],
  [['positive', 'pending', ''], 2],
  [['positive', 'withdrawn', ''], 1],
  [['negative', '', ''], 4],
];
/** Children who were referred, and how many of them for sexual exploitation: nine of 42 (pack, pages 131 to 138). */
const cases = { female: { all: 9, sexual: 7 }, male: { all: 33, sexual: 2 } } as const;
/** More than 70% by social workers (pack, pages 131 to 138). */
const responders: readonly Hand<Case, string>[] = [
  ['local-authority', 31],
  ['police', 8],
  ['charity', 3],
];

interface Case {
  readonly referral: InventedReferral;
  readonly exploitation: 'sexual' | 'criminal';
  responder: string;
  decision: readonly [reasonable: string, conclusive: string, firstPanel: string];
}

/** Those of the third year who were referred to the National Referral Mechanism while they were supported. */
export function nrmRows(chance: Chance, support: readonly InventedSupport[]): HistoryRow<'nrm.csv'>[] {
  const { from, to } = years[1];
  const referrals = chance.shuffled([
    ...new Set(
      support
        .filter(
          (one) => one.engagedOn && one.engagedOn < addDays(to, -30) && one.closedOn > addDays(from, 30),
        )
        .map(({ referral }) => referral),
    ),
  ]);
  const referred = (['female', 'male'] as const).flatMap((gender) =>
    referrals
      .filter((one) => one.gender === gender && isChildAtTheEnd(one))
      .slice(0, cases[gender].all)
      .map(
        (referral, index): Case => ({
          referral,
          exploitation: index < cases[gender].sexual ? 'sexual' : 'criminal',
          responder: '',
          decision: ['', '', ''],
        }),
      ),
  );
  dealAs(chance, 'responder', referred, responders);
  dealAs(chance, 'decision', referred, decisions);
  return referred
    .map((one) => rowOf(chance, one))
    .sort(inOrderOf((row) => row.referred_on))
    .map((row, index) => ({ ...row, nrm_ref: `N-${String(index + 1).padStart(2, '0')}` }));
}

function rowOf(chance: Chance, { referral, exploitation, responder, decision }: Case): HistoryRow<'nrm.csv'> {
  const { from, to } = years[1];
  const [reasonable, conclusive, firstPanel] = decision;
  const decidedOn = addDays(referral.decidedOn, 1);
  const referredOn = chance.workingDay(decidedOn > from ? decidedOn : from, to);
  const reasonableOn = chance.workingDay(addDays(referredOn, 2), addDays(referredOn, 12));
  const waits: readonly [number, number] = firstPanel === 'yes' ? [14, 34] : [60, 190];
  const conclusiveOn = chance.workingDay(addDays(reasonableOn, waits[0]), addDays(reasonableOn, waits[1]));
  const isDecided = conclusive === 'positive' || conclusive === 'negative';
  return {
    nrm_ref: '',
    referral_ref: referral.ref,
    referred_on: referredOn,
    first_responder: responder,
    exploitation_type: exploitation,
    county_lines_flag: exploitation === 'criminal' || chance.happens(50) ? 'yes' : 'no',
    age_group: 'child',
    reasonable_grounds: reasonable,
    reasonable_grounds_on: reasonableOn,
    conclusive_grounds: conclusive,
    conclusive_grounds_on: isDecided ? conclusiveOn : '',
    decided_at_first_panel: firstPanel,
  };
}

const isChildAtTheEnd = ({ bornOn }: InventedReferral) =>
  bornOn !== null && (ageOn(bornOn, years[1].to) ?? 0) < 18;
