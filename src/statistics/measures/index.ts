import type { DefinedMeasure } from '../define-measure.ts';
import { eventKinds } from '../readings/impact.ts';
import * as countyLinesByAge from './county-lines-by-age.ts';
import * as countyLinesByBorough from './county-lines-by-borough.ts';
import * as countyLinesByEthnicGroup from './county-lines-by-ethnic-group.ts';
import * as countyLinesByForce from './county-lines-by-force.ts';
import * as countyLinesByTown from './county-lines-by-town.ts';
import * as countyLinesIndividuals from './county-lines-individuals.ts';
import * as countyLinesReturn from './county-lines-return.ts';
import { impactMeasure } from './impact.ts';
import * as nrmDecisions from './nrm-decisions.ts';
import * as onwardReferralsByService from './onward-referrals-by-service.ts';
import * as referralsByAge from './referrals-by-age.ts';
import * as referralsByAgency from './referrals-by-agency.ts';
import * as referralsByBorough from './referrals-by-borough.ts';
import * as referralsByEthnicGroup from './referrals-by-ethnic-group.ts';
import * as referralsByGender from './referrals-by-gender.ts';
import * as referralsByMonth from './referrals-by-month.ts';
import * as referralsBySocialCareStatus from './referrals-by-social-care-status.ts';
import * as referralsByWard from './referrals-by-ward.ts';
import * as referralsDecisions from './referrals-decisions.ts';
import * as referralsDeprivation from './referrals-deprivation.ts';
import * as referralsDisability from './referrals-disability.ts';
import * as referralsDisproportionality from './referrals-disproportionality.ts';
import * as referralsGangLink from './referrals-gang-link.ts';
import * as referralsInEducation from './referrals-in-education.ts';
import * as referralsMissing from './referrals-missing.ts';
import * as referralsTotal from './referrals-total.ts';
import * as referralsYoungWomen from './referrals-young-women.ts';
import * as referralsYoungWomenByEthnicGroup from './referrals-young-women-by-ethnic-group.ts';
import * as rescueByForce from './rescue-by-force.ts';
import * as rescueCompleted from './rescue-completed.ts';
import * as supportCountyLinesReduced from './support-county-lines-reduced.ts';
import * as supportEngaged from './support-engaged.ts';
import * as supportHarmReduced from './support-harm-reduced.ts';
import * as supportNeet from './support-neet.ts';
import * as supportOpenByLength from './support-open-by-length.ts';
import * as supportPositiveOutcome from './support-positive-outcome.ts';
import * as supportResilienceIncreased from './support-resilience-increased.ts';
import * as trainingDelivered from './training-delivered.ts';

/** Every measure, in the order in which a report tells them. */
export const measures: readonly DefinedMeasure[] = [
  ...[
    referralsTotal,
    referralsByBorough,
    referralsByMonth,
    referralsByGender,
    referralsByAge,
    referralsByEthnicGroup,
    referralsDisproportionality,
    referralsYoungWomen,
    referralsYoungWomenByEthnicGroup,
    referralsInEducation,
    referralsBySocialCareStatus,
    referralsDisability,
    referralsGangLink,
    referralsMissing,
    referralsByAgency,
    referralsByWard,
    referralsDeprivation,
    referralsDecisions,
    supportEngaged,
    supportOpenByLength,
    supportPositiveOutcome,
    supportHarmReduced,
    supportResilienceIncreased,
    supportCountyLinesReduced,
    supportNeet,
    onwardReferralsByService,
  ].map(({ measure }) => measure),
  ...eventKinds.flatMap((kind) => [impactMeasure(kind, 'engaged'), impactMeasure(kind, 'never engaged')]),
  ...[
    rescueByForce,
    rescueCompleted,
    countyLinesIndividuals,
    countyLinesByAge,
    countyLinesByEthnicGroup,
    countyLinesByBorough,
    countyLinesByForce,
    countyLinesByTown,
    countyLinesReturn,
    nrmDecisions,
    trainingDelivered,
  ].map(({ measure }) => measure),
];

/** @returns undefined where no measure has the id */
export function measureWithId(id: string): DefinedMeasure | undefined {
  return measures.find((measure) => measure.id === id);
}
