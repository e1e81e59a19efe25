import type { Fault } from '../platform/forms/fault.ts';
import type { StaffRole } from '../platform/identity/staff-roles.ts';

export const organisationKinds = ['service', 'provider', 'local-authority', 'police'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** Where a role is held, and what else it has to be told: the rule of who sees what hangs on it. */
export interface RolePlace {
  at: OrganisationKind;
  /**
   * A role in a team sees the team's people; a role for areas, what those areas answer for. A council's contact has the areas
   * that the council is responsible for, so that no council's approver gives another's.
   */
  needs: 'nothing' | 'team' | 'areas' | 'areas of the council';
}

export const rolePlace = {
  spoc: { at: 'local-authority', needs: 'areas of the council' },
  coordinator: { at: 'service', needs: 'areas' },
  analyst: { at: 'service', needs: 'nothing' },
  caseworker: { at: 'provider', needs: 'team' },
  'provider-manager': { at: 'provider', needs: 'nothing' },
  'gender-consultant': { at: 'provider', needs: 'nothing' },
  'operations-manager': { at: 'service', needs: 'nothing' },
  'data-protection-lead': { at: 'service', needs: 'nothing' },
  administrator: { at: 'service', needs: 'nothing' },
} as const satisfies Record<StaffRole, RolePlace>;

/** An organisation as somebody can be given a role in it. */
export interface Place {
  id: string;
  kind: string;
  /** Whether somebody speaks for it, who can approve the role. */
  hasApprover: boolean;
  teams: readonly { id: string }[];
  /** The codes of the areas that a council is responsible for. */
  areas: readonly string[];
}

/** What was asked for: ids as they were typed into the form. */
export interface AskedRole {
  organisation: string;
  team: string;
  areas: readonly string[];
}

/** A role that can be asked for. */
export interface WantedRole {
  role: StaffRole;
  organisationId: string;
  teamId: string | null;
  areas: readonly string[];
}

/** Makes a role of what was typed, or says what is wrong with it. */
export function roleToAskFor(
  role: StaffRole,
  asked: AskedRole,
  places: readonly Place[],
  knownAreas: readonly string[],
): { ok: true; wanted: WantedRole } | { ok: false; fault: Fault } {
  const { at, needs }: RolePlace = rolePlace[role];
  const fault = (field: string, message: string) => ({ ok: false as const, fault: { field, message } });
  const fitting = places.filter((place) => place.kind === at);
  const place =
    needs === 'team'
      ? fitting.find(({ teams }) => teams.some((team) => team.id === asked.team))
      : fitting.find(({ id }) => id === asked.organisation);
  if (!place) {
    return needs === 'team'
      ? fault('team', 'Choose the team they work in')
      : fault('organisation', 'Choose the organisation they work for');
  }
  const areas =
    needs === 'areas of the council' ? place.areas : needs === 'areas' ? [...new Set(asked.areas)] : [];
  if (needs === 'areas of the council' && areas.length === 0)
    return fault(
      'organisation',
      'Nobody has said which areas this council is responsible for: say it on its page first',
    );
  if (needs === 'areas' && (areas.length === 0 || areas.some((area) => !knownAreas.includes(area))))
    return fault('areas', 'Choose the areas they answer for');
  if (!place.hasApprover) {
    return fault(
      needs === 'team' ? 'team' : 'organisation',
      'Nobody speaks for this organisation yet, so nobody could approve the role: name somebody on its page first',
    );
  }
  return {
    ok: true,
    wanted: { role, organisationId: place.id, teamId: needs === 'team' ? asked.team : null, areas },
  };
}

/** Days after which a role has to be looked at again: a quarter. */
const REVIEW_DAYS = 92;

/** Whether a role has to be looked at again by the one who answers for it. */
export function isReviewDue(lastReviewed: Date, now: Date): boolean {
  return now.getTime() - lastReviewed.getTime() > REVIEW_DAYS * 24 * 3600_000;
}
