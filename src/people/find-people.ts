import { setTimeout } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { nameKey } from '../platform/text/name-key.ts';
import { phoneKey } from '../platform/text/phone-key.ts';
import { postcodeBeginnings } from '../platform/text/postcode.ts';
import { type Birth, birthFrom, type Names, namesFrom } from './person.ts';
import { parseReference } from './reference.ts';
import { typedBirthDate } from './typed-birth-date.ts';

/** A young person as a search shows them: enough to know them from another of the same name. */
export interface FoundPerson extends Names, Birth {
  id: string;
  reference: string;
  areaName: string;
  hasDied: boolean;
}

/** What a search found, the likest first. */
export interface Found {
  people: FoundPerson[];
  /** Whether there are more, which a longer name would bring nearer. */
  more: boolean;
  /** Referrals about somebody who has no young person's record yet. */
  referrals: FoundReferral[];
}

/** A referral that is not matched to a record, as a search shows it. */
export interface FoundReferral extends Names, Birth {
  id: string;
  reference: string;
  areaName: string;
  receivedAt: Date;
}

/** The most young people one search shows. */
export const MOST_FOUND = 25;

/**
 * How long a search takes, or a multiple of it, in milliseconds. How much the database had to pass over that
 * the asker may not see must not be told by the time it took.
 */
const BEAT = 50;

/**
 * Young people by name, in any spelling and order; by the beginning of their postcode; by both; by their date of birth; by a
 * reference, of their record or of a referral; or by the telephone number that a referral gave as theirs or that reaches them safely.
 * In the same ways referrals about somebody who has no record yet, which wait for a coordinator.
 */
export async function findPeople(tx: Transaction, typed: string): Promise<Found> {
  const began = performance.now();
  const found = await find(tx, typed);
  await setTimeout(BEAT - ((performance.now() - began) % BEAT));
  return found;
}

async function find(tx: Transaction, typed: string): Promise<Found> {
  const reference = parseReference(typed);
  if (reference !== undefined) return await findByReference(tx, reference);
  const born = typedBirthDate(typed);
  if (born !== undefined) return await findByBirth(tx, born);
  const beginnings = postcodeBeginnings(typed);
  if (beginnings.length > 0) return await findByPostcode(tx, beginnings);
  const phone = phoneKey(typed);
  if (phone !== undefined) return await findByPhone(tx, phone);
  // No name has a digit in it, and every postcode has.
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const lived = postcodeBeginnings(words.filter(hasDigit).join(' '));
  if (lived.length > 0) return await findByName(tx, words.filter((word) => !hasDigit(word)).join(' '), lived);
  return await findByName(tx, typed);
}

const hasDigit = (word: string): boolean => /[0-9]/.test(word);

/** As many as the database finds like a name: those of one district are looked for among them. */
const MOST_ALIKE = 500;

async function findByName(tx: Transaction, typed: string, postcodes: readonly string[] = []): Promise<Found> {
  const atMost = postcodes.length > 0 ? MOST_ALIKE : MOST_FOUND + 1;
  const { rows: alike } = await sql<{ id: string; is_referral: boolean }>`
    select id, is_referral from need_to_know.search_people(${nameKey(typed)}, ${atMost})`.execute(tx);
  const ids = (isReferral: boolean) =>
    alike.filter((one) => one.is_referral === isReferral).map(({ id }) => id);
  const there = postcodes.length > 0 ? livesAt(postcodes) : sql`true`;
  const found = await sql<FoundRow>`
    select ${foundColumns}
    from unnest(${ids(false)}::uuid[]) with ordinality as s(id, place)
    join service.person p on p.id = s.id
    join reference.area a on a.code = p.area
    where ${there}
    order by s.place limit ${MOST_FOUND + 1}`.execute(tx);
  const waiting = ids(true);
  if (waiting.length === 0) return foundAmong(found.rows);
  const referrals = await sql<FoundReferralRow>`
    select ${foundReferralColumns}
    from unnest(${waiting}::uuid[]) with ordinality as s(id, place)
    join service.referral p on p.id = s.id
    join reference.area a on a.code = p.area
    where ${there}
    order by s.place limit ${MOST_FOUND}`.execute(tx);
  return foundAmong(found.rows, referrals.rows);
}

/** Where a district ends in the order of characters: everything that begins with it is before this. */
const AFTER_EVERYTHING = '~';

function livesAt(beginnings: readonly string[]) {
  const begins = beginnings.map(
    (beginning) =>
      sql`(p.postcode collate "C" >= ${beginning} and p.postcode collate "C" < ${beginning + AFTER_EVERYTHING})`,
  );
  return sql`(${sql.join(begins, sql` or `)})`;
}

