import type { Stage } from '../../referrals/index.ts';
import { namePool, type Story } from './stories.ts';
import { DAYS_TO_FIRST_CONTACT, scattered } from './teller.ts';

/** Invented people besides those with a story of their own: enough to fill the lists, and no more than can be read. */
const FILLERS = 280;

const stages: readonly Stage[] = [
  'received',
  'allocated',
  'received',
  'accepted',
  'allocated',
  'declined',
  'allocated',
  'intelligence-only',
];
const endings = ['submitted', 'returned', 'signed-off', 'draft', 'signed-off', 'signed-off'] as const;
const ethnicities = ['BCRB', 'WBRI', 'BAFR', 'MWBC', 'ABAN', 'NOBT', 'WOTH'];
const agencies = [
  ['childrens-social-care', 'Children and families front door'],
  ['education', 'Northfield School'],
  ['metropolitan-police', 'Safer neighbourhoods team'],
  ['youth-offending-service', 'Youth justice service'],
] as const;
/** Who refers an adult. */
const agenciesOfAdults = [
  ['metropolitan-police', 'Safer neighbourhoods team'],
  ['voluntary-sector', 'Street outreach team'],
  ['probation', 'London Probation'],
] as const;

/**
 * People to fill the lists: the same ones each time, spread over areas, stages and weeks.
 * @param shownWorkers as whom people sign in, by provider and place in it: somebody is new to each
 * @param shownBoroughs where half of them live, so that those as whom people sign in have enough to see.
 */
export function fillers(
  boroughs: readonly string[],
  shownBoroughs: readonly string[],
  shownWorkers: readonly (readonly [number, number])[],
): Story[] {
  const newThisWeek = shownWorkers.map((place) => ({ place, stage: 'allocated' as const }));
  return Array.from({ length: FILLERS + newThisWeek.length }, (_, index) => {
    const isNewWith = newThisWeek[index - FILLERS];
    const chosen = <Item>(list: readonly Item[], salt: number, fallback: Item): Item =>
      list[scattered(index, salt, list.length)] ?? fallback;
    const gender = (isNewWith ? isNewWith.place[0] === 1 : index % 5 === 0) ? 'female' : 'male';
    const stage = isNewWith?.stage ?? stages[index % stages.length] ?? 'received';
    const isLong = !isNewWith && stage === 'allocated' && scattered(index, 25, 10) === 0;
    const age = (isLong ? 15 : 12) + scattered(index, 14, isLong ? 8 : 11);
    const [agencyKind, agencyName] =
      age < 18
        ? chosen<readonly [string, string]>(agencies, 11, agencies[0])
        : chosen<readonly [string, string]>(agenciesOfAdults, 11, agenciesOfAdults[0]);
    const learns = whereTheyLearn(index, age);
    // What comes in is decided within a week or a little more; a provider is waited for longer.
    const receivedDaysAgo =
      stage === 'received'
        ? scattered(index, 18, 8)
        : stage === 'accepted'
          ? 4 + scattered(index, 19, 30)
          : isNewWith
            ? 9
            : isLong
              ? 380 + scattered(index, 26, 80)
              : 12 + ((index * 4) % 330);
    const standing = stage === 'allocated' && !isNewWith ? howItStands(index, receivedDaysAgo) : {};
    return {
      givenNames: chosen<string>(namePool[gender], 12, 'Sam'),
      familyName: chosen<string>(namePool.family, 13, 'Lewis'),
      age,
      learns,
      ...(isNewWith ? { with: isNewWith.place } : {}),
      gender,
      ethnicity: chosen(ethnicities, 15, 'NOBT'),
      area: chosen(index % 2 === 0 ? shownBoroughs : boroughs, 16, 'E09000025'),
      kind: stage === 'intelligence-only' ? 'intelligence' : 'intervention',
      stage,
      receivedDaysAgo,
      ...standing,
      agencyKind,
      agencyName,
      concern: chosen(namePool.concerns, 17, namePool.concerns[0]),
      whyCountyLines: 'Known to a worker of ours, who has written to the analyst.',
      safeContact: 'Text first; then telephone.',
      notes:
        stage === 'allocated'
          ? notes(index, receivedDaysAgo - DAYS_TO_FIRST_CONTACT - (standing.ending?.daysAgo ?? 0), learns)
          : [],
    };
  });
}

/** Support of some months ends for every third; of what is new, some is not taken up, or they are not reached yet. */
function howItStands(index: number, receivedDaysAgo: number): Pick<Story, 'ending' | 'standing'> {
  if (receivedDaysAgo < 60) {
    const standing = (['not-taken-up', 'not-engaged', null, null] as const)[scattered(index, 21, 4)];
    return standing ? { standing } : {};
  }
  if (receivedDaysAgo <= 100 || receivedDaysAgo > 370 || scattered(index, 22, 3) > 0) return {};
  const state = endings[scattered(index, 23, endings.length)] ?? 'signed-off';
  const endedDaysAgo = receivedDaysAgo > 220 ? 96 + scattered(index, 24, 25) : 3 + scattered(index, 24, 20);
  return { ending: { state, daysAgo: state === 'signed-off' ? endedDaysAgo : 1 } };
}

/** Everybody under 16 goes to school; of the others some learn at a college, and some nowhere yet. */
function whereTheyLearn(index: number, age: number): NonNullable<Story['learns']> {
  if (age < 16) return 'school';
  return scattered(index, 34, 3) === 0 ? 'nowhere' : 'college';
}

const week = {
  school: 'They are at home and went to school on four days this week.',
  college: 'They are at home and went to college on four days this week.',
  nowhere: 'They are at home. They asked what courses there are, and when one can begin.',
};

/** Notes of the first meeting, some days after it could be, and of a call some time after it. */
function notes(index: number, since: number, learns: NonNullable<Story['learns']>): Story['notes'] {
  const met = since - scattered(index, 32, Math.min(3, since - 1));
  // So long before the end of support that moving it from a weekend to the Monday does not pass it.
  const rang = Math.min(3 + scattered(index, 31, 9), met - 3);
  return [
    {
      daysAgo: met,
      kind: 'contact-in-person',
      present: 'The young person',
      fact: 'Met for the first time. I explained who I am, what is written down and who may read it.',
      voice: '"So I can read it? All of it?"',
    },
    ...(rang < 3
      ? []
      : [
          {
            daysAgo: rang,
            kind: 'contact-telephone' as const,
            present: 'The young person',
            fact: `Spoke for a quarter of an hour as arranged. ${week[learns]} We agreed to meet again.`,
          },
        ]),
  ];
}
