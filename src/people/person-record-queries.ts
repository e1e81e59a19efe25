import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Version } from '../platform/history/changes.ts';
import type { CodedWord } from '../reference/code-lists.ts';
import { birthFrom, namesFrom } from './person.ts';
import { type RecordField, recordOf } from './person-record.ts';

/**
 * The versions of a young person's record that are there to be read, the oldest first; none where there is no such
 * person, or none the asker may see.
 *
 * @param span from a version on (`from`), or so many of those before one (`before`, `most`)
 */
export async function versionsOfPerson(
  tx: Transaction,
  personId: string,
  span: { from: number } | { before: number; most: number },
): Promise<Version<RecordField>[]> {
  const within =
    'from' in span
      ? sql`v.version >= ${span.from} order by v.version`
      : sql`v.version < ${span.before} order by v.version desc limit ${span.most}`;
  const columns = sql.raw(
    'version, recorded_at, recorded_by, given_names, family_name, known_as, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, area',
  );
  const found = await sql<VersionRow>`
    select v.*, a.name as by_name
    from (
      select ${columns} from service.person where id = ${personId}
      union all
      select ${columns} from history.person where id = ${personId}
    ) v
    left join identity.account a on a.id = v.recorded_by
    where ${within}`.execute(tx);
  return found.rows
    .map((row) => ({
      version: row.version,
      at: row.recorded_at,
      by: row.by_name,
      values: recordOf({
        ...namesFrom(row),
        ...birthFrom(row),
        gender: row.gender,
        ethnicity: row.ethnicity,
        postcode: row.postcode,
        area: row.area,
      }),
    }))
    .sort((a, b) => a.version - b.version);
}

interface VersionRow {
  version: number;
  recorded_at: Date;
  by_name: string | null;
  given_names: string;
  family_name: string;
  known_as: string;
  date_of_birth: string | null;
  date_of_birth_precision: string;
  gender: string;
  ethnicity: string;
  postcode: string;
  area: string;
}

/** The name of every area. */
export async function areaNames(tx: Transaction): Promise<Map<string, string>> {
  const areas = await tx.selectFrom('reference.area').select(['code', 'name']).execute();
  return new Map(areas.map(({ code, name }) => [code, name]));
}

/**
 * Whether something goes by the borough that a record names: a referral, support now or before, or a change of borough. To
 * correct the name of the borough alone would leave all of it behind, with nobody told: responsibility is passed on
 * (src/life-events).
 */
export async function goesByItsBorough(tx: Transaction, personId: string): Promise<boolean> {
  const { rows } = await sql<{ goes: boolean }>`
    select exists (select from service.referral r where r.person_id = ${personId})
      or exists (select from service.episode e where e.person_id = ${personId})
      or exists (select from service.imported_support b where b.person_id = ${personId})
      or exists (select from service.borough_change c where c.person_id = ${personId}) as goes`.execute(tx);
  return rows[0]?.goes ?? false;
}

/** The areas whose young people the asker decides about, in the order of their names. */
export async function areasToDecideFor(tx: Transaction): Promise<CodedWord[]> {
  const areas = await sql<{ code: string; name: string }>`
    select a.code, a.name from reference.area a
    where a.code in (select need_to_know.areas('referral-decision'))
    order by a.kind, a.name`.execute(tx);
  return areas.rows.map(({ code, name }) => ({ code, text: name }));
}
