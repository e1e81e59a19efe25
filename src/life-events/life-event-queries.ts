import { sql } from 'kysely';
import type { Birth } from '../people/index.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { CodedWord, DatePrecision } from '../reference/code-lists.ts';
import { bornBetween, growingUp } from './growing-up.ts';

/** The areas that can become responsible, by name. */
export async function areasToMoveTo(tx: Transaction, but: string): Promise<CodedWord[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select a.code, a.name from reference.area a
    where a.code <> ${but} and a.retired_on is null order by a.kind, a.name`.execute(tx);
  return rows.map(({ code, name }) => ({ code, text: name }));
}

export interface BoroughChange {
  id: string;
  from: string;
  to: string;
  movedOn: PlainDate;
  why: string;
  agreedBy: string;
}

/** Which boroughs were responsible before, the latest change first. */
export async function boroughChangesOf(tx: Transaction, personId: string): Promise<BoroughChange[]> {
  const { rows } = await sql<Omit<BoroughChange, 'movedOn'> & { moved_on: string }>`
    select c.id, f.name as from, t.name as to, c.moved_on, c.why, c.agreed_by as "agreedBy"
    from service.borough_change c
    join reference.area f on f.code = c.from_area
    join reference.area t on t.code = c.to_area
    where c.person_id = ${personId}
    order by c.moved_on desc, c.id desc limit 10`.execute(tx);
  return rows.map(({ moved_on, ...rest }) => ({ ...rest, movedOn: plainDate(moved_on) }));
}

/** A death as it was recorded. */
export interface Death {
  diedOn: PlainDate;
  source: string;
  told: string;
  byName: string | null;
  recordedAt: Date;
}

/** The death that is recorded of a young person; null where none is, or it was recorded in error. */
export async function deathOf(tx: Transaction, personId: string): Promise<Death | null> {
  const { rows } = await sql<{
    died_on: string;
    source: string;
    told: string;
    by_name: string | null;
    recorded_at: Date;
  }>`
    select d.died_on, d.source, d.told, a.name as by_name, d.recorded_at
    from service.death d left join identity.account a on a.id = d.recorded_by
    where d.person_id = ${personId} and d.in_error_at is null`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  return {
    diedOn: plainDate(row.died_on),
    source: row.source,
    told: row.told,
    byName: row.by_name,
    recordedAt: row.recorded_at,
  };
}

/** Of plans `t` for turning 18 those that say something: earlier, an empty one could be saved. */
const saysSomething = sql`concat(t.wishes, t.adult_services, t.led_by, t.consent, t.sharing, t.nrm, t.housing, t.benefits) <> ''`;

/** When a plan for turning 18 was last checked, as far as the asker may see one, and whether support of them had begun before. */
export async function transitionOf(
  tx: Transaction,
  personId: string,
  turns18On: PlainDate,
): Promise<{ reviewedOn: PlainDate | null; wasSupported: boolean }> {
  const { rows } = await sql<{ reviewed_on: string | null; was_supported: boolean }>`
    select (select max(t.reviewed_on) from service.transition_plan t where t.person_id = ${personId} and ${saysSomething}) as reviewed_on,
      exists (
        select from service.episode e
        where e.person_id = ${personId} and e.closed_at is null
          and (e.opened_at at time zone 'Europe/London')::date < ${turns18On}::date) as was_supported`.execute(
    tx,
  );
  const [row] = rows;
  const reviewedOn = row?.reviewed_on ?? null;
  return {
    reviewedOn: reviewedOn === null ? null : plainDate(reviewedOn),
    wasSupported: row?.was_supported ?? false,
  };
}

/** How many young people of a provider have died while their support is open still. @param most where to stop counting */
export async function countDiedInSupport(
  tx: Transaction,
  organisationId: string,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from service.allocation al join service.person p on p.id = al.person_id and p.died_on is not null
      where al.organisation_id = ${organisationId} and al.ended_at is null limit ${most}) counted`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Somebody in support who turns 18 soon, has turned 18 and whose plan is not done, or is past the age of the service. */
export interface Grown extends Birth {
  personId: string;
  givenNames: string;
  familyName: string;
  areaName: string;
  /** Whether some provider has a plan for it, as far as the asker may see one. */
  hasPlan: boolean;
  turns18On: PlainDate;
  turns26On: PlainDate;
  isSure: boolean;
}

/** Of `s`, an adult in support: it began before they were 18, and no plan was checked since, as far as the asker may see one. */
const planIsNotDone = sql`
  (s.opened_at at time zone 'Europe/London')::date < s.born + interval '18 years'
  and not exists (
    select from service.transition_plan t
    where t.person_id = s.person_id and t.reviewed_on >= s.born + interval '18 years' and ${saysSomething})`;

/**
 * Those in support whom growing up asks this of, the eldest first, as far as the asker may see them: of adults, those whose
 * plan for turning 18 was not checked since ({@link leftOfTransition}), so that whoever may see no plan asks for none.
 */
export async function whoGrowsUp(
  tx: Transaction,
  kind: 'turning-18' | 'adult' | 'turned-26',
  today: PlainDate,
  most: number,
): Promise<Grown[]> {
  const { from, until, unsureUntil } = bornBetween(kind, today);
  const isLeft = kind === 'adult' ? planIsNotDone : sql`true`;
  const { rows } = await sql<GrownRow>`
    with grown as materialized (
      select s.person_id
      from need_to_know.born_in_support(${from}::date, ${until}::date, ${unsureUntil}::date, null) s
      where ${isLeft}
      order by s.born, s.person_id limit ${most}
    )
    select p.id, p.given_names, p.family_name, p.date_of_birth, p.date_of_birth_precision, ar.name as area_name,
      exists (select from service.transition_plan t where t.person_id = p.id and ${saysSomething}) as has_plan
    from grown join service.person p on p.id = grown.person_id join reference.area ar on ar.code = p.area
    order by p.date_of_birth, p.id`.execute(tx);
  return rows.flatMap((row) => {
    const birth = {
      dateOfBirth: plainDate(row.date_of_birth),
      dateOfBirthPrecision: row.date_of_birth_precision,
    };
    const grown = growingUp(birth, today);
    if (grown.kind !== kind) return [];
    const { turns18On, turns26On, isSure } = grown;
    const { id: personId, given_names: givenNames, family_name: familyName, area_name: areaName } = row;
    return [
      {
        ...birth,
        personId,
        givenNames,
        familyName,
        areaName,
        hasPlan: row.has_plan,
        turns18On,
        turns26On,
        isSure,
      },
    ];
  });
}

/** How many in support turn 18 soon, of those that {@link whoGrowsUp} lists; none is counted further than `most`. */
export async function countTurning18(tx: Transaction, today: PlainDate, most: number): Promise<number> {
  const { from, until, unsureUntil } = bornBetween('turning-18', today);
  const { rows } = await sql<{ born: string; born_precision: DatePrecision }>`
    select born, born_precision
    from need_to_know.born_in_support(${from}::date, ${until}::date, ${unsureUntil}::date, ${most})`.execute(
    tx,
  );
  return rows.filter(({ born, born_precision: dateOfBirthPrecision }) => {
    const birth = { dateOfBirth: plainDate(born), dateOfBirthPrecision };
    return growingUp(birth, today).kind === 'turning-18';
  }).length;
}

/**
 * How many turned 18 in support and have a plan that is not done, of those that {@link whoGrowsUp} lists; none is counted further than
 * `most`. Of a whole service no more are looked at than that takes; of one provider all are, who are few.
 */
export async function countTurned18(
  tx: Transaction,
  asker: Asker,
  today: PlainDate,
  most: number,
): Promise<number> {
  if (asker.role === 'provider-manager') return (await whoGrowsUp(tx, 'adult', today, most)).length;
  const { from, until } = bornBetween('adult', today);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from (
        select e.person_id, e.opened_at, p.date_of_birth as born
        from service.episode e
        cross join lateral (
          select date_of_birth from service.person
          where id = e.person_id and died_on is null and date_of_birth between ${from}::date and ${until}::date offset 0) p
        where e.closed_at is null) s
      where ${planIsNotDone} limit ${most}) counted`.execute(tx);
  return rows[0]?.count ?? 0;
}

interface GrownRow {
  id: string;
  given_names: string;
  family_name: string;
  date_of_birth: string;
  date_of_birth_precision: DatePrecision;
  area_name: string;
  has_plan: boolean;
}

/** Support that has ended and can be opened again. */
export interface EndedSupport {
  openedAt: Date;
  closedAt: Date;
  /** Which providers supported them in it, by name: to a manager, their own. */
  providers: readonly { id: string; name: string }[];
}

/** The last support of a young person, where it has ended and the asker may open it again; null otherwise. */
export async function endedSupport(tx: Transaction, personId: string): Promise<EndedSupport | null> {
  const { rows } = await sql<{ opened_at: Date; closed_at: Date; providers: EndedSupport['providers'] }>`
    select opened_at, closed_at, providers from need_to_know.ended_support(${personId})`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const providers = [...row.providers].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { openedAt: row.opened_at, closedAt: row.closed_at, providers };
}
