import { sql } from 'kysely';
import { recordCommand } from '../audit/record.ts';
import type { Transaction } from '../database/transaction.ts';
import { conflictsBetween, type Difference, reconcile, type Side, type Values } from '../forms/conflict.ts';
import { type Change, changesOf, type Version } from './changes.ts';

/**
 * A kind of record about a young person that several people write in, one row of a table of `service`, with its history.
 * The values of its fields are text: what is empty is the empty text, a date is YYYY-MM-DD.
 */
export interface Document<Field extends string> {
  /** Its table in the schema `service`. */
  table: string;
  /** What the audit calls it: "safety-plan". */
  kind: string;
  /** The column of each field. */
  columns: Readonly<Record<Field, Column>>;
  /** Whether values fit together, which each of two forms can see to, and both put together cannot. */
  isSound?(values: Values<Field>): boolean;
}

/**
 * A column by its name; `orNull` where empty is null: dates, figures and codes that may be missing, and instants, to the
 * minute, as `instantAsText` writes them.
 */
export type Column = string | { orNull: string; isInstant?: true };

const nameOf = (column: Column) => (typeof column === 'string' ? column : column.orNull);
const readAs = (column: Column) => {
  const name = sql.id(nameOf(column));
  return typeof column !== 'string' && column.isInstant
    ? sql`to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')`
    : sql`${name}::text`;
};
const stored = (column: Column, value: string) => (value === '' && typeof column !== 'string' ? null : value);
const tableOf = (schema: 'service' | 'history', { table }: Document<string>) => sql.id(schema, table);

/** The fields of a document, in the order they were named. */
export function fieldsOf<Field extends string>({ columns }: Document<Field>): Field[] {
  return Object.keys(columns) as Field[];
}

/** An instant as the value of a field, to the minute; empty where there is none. */
export const instantAsText = (at: Date | null): string =>
  at === null ? '' : `${at.toISOString().slice(0, 16)}Z`;

/** A document of which nothing is written yet. */
export function blank<Field extends string>(document: Document<Field>): Values<Field> {
  return Object.fromEntries(fieldsOf(document).map((field) => [field, ''])) as Record<Field, string>;
}

/** The versions of a document from one on, the oldest first; none where the asker may not see it. */
export async function versionsOfDocument<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  id: string,
  from = 1,
): Promise<Version<Field>[]> {
  const values = fieldsOf(document).map(
    (field) => sql`coalesce(${readAs(document.columns[field])}, '') as ${sql.id(`field ${field}`)}`,
  );
  const columns = sql`version, recorded_at, recorded_by, ${sql.join(values)}`;
  const { rows } = await sql<VersionRow>`
    select v.*, a.name as by_name
    from (
      select ${columns} from ${tableOf('service', document)} where id = ${id}
      union all
      select ${columns} from ${tableOf('history', document)} where id = ${id}
    ) v
    left join identity.account a on a.id = v.recorded_by
    where v.version >= ${from}
    order by v.version`.execute(tx);
  return rows.map((row) => ({
    version: row.version,
    at: row.recorded_at,
    by: row.by_name,
    values: Object.fromEntries(
      fieldsOf(document).map((field) => [field, row[`field ${field}`] ?? '']),
    ) as Record<Field, string>,
  }));
}

interface VersionRow {
  version: number;
  recorded_at: Date;
  by_name: string | null;
  [value: `field ${string}`]: string;
}

/** A document of a young person that one organisation wrote, as it stands; null where there is none, or it is not theirs. */
export async function findOwnDocument<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  given: { id: string; personId: string; organisationId: string | null },
): Promise<Version<Field> | null> {
  const { rows } = await sql<{ version: number }>`
    select version from ${tableOf('service', document)}
    where id = ${given.id} and person_id = ${given.personId} and organisation_id = ${given.organisationId}`.execute(
    tx,
  );
  const [now] = rows;
  return now ? ((await versionsOfDocument(tx, document, given.id, now.version))[0] ?? null) : null;
}

/** Writes a new document and gives its id. @param fixed the columns that are never changed, `person_id` among them */
export async function writeDocument<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  fixed: Readonly<{ person_id: string } & Record<string, string | null>>,
  values: Values<Field>,
): Promise<string> {
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, {
    action: `write-${document.kind}`,
    subject: { kind: document.kind, id },
    personId: fixed.person_id,
  });
  const row: [string, string | null][] = [
    ['id', id],
    ...Object.entries(fixed),
    ...fieldsOf(document).map((field): [string, string | null] => [
      nameOf(document.columns[field]),
      stored(document.columns[field], values[field]),
    ]),
  ];
  await sql`
    insert into ${tableOf('service', document)} (${sql.join(row.map(([name]) => sql.id(name)))})
    values (${sql.join(row.map(([, value]) => value))})`.execute(tx);
  return id;
}

