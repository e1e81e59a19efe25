import { addDays, type PlainDate } from '../../platform/clock/plain-date.ts';
import type { Keyring } from '../../platform/crypto/sealed-box.ts';
import type { Role } from '../../platform/database/transaction.ts';
import type { Story } from './stories.ts';

export type Row = Record<string, unknown>;

/** Puts rows into the demonstration's database, dated relative to when it is made. */
export interface Teller {
  insert(into: string, row: Row): Promise<void>;
  /** Asks the database itself to do something, in the name of `as`. */
  call(statement: string, values: readonly unknown[]): Promise<void>;
  /** What follows is recorded as theirs. */
  as(member: Member): Promise<void>;
  now: Date;
  today: PlainDate;
  /** So many days ago, at an hour of the day in UTC; a negative number is days to come. */
  at(daysAgo: number, hour: number): Date;
  keyring: Keyring;
}

/** One person of the demonstration's staff. */
export interface Member {
  id: string;
  name: string;
  role: Role;
  grantId: string;
  organisationId: string;
  teamId: string | null;
  areas: readonly string[];
}

export interface Provider {
  organisationId: string;
  teamId: string;
  caseworkers: readonly Member[];
  managing: Member;
}

/** A referral, as far as somebody told of it. */
export interface Told {
  story: Story;
  index: number;
  referralId: string;
  referrerId: string;
  coordinator: Member;
  isLookedAt: boolean;
  /** Null while nobody is linked to it. */
  personId: string | null;
  episodeId: string | null;
}

/** Somebody whom a provider supports, or supported. */
export interface Supported extends Told {
  personId: string;
  episodeId: string;
  provider: Provider;
  worker: Member;
  /** Days since the one whose case it is could first meet them: the day after the provider took them up. */
  since: number;
}

/** Everybody of whom the demonstration tells. */
export interface Cast {
  operations: Member;
  dataProtectionLead: Member;
  analyst: Member;
  consultant: Member;
  contacts: readonly Member[];
  providers: readonly Provider[];
  referred: readonly Told[];
  supported: readonly Supported[];
}

/** The one of a list whose young person has a family name. @throws when there is none */
export function named<One extends Told>(list: readonly One[], familyName: string): One {
  const found = list.find(({ story }) => story.familyName === familyName);
  if (!found) throw new Error('The demonstration has no such story');
  return found;
}

/** Days from a referral to when whoever takes it up can first meet: decided after two, given to a team, taken up. */
export const DAYS_TO_FIRST_CONTACT = 6;

/** One of `of` numbers from 0 on: scattered over those who are told of, and the same each time. */
export function scattered(index: number, salt: number, of: number): number {
  let mixed = Math.imul(index + 1, 0x9e37_79b1) ^ Math.imul(salt + 1, 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb_352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846c_a68b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % of;
}

/** How many days ago the working day was on which somebody is met: what falls on a weekend is on the Monday, if it was. */
export function workingDayAgo(today: PlainDate, daysAgo: number): number {
  const after = [2, 1][[6, 0].indexOf(weekdayOf(addDays(today, -daysAgo)))] ?? 0;
  return daysAgo - after >= 1 ? daysAgo - after : daysAgo + (after === 0 ? 0 : 3 - after);
}

/** 0 is Sunday. */
const weekdayOf = (day: PlainDate) => new Date(`${day}T12:00:00Z`).getUTCDay();
