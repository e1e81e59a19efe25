import type { TeamProfile } from '../organisations/index.ts';
import { formatDate } from '../platform/clock/london-time.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';

/**
 * Which teams suit a young person, with the reasons for and against each in words. It suggests and never decides: a
 * coordinator chooses any team. Pure: no I/O here.
 */

/** What a team can be suggested by. A service sets which it goes by, and which weighs most (reference.allocation_rule). */
export const allocationRules = ['gender', 'area', 'capacity', 'language', 'prior-worker', 'age'] as const;
export type AllocationRule = (typeof allocationRules)[number];

/** The rules as the administrator reads them. */
export const ruleInWords: Record<AllocationRule, string> = {
  gender: 'Gender-specific support: the team works with young women or young men, or specialises in it',
  area: 'Area: the team serves the responsible borough',
  capacity: 'Capacity: the workers of the team have points free',
  language: 'Language: somebody in the team speaks the young person’s language',
  'prior-worker': 'Prior worker: somebody in the team has worked with the young person before',
  age: 'Age: the team specialises in those of 18 to 25',
};

/** Whom a team is wanted for. */
export interface Needing {
  /** A code of `genders`. */
  gender: string;
  /** In whole years; null where it is not known. */
  age: number | null;
  area: string;
  areaName: string;
  /** As it was answered: "Somali and some English". Empty where it was not. */
  language: string;
}

/** A team that could be chosen. Points are those of its workers' capacity, and of the weights of what they work on. */
export interface Candidate extends TeamProfile {
  teamId: string;
  teamName: string;
  organisationId: string;
  organisationName: string;
  workers: number;
  points: number;
  used: number;
  /** Who of the team has worked with the young person, until when; null for still. */
  priorWorkers: readonly { name: string; until: PlainDate | null }[];
}

/** Why a team suits, or does not. */
export interface SuggestionReason {
  rule: AllocationRule;
  speaks: 'for' | 'against';
  words: string;
}

export interface Suggestion {
  team: Candidate;
  reasons: readonly SuggestionReason[];
}

/** Every reason that the rules in use have for a team and against it, the weightiest rule first. */
export function reasonsFor(
  team: Candidate,
  needing: Needing,
  rules: readonly AllocationRule[],
): SuggestionReason[] {
  return rules.flatMap((rule) => {
    const said = says[rule](team, needing);
    return said === null ? [] : [{ rule, ...said }];
  });
}

/**
 * The teams that are open to new referrals, the one that suits best first: by what the weightiest rule says, then by the
 * next; where no rule tells two apart, by points free.
 */
export function suggestTeams(
  teams: readonly Candidate[],
  needing: Needing,
  rules: readonly AllocationRule[],
): Suggestion[] {
  return teams
    .filter(({ isOpenToNew }) => isOpenToNew)
    .map((team) => ({ team, reasons: reasonsFor(team, needing, rules) }))
    .sort(
      (one, other) =>
        compareReasons(one.reasons, other.reasons, rules) ||
        free(other.team) - free(one.team) ||
        fullName(one.team).localeCompare(fullName(other.team), 'en-GB'),
    );
}

/** Whether a team could take somebody at all, by whom it works with and where: whatever its room, and the rules in use. */
export function couldSupport(
  team: Pick<TeamProfile, 'worksWith' | 'areas'>,
  { gender, area }: Pick<Needing, 'gender' | 'area'>,
): boolean {
  const isOfOtherGender =
    (team.worksWith === 'young-women' && gender === 'male') ||
    (team.worksWith === 'young-men' && gender === 'female');
  return !isOfOtherGender && (team.areas.length === 0 || team.areas.includes(area));
}

type Said = Omit<SuggestionReason, 'rule'> | null;
const speaksFor = (words: string): Said => ({ speaks: 'for', words });
const speaksAgainst = (words: string): Said => ({ speaks: 'against', words });

const says: Record<AllocationRule, (team: Candidate, needing: Needing) => Said> = {
  gender({ worksWith, specialisms }, { gender }) {
    if (worksWith === 'everybody') {
      return gender === 'female' && specialisms.includes('young-women')
        ? speaksFor('Supports young women')
        : null;
    }
    const [theirs, words] =
      worksWith === 'young-women' ? ['female', 'Supports young women'] : ['male', 'Supports young men'];
    if (gender === theirs) return speaksFor(words);
    const only = `Works with ${worksWith === 'young-women' ? 'young women' : 'young men'} only`;
    // Somebody who is neither, or of whom it is not known, may be welcome there: it is theirs to say.
    return speaksAgainst(
      gender === 'female' || gender === 'male' ? only : `${only}: ask the young person and the team`,
    );
  },
  area({ areas }, { area, areaName }) {
    if (areas.length === 0) return null;
    return areas.includes(area)
      ? speaksFor(`Works in ${areaName}`)
      : speaksAgainst(`Does not work in ${areaName}`);
  },
  capacity({ workers, points, used }) {
    if (workers === 0) return speaksAgainst('Has no caseworkers');
    return used < points
      ? speaksFor(`${points - used} of ${points} points free`)
      : speaksAgainst(`No room: ${used} of ${points} points used`);
  },
  language({ languages }, { language }) {
    const spoken = languages.find((each) => isNamedIn(each, language));
    return spoken === undefined ? null : speaksFor(`Speaks ${spoken}`);
  },
  'prior-worker'({ priorWorkers }) {
    if (priorWorkers.length === 0) return null;
    return speaksFor(
      priorWorkers
        .map(({ name, until }) =>
          until === null ? `${name} works with them` : `${name} worked with them until ${formatDate(until)}`,
        )
        .join('. '),
    );
  },
  age({ specialisms }, { age }) {
    return age !== null && age >= 18 && age <= 25 && specialisms.includes('aged-18-to-25')
      ? speaksFor('Supports young people of 18 to 25')
      : null;
  },
};

/** Whether a language is named in what was answered, as a word of its own. */
function isNamedIn(language: string, answer: string): boolean {
  const [named, answered] = [language, answer].map((each) => ` ${words(each).join(' ')} `);
  return named !== undefined && named.trim() !== '' && (answered?.includes(named) ?? false);
}
const words = (text: string) => text.toLocaleLowerCase('en-GB').match(/\p{L}+/gu) ?? [];

const free = ({ points, used }: Candidate) => points - used;
const fullName = ({ organisationName, teamName }: Candidate) => `${organisationName} ${teamName}`;

const weightOf = (reasons: readonly SuggestionReason[], rule: AllocationRule) => {
  const reason = reasons.find((each) => each.rule === rule);
  return reason === undefined ? 0 : reason.speaks === 'for' ? 1 : -1;
};

function compareReasons(
  one: readonly SuggestionReason[],
  other: readonly SuggestionReason[],
  rules: readonly AllocationRule[],
): number {
  for (const rule of rules) {
    const difference = weightOf(other, rule) - weightOf(one, rule);
    if (difference !== 0) return difference;
  }
  return 0;
}
