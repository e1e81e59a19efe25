/** A row of a table of what came from other systems about a young person. */
export interface BroughtInRow {
  table: `service.${string}`;
  row: Readonly<Record<string, unknown>>;
  /** What is changed in it so that it has a history. */
  change: Readonly<Record<string, unknown>>;
}

/** One row of each table that files from other systems fill and that is about a young person. */
export function broughtInRows({
  personId,
  referralId,
  area,
  importId,
  place,
}: {
  personId: string;
  referralId: string;
  area: string;
  importId: string;
  /** Which of the young people it is. */
  place: number;
}): readonly BroughtInRow[] {
  const person = { person_id: personId };
  const referral = { ...person, referral_id: referralId };
  const ofReferral = { ...referral, area, ordinal: 1 };
  return [
    {
      table: 'service.imported_support',
      row: { ...ofReferral, allocated_on: '2012-03-01', closed_on: '2012-12-31' },
      change: { harm: 'reduced' },
    },
    { table: 'service.imported_onward_referral', row: ofReferral, change: { engaged: 'yes' } },
    {
      table: 'service.recorded_event',
      row: { ...person, ordinal: 1, kind: 'missing', occurred_on: '2020-01-01' },
      change: { source: 'x' },
    },
    {
      table: 'service.rescue_request',
      row: { ...referral, requested_at: '2020-01-01' },
      change: { met_halfway: 'yes' },
    },
    {
      table: 'service.nrm_referral',
      row: { ...referral, referred_on: '2020-01-01' },
      change: { age_group: 'child' },
    },
    {
      table: 'service.import_finding',
      row: { ...person, import_id: importId, kind: 'move', place, details: { referral: 'R-1' } },
      change: { details: { referral: 'R-2' } },
    },
  ];
}