/** What was typed over a document. */
export interface Amendment<Field extends string> {
  /** The version the form was opened with; 0 where there was none yet. */
  version: number;
  /** The version its author has been shown since, where it was changed from another page. */
  seen?: number | undefined;
  /** What the document is to say, given what it said when the form was opened. */
  values(base: Values<Field>): Values<Field>;
  choices: Readonly<Partial<Record<Field, Side | undefined>>>;
}

/** Somebody else changed the document meanwhile: what the one at the form must see, and choose. */
export interface ChangedMeanwhile<Field extends string> {
  kind: 'changed-meanwhile';
  version: number;
  differences: Difference<Field>[];
  undecided: Field[];
  changes: Change<Field>[];
}

export type AmendmentOutcome<Field extends string> =
  | { kind: 'saved' }
  | { kind: 'nothing-changed' }
  | { kind: 'missing' }
  | ChangedMeanwhile<Field>;

/** What a document is to say from now on, and which of its fields say something else than before. */
export interface Settled<Field extends string> {
  kind: 'settled';
  values: Values<Field>;
  changed: Field[];
}

/**
 * Puts what was typed over a document and what others did to it meanwhile together, and changes nothing yet. The caller
 * holds its row until it is saved.
 */
export async function settleAmendment<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  id: string,
  amendment: Amendment<Field>,
): Promise<Settled<Field> | Exclude<AmendmentOutcome<Field>, { kind: 'saved' }>> {
  const versions = await versionsOfDocument(tx, document, id, Math.max(1, amendment.version));
  const now = versions.at(-1);
  if (!now) return { kind: 'missing' };
  if (amendment.version === 0) versions.unshift({ ...now, version: 0, values: blank(document) });
  const base = versions[0];
  if (!base || base.version !== amendment.version) return { kind: 'missing' };

  const outcome = reconcile({
    base: base.values,
    theirs: now.values,
    mine: amendment.values(base.values),
    choices: amendment.choices,
    seen: amendment.seen === now.version,
  });
  const toShow = (differences: Difference<Field>[], undecided: Field[]): ChangedMeanwhile<Field> => ({
    kind: 'changed-meanwhile',
    version: now.version,
    differences,
    undecided,
    changes: changesOf(versions),
  });
  if (outcome.kind === 'to-show') return toShow(outcome.differences, outcome.undecided);
  if (document.isSound && !document.isSound(outcome.values)) {
    const differences = conflictsBetween(base.values, now.values, amendment.values(base.values));
    const clashes = differences.filter(({ changedBy }) => changedBy === 'both-differently');
    return toShow(
      differences,
      clashes.map(({ field }) => field),
    );
  }
  const { values } = outcome;
  const changed = fieldsOf(document).filter((field) => values[field] !== now.values[field]);
  return changed.length === 0 ? { kind: 'nothing-changed' } : { kind: 'settled', values, changed };
}

/** Saves what was settled, under the command that was recorded for it. @param also columns that follow from the fields */
export async function saveSettled<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  id: string,
  { values, changed }: Settled<Field>,
  also: Readonly<Record<string, string | null>> = {},
): Promise<void> {
  const set = [
    ...changed.map((field): [string, string | null] => {
      const column = document.columns[field];
      return [nameOf(column), stored(column, values[field])];
    }),
    ...Object.entries(also),
  ].map(([name, value]) => sql`${sql.id(name)} = ${value}`);
  await sql`update ${tableOf('service', document)} set ${sql.join(set)} where id = ${id}`.execute(tx);
}

/** Changes a document that the asker may change; what it said before is kept. */
export async function amendDocument<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  id: string,
  amendment: Amendment<Field>,
): Promise<AmendmentOutcome<Field>> {
  // Held until this is done; none where it is not theirs to change.
  const held = await sql<{ person_id: string }>`
    select person_id from ${tableOf('service', document)} where id = ${id} for no key update`.execute(tx);
  const [found] = held.rows;
  if (!found) return { kind: 'missing' };
  const settled = await settleAmendment(tx, document, id, amendment);
  if (settled.kind !== 'settled') return settled;
  await recordCommand(tx, {
    action: `amend-${document.kind}`,
    subject: { kind: document.kind, id },
    personId: found.person_id,
    detail: { fields: settled.changed },
  });
  await saveSettled(tx, document, id, settled);
  return { kind: 'saved' };
}
