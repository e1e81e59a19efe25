import type { PlainDate } from '../platform/clock/plain-date.ts';
import { type Code, type CodedWord, codesOf } from '../reference/code-lists.ts';

/**
 * The needs of a young person, at the start of support, at each review and at its close. Pure. The list is this service's
 * own: the Outcomes Stars are licensed, and none of their scales is here (domain guide part 5).
 */

export const needDomains = [
  { code: 'safety', text: 'Safety' },
  { code: 'housing', text: 'Housing' },
  { code: 'education-or-work', text: 'Education or work' },
  { code: 'family', text: 'Family' },
  { code: 'emotional-health', text: 'Emotional and mental health' },
  { code: 'physical-health', text: 'Physical and sexual health' },
  { code: 'substance-use', text: 'Drugs and alcohol' },
  { code: 'offending', text: 'Offending and the courts' },
  { code: 'money', text: 'Money and debt' },
  { code: 'identity', text: 'Identity and immigration' },
  { code: 'relationships', text: 'Relationships' },
  { code: 'online', text: 'Online' },
] as const satisfies readonly CodedWord[];
export type NeedDomain = Code<typeof needDomains>;
export const needDomainCodes = codesOf(needDomains);

export const needLevels = [
  { code: 'none', text: 'No need' },
  { code: 'some', text: 'Some need' },
  { code: 'high', text: 'High need' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];
export type NeedLevel = Code<typeof needLevels>;

export const assessmentStages = [
  { code: 'start', text: 'At the start of support' },
  { code: 'review', text: 'At a review' },
  { code: 'close', text: 'At the close of support' },
] as const satisfies readonly CodedWord[];
export type AssessmentStage = Code<typeof assessmentStages>;

export const viewpoints = [
  { code: 'young-person', text: 'The young person’s' },
  { code: 'worker', text: 'The worker’s' },
  { code: 'both', text: 'Both agree' },
  { code: 'somebody-else', text: 'Somebody else’s' },
] as const satisfies readonly CodedWord[];
export type Viewpoint = Code<typeof viewpoints>;

/** One need as it was assessed. */
export interface AssessedNeed {
  level: NeedLevel;
  words: string;
  /** Null where nobody said. */
  view: Viewpoint | null;
}

export type Needs = Readonly<Partial<Record<NeedDomain, AssessedNeed>>>;

/** One assessment, with the needs that it found. */
export interface NeedsAssessment {
  id: string;
  organisationId: string;
  organisationName: string;
  stage: AssessmentStage;
  assessedOn: PlainDate;
  reviewDueOn: PlainDate | null;
  byName: string | null;
  needs: Needs;
}

/** How a need changed; `unclear` where it was not known at one end. */
export type NeedChange = 'less' | 'same' | 'more' | 'unclear';

export const needChangeInWords: Readonly<Record<NeedChange, string>> = {
  less: 'Less need',
  same: 'The same',
  more: 'More need',
  unclear: 'Cannot tell',
};

const weight: Readonly<Record<NeedLevel, number | null>> = { none: 0, some: 1, high: 2, 'not-known': null };

export function needChange(from: NeedLevel | undefined, to: NeedLevel | undefined): NeedChange {
  const [before, after] = [from && weight[from], to && weight[to]];
  if (typeof before !== 'number' || typeof after !== 'number') return 'unclear';
  return before === after ? 'same' : after < before ? 'less' : 'more';
}

/** The two ends of what changed, and the change in each domain. */
export interface ChangeSinceStart {
  start: NeedsAssessment;
  latest: NeedsAssessment;
  domains: {
    domain: NeedDomain;
    from: NeedLevel | undefined;
    to: NeedLevel | undefined;
    change: NeedChange;
  }[];
}

/**
 * What changed since support began: from the newest assessment at a start, which opens the support that counts now, to
 * the newest of all. Nothing where there is no start, or nothing after it.
 *
 * @param assessments of one provider, the newest first
 */
export function changeSinceStart(assessments: readonly NeedsAssessment[]): ChangeSinceStart | null {
  const start = assessments.find(({ stage }) => stage === 'start');
  const [latest] = assessments;
  if (!start || !latest || start === latest) return null;
  return {
    start,
    latest,
    domains: needDomains.map(({ code: domain }) => {
      const [from, to] = [start.needs[domain]?.level, latest.needs[domain]?.level];
      return { domain, from, to, change: needChange(from, to) };
    }),
  };
}