/** In the order of one index, which is read no further than what is shown: thousands live in a district. */
async function findByPostcode(tx: Transaction, beginnings: readonly string[]): Promise<Found> {
  const found = await sql<FoundRow>`
    select f.*
    from unnest(${[...beginnings]}::text[]) as b(beginning)
    cross join lateral (
      select ${foundColumns}, p.postcode
      from service.person p join reference.area a on a.code = p.area
      where p.postcode <> '' and p.postcode collate "C" >= b.beginning
        and p.postcode collate "C" < b.beginning || ${AFTER_EVERYTHING}
      order by p.postcode collate "C", p.id limit ${MOST_FOUND + 1}) f
    order by f.postcode collate "C", f.id limit ${MOST_FOUND + 1}`.execute(tx);
  return foundAmong(found.rows, await waitingWhere(tx, livesAt(beginnings)));
}

async function findByBirth(tx: Transaction, born: PlainDate): Promise<Found> {
  const found = await sql<FoundRow>`
    select ${foundColumns}
    from service.person p join reference.area a on a.code = p.area
    where p.date_of_birth = ${born}::date
    order by p.family_name, p.given_names, p.id limit ${MOST_FOUND + 1}`.execute(tx);
  return foundAmong(found.rows, await waitingWhere(tx, sql`p.date_of_birth = ${born}::date`));
}

async function findByPhone(tx: Transaction, phone: string): Promise<Found> {
  const found = await sql<FoundRow>`
    select ${foundColumns}
    from service.person p join reference.area a on a.code = p.area
    where p.id in (
      select r.person_id from service.referral r where r.phone_key <> '' and r.phone_key = ${phone} and r.person_id is not null
      union
      select s.person_id from service.safe_contact s where s.phone_key <> '' and s.phone_key = ${phone})
    order by p.family_name, p.given_names, p.id limit ${MOST_FOUND + 1}`.execute(tx);
  const unmatched = await sql<FoundReferralRow>`
    select ${foundReferralColumns}
    from service.referral p join reference.area a on a.code = p.area
    where p.phone_key <> '' and p.phone_key = ${phone} and p.person_id is null
    order by p.received_at desc, p.id limit ${MOST_FOUND}`.execute(tx);
  return foundAmong(found.rows, unmatched.rows);
}

/** Referrals that wait for a decision, about somebody who has no record yet, the newest first. */
async function waitingWhere(tx: Transaction, condition: RawBuilder<unknown>): Promise<FoundReferralRow[]> {
  const found = await sql<FoundReferralRow>`
    select ${foundReferralColumns}
    from service.referral p join reference.area a on a.code = p.area
    where p.person_id is null and p.stage = 'received' and ${condition}
    order by p.received_at desc, p.id limit ${MOST_FOUND}`.execute(tx);
  return found.rows;
}

/** What is shown of what was found, of which one young person more was asked for. */
const foundAmong = (rows: readonly FoundRow[], referrals: readonly FoundReferralRow[] = []): Found => ({
  people: rows.slice(0, MOST_FOUND).map(foundFrom),
  more: rows.length > MOST_FOUND,
  referrals: referrals.map(({ received_at, ...row }) => ({
    id: row.id,
    reference: row.reference,
    ...namesFrom(row),
    ...birthFrom(row),
    areaName: row.area_name,
    receivedAt: received_at,
  })),
});

async function findByReference(tx: Transaction, reference: string): Promise<Found> {
  const found = await sql<FoundRow>`
    select ${foundColumns}
    from service.person p join reference.area a on a.code = p.area
    where p.reference = ${reference}
      or p.id = (select r.person_id from service.referral r where r.reference = ${reference})`.execute(tx);
  if (found.rows.length > 0) return foundAmong(found.rows);
  const referrals = await sql<FoundReferralRow>`
    select ${foundReferralColumns}
    from service.referral p join reference.area a on a.code = p.area
    where p.reference = ${reference} and p.person_id is null`.execute(tx);
  return foundAmong([], referrals.rows);
}

const foundColumns = sql`
  p.id, p.reference, p.given_names, p.family_name, p.known_as, p.date_of_birth, p.date_of_birth_precision, a.name as area_name,
  p.died_on is not null as has_died`;

interface FoundRow {
  id: string;
  reference: string;
  given_names: string;
  family_name: string;
  known_as: string;
  date_of_birth: string | null;
  date_of_birth_precision: string;
  area_name: string;
  has_died: boolean;
}

const foundReferralColumns = sql`
  p.id, p.reference, p.given_names, p.family_name, p.known_as, p.date_of_birth, p.date_of_birth_precision, a.name as area_name,
  p.received_at`;

interface FoundReferralRow extends Omit<FoundRow, 'has_died'> {
  received_at: Date;
}

function foundFrom(row: FoundRow): FoundPerson {
  return {
    id: row.id,
    reference: row.reference,
    ...namesFrom(row),
    ...birthFrom(row),
    areaName: row.area_name,
    hasDied: row.has_died,
  };
}
