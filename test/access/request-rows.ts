import type { Case, Member } from './world.ts';

/** What is asked about each young person of the world: each stands for another relation to those who ask and answer. */
export interface AskedInWorld {
  kind: 'information' | 'intelligence-check' | 'consultation' | 'borough';
  of: 'person' | 'referral';
  by: Member;
  /** Asked for the near provider's work. */
  forNearProvider?: true;
  answered?: { by: Member; daysAgo: number };
  withdrawn?: true;
}

export const askedInWorld: Readonly<Record<Case, AskedInWorld>> = {
  open: { kind: 'consultation', of: 'person', by: 'caseworker', forNearProvider: true },
  'just-ended': { kind: 'intelligence-check', of: 'person', by: 'caseworker', forNearProvider: true },
  'long-ended': {
    kind: 'consultation',
    of: 'person',
    by: 'caseworker',
    forNearProvider: true,
    answered: { by: 'gender-consultant', daysAgo: 29 },
  },
  'other-team': {
    kind: 'consultation',
    of: 'person',
    by: 'colleague',
    forNearProvider: true,
    withdrawn: true,
  },
  'other-provider': {
    kind: 'consultation',
    of: 'referral',
    by: 'coordinator',
    answered: { by: 'gender-consultant', daysAgo: 27 },
  },
  'elsewhere-ours': { kind: 'borough', of: 'person', by: 'coordinator' },
  elsewhere: { kind: 'intelligence-check', of: 'referral', by: 'coordinator' },
  unallocated: { kind: 'borough', of: 'referral', by: 'coordinator' },
  waiting: { kind: 'information', of: 'referral', by: 'coordinator' },
  'waiting-elsewhere': { kind: 'information', of: 'referral', by: 'coordinator' },
};

interface Ids {
  personId: string | null;
  referralId: string;
  referrerId: string;
  nearProviderId: string;
  area: string;
  accountOf(member: Member): string;
  canary(kind: string): string;
}

/** The columns of the request about somebody. */
export function requestRow(
  { kind, of, by, forNearProvider, answered, withdrawn }: AskedInWorld,
  ids: Ids,
): Record<string, unknown> {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  return {
    kind,
    ...(of === 'person' ? { person_id: ids.personId } : { referral_id: ids.referralId }),
    area: ids.area,
    organisation_id: forNearProvider ? ids.nearProviderId : null,
    question: ids.canary('request'),
    asked_by: ids.accountOf(by),
    due_on: '2030-01-01',
    owner_id: kind === 'information' ? ids.referrerId : null,
    ...(answered && {
      state: 'answered',
      answer: ids.canary('reply'),
      answered_by: ids.accountOf(answered.by),
      answered_at: daysAgo(answered.daysAgo),
    }),
    ...(withdrawn && { state: 'withdrawn', withdrawn_why: ids.canary('reply'), withdrawn_at: daysAgo(1) }),
  };
}
