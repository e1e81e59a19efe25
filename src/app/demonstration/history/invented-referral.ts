import type { PlainDate } from '../../../platform/clock/plain-date.ts';
import type { HistoryRow } from './history-rows.ts';
import type { AgeBand, ReferralYear } from './referral-tables.ts';

/** A referral that is being made up: what is known of it so far. */
export interface InventedReferral {
  ref: string;
  readonly year: ReferralYear['name'];
  receivedOn: PlainDate;
  kind: 'intervention' | 'intelligence';
  personRef: string;
  givenNames: string;
  familyName: string;
  ageBand: AgeBand;
  bornOn: PlainDate | null;
  gender: 'female' | 'male';
  ethnicity: string;
  readonly borough: string;
  ward: string;
  agency: string;
  /** The force, where the agency is one. */
  agencyArea: string;
  team: string;
  educationStatus: 'in-education' | 'not-in-education' | 'unknown';
  educationSetting: string;
  socialCare: string;
  disabilities: string;
  gangLink: string;
  missing: string;
  longestMissingDays: string;
  linkedForce: string;
  linkedTown: string;
  decision: 'accepted' | 'declined' | 'signposted' | 'intelligence-only';
  decidedOn: PlainDate;
  reason: string;
}

export const OUT_OF_LONDON = 'out-of-london';

export const isChild = ({ ageBand }: InventedReferral) => ageBand === '11-15' || ageBand === '16-17';
export const isAdult = ({ ageBand }: InventedReferral) => ageBand === '18-25';
export const isPast16 = ({ ageBand }: InventedReferral) => ageBand === '16-17' || ageBand === '18-25';

/** A referral of which nothing is known yet but whose it is. */
export function newReferral(year: ReferralYear['name'], borough: string, day: PlainDate): InventedReferral {
  return {
    ref: '',
    year,
    receivedOn: day,
    kind: 'intervention',
    personRef: '',
    givenNames: '',
    familyName: '',
    ageBand: 'unknown',
    bornOn: null,
    gender: 'male',
    ethnicity: '',
    borough,
    ward: '',
    agency: '',
    agencyArea: '',
    team: '',
    educationStatus: 'unknown',
    educationSetting: '',
    socialCare: '',
    disabilities: '',
    gangLink: '',
    missing: '',
    longestMissingDays: '',
    linkedForce: '',
    linkedTown: '',
    decision: 'declined',
    decidedOn: day,
    reason: '',
  };
}

/** A referral as it stands in its file. */
export function referralRow(one: InventedReferral): HistoryRow<'referrals.csv'> {
  return {
    referral_ref: one.ref,
    received_on: one.receivedOn,
    kind: one.kind,
    person_ref: one.personRef,
    given_names: one.givenNames,
    family_name: one.familyName,
    date_of_birth: one.bornOn ?? '',
    gender: one.gender,
    ethnicity: one.ethnicity,
    responsible_borough: one.borough,
    residence_ward: one.ward,
    referring_agency: one.agency,
    referring_area: one.agencyArea,
    local_authority_team: one.team,
    education_status: one.educationStatus,
    education_setting: one.educationSetting,
    social_care_status: one.socialCare,
    disabilities: one.disabilities,
    gang_link: one.gangLink,
    missing_linked: one.missing,
    longest_missing_days: one.longestMissingDays,
    linked_force: one.linkedForce,
    linked_town: one.linkedTown,
    decision: one.decision,
    decided_on: one.decidedOn,
    decision_reason: one.reason,
  };
}
