import type { Stage } from '../../referrals/index.ts';
import { namePool, type Story } from './stories.ts';
import { scattered } from './teller.ts';

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

/**
 * People to fill the lists: the same ones each time, spread over areas, stages and weeks.
 * @param shownBoroughs where half of them live, so that those as whom people sign in have enough to see.
 */
export function fillers(boroughs: readonly string[], shownBoroughs: readonly string[]): Story[] {
  return Array.from({ length: FILLERS }, (_, index) => {
    const chosen = <Item>(list: readonly Item[], salt: number, fallback: Item): Item =>
      list[scattered(index, salt, list.length)] ?? fallback;
    const gender = index % 5 === 0 ? 'female' : 'male';
    const stage = stages[index % stages.length] ?? 'received';
    const [agencyKind, agencyName] = chosen(agencies, 11, agencies[0]);
    // What comes in is decided within a week or a little more; a provider is waited for longer.
    const receivedDaysAgo =
      stage === 'received'
        ? scattered(index, 18, 8)
        : stage === 'accepted'
          ? 4 + scattered(index, 19, 30)
          : 12 + ((index * 4) % 330);
    return {
      givenNames: chosen<string>(namePool[gender], 12, 'Sam'),
      familyName: chosen<string>(namePool.family, 13, 'Lewis'),
      age: 12 + scattered(index, 14, 11),
      gender,
      ethnicity: chosen(ethnicities, 15, 'NOBT'),
      area: chosen(index % 2 === 0 ? shownBoroughs : boroughs, 16, 'E09000025'),
      kind: stage === 'intelligence-only' ? 'intelligence' : 'intervention',
      stage,
      receivedDaysAgo,
      ...(stage === 'allocated' ? howItStands(index, receivedDaysAgo) : {}),
      agencyKind,
      agencyName,
      concern: chosen(namePool.concerns, 17, namePool.concerns[0]),
      whyCountyLines: 'Known to a worker of ours, who has written to the analyst.',
      safeContact: 'Text first; then telephone.',
      notes: stage === 'allocated' ? notes(index) : [],
    };
  });
}

/** Support of some months ends for every third; of what is new, some is not taken up, or they are not reached yet. */
function howItStands(index: number, receivedDaysAgo: number): Pick<Story, 'ending' | 'standing'> {
  if (receivedDaysAgo < 60) {
    const standing = (['not-taken-up', 'not-engaged', null, null] as const)[scattered(index, 21, 4)];
    return standing ? { standing } : {};
  }
  if (receivedDaysAgo <= 100 || scattered(index, 22, 3) > 0) return {};
  const state = endings[scattered(index, 23, endings.length)] ?? 'signed-off';
  const endedDaysAgo = receivedDaysAgo > 220 ? 96 + scattered(index, 24, 25) : 3 + scattered(index, 24, 20);
  return { ending: { state, daysAgo: state === 'signed-off' ? endedDaysAgo : 1 } };
}

function notes(index: number): Story['notes'] {
  return [
    {
      daysAgo: 2 + scattered(index, 31, 9),
      kind: 'contact-telephone',
      present: 'The young person',
      fact: 'Spoke for a quarter of an hour as arranged. They are at home and went to school on four days this week. We agreed to meet on Friday.',
    },
    {
      daysAgo: 11 + scattered(index, 32, 9),
      kind: 'contact-in-person',
      present: 'The young person',
      fact: 'Met for the first time. I explained who I am, what is written down and who may read it.',
      voice: '"So I can read it? All of it?"',
    },
  ];
}
