import type pg from 'pg';
import { LAMBETH } from '../support/young-person.ts';

/** A few records for figures that can be worked out by hand, arranged behind the service's back. */

type Values = Readonly<Record<string, unknown>>;

async function insert(owner: pg.Client, table: string, values: Values): Promise<string> {
  const names = Object.keys(values);
  const { rows } = await owner.query<{ id: string }>(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_name, n) => `$${n + 1}`).join(', ')}) returning id`,
    Object.values(values),
  );
  const [made] = rows;
  if (!made) throw new Error(`Nothing was put into ${table}`);
  return made.id;
}

let sources = 0;

export interface Referred {
  readonly personId: string;
  readonly referralId: string;
  readonly area: string;
}

/**
 * A referral from the system before this one, about somebody of whom there is nothing else. `decision` and `decidedOn` as
 * import-format.md has them; anything else is a column of the table.
 */
export async function referred(
  owner: pg.Client,
  receivedOn: string,
  {
    decision = 'pending',
    decidedOn = decision === 'pending' ? null : receivedOn,
    personId,
    ...columns
  }: { decision?: string; decidedOn?: string | null; personId?: string } & Values = {},
): Promise<Referred> {
  sources += 1;
  const born = columns.date_of_birth ?? null;
  const about = {
    family_name: 'Somebody',
    name_key: 'somebody',
    date_of_birth: born,
    date_of_birth_precision: born === null ? 'not-known' : 'exact',
    gender: 'unknown',
    ethnicity: 'NOBT',
    area: LAMBETH,
  };
  const person = personId ?? (await insert(owner, 'service.person', about));
  const stage = { pending: 'received' }[decision] ?? decision;
  const values = {
    ...about,
    agency_kind: 'other',
    agency_name: '',
    answers: '[]',
    kind: 'intervention',
    ...columns,
    received_at: `${receivedOn}T12:00:00Z`,
    decision_due_on: receivedOn,
    decided_at: decidedOn === null ? null : `${decidedOn}T12:00:00Z`,
    stage,
    source_ref: `few-${sources}`,
    person_id: person,
  };
  const referralId = await insert(owner, 'service.referral', values);
  return { personId: person, referralId, area: String(values.area) };
}

/** Support before this system, of a referral; columns of the table. */
export async function supported(
  owner: pg.Client,
  { referralId, personId, area }: Referred,
  columns: Values,
): Promise<string> {
  sources += 1;
  return await insert(owner, 'service.imported_support', {
    referral_id: referralId,
    person_id: personId,
    area,
    ordinal: sources,
    ...columns,
  });
}

export async function referredOn(
  owner: pg.Client,
  { referralId, personId, area }: Referred,
  columns: Values,
): Promise<string> {
  sources += 1;
  return await insert(owner, 'service.imported_onward_referral', {
    referral_id: referralId,
    person_id: personId,
    area,
    ordinal: sources,
    ...columns,
  });
}

/** Missing, arrested or convicted on these days. */
export async function happened(
  owner: pg.Client,
  { personId }: Referred,
  kind: string,
  ...days: string[]
): Promise<void> {
  for (const day of days) {
    sources += 1;
    await insert(owner, 'service.recorded_event', {
      person_id: personId,
      ordinal: sources,
      kind,
      occurred_on: day,
    });
  }
}

export const rescueAsked = (owner: pg.Client, columns: Values) =>
  insert(owner, 'service.rescue_request', columns);
export const nrmReferred = (owner: pg.Client, columns: Values) =>
  insert(owner, 'service.nrm_referral', columns);
export const trained = (owner: pg.Client, columns: Values) =>
  insert(owner, 'service.training_session', columns);

export async function linked(owner: pg.Client, individual: string, columns: Values): Promise<string> {
  sources += 1;
  return await insert(owner, 'service.county_link', {
    individual_ref: individual,
    ordinal: sources,
    ...columns,
  });
}

/** That files were imported, with however many rows. */
export async function suppliedFiles(owner: pg.Client, ...files: string[]): Promise<void> {
  const counts = Object.fromEntries(files.map((file) => [file, { rows: 0 }]));
  await insert(owner, 'service.import', { source: 'few', files: JSON.stringify(counts) });
}
