import type { Birth } from '../people/index.ts';
import { addDays, addMonths, completedMonths, type PlainDate } from '../platform/clock/plain-date.ts';

/**
 * What growing up asks for: a plan for turning 18 from 17½, and at 26 the end of a service that is for people up to 25
 * (domain guide 1.4). Nothing of it happens by itself. Pure.
 */

const TRANSITION_FROM = 17 * 12 + 6;
const ADULT = 18 * 12;
const TOO_OLD = 26 * 12;
/** How much sooner it is asked for where the date of birth is not sure: it may have been up to half a year before. */
const UNSURE = 6;

/** The first day on which somebody is so many months old: for a birthday on 29 February, 1 March in a common year. */
export function turnsOn(born: PlainDate, months: number): PlainDate {
  const day = addMonths(born, months);
  return completedMonths(born, day) >= months ? day : addDays(day, 1);
}

export type GrowingUp =
  /** Too young for it, or the date of birth is not known. */
  | { kind: 'nothing' }
  /** The date of birth is not known, so nobody is reminded by it. */
  | { kind: 'not-known' }
  | {
      kind: 'turning-18' | 'adult' | 'turned-26';
      turns18On: PlainDate;
      turns26On: PlainDate;
      isSure: boolean;
    };

/** Where somebody stands on a day: with six months to go until 18, an adult, or past the age of the service. */
export function growingUp({ dateOfBirth, dateOfBirthPrecision }: Birth, today: PlainDate): GrowingUp {
  if (dateOfBirth === null) return { kind: 'not-known' };
  const isSure = dateOfBirthPrecision === 'exact';
  const sooner = isSure ? 0 : UNSURE;
  const turns18On = turnsOn(dateOfBirth, ADULT);
  const turns26On = turnsOn(dateOfBirth, TOO_OLD);
  const rest = { turns18On, turns26On, isSure };
  if (today >= turns26On) return { kind: 'turned-26', ...rest };
  if (today >= turns18On) return { kind: 'adult', ...rest };
  if (today >= turnsOn(dateOfBirth, TRANSITION_FROM - sooner)) return { kind: 'turning-18', ...rest };
  return { kind: 'nothing' };
}

/** Whether somebody agrees for themselves: they are 18, as far as is known. */
export function isAdult(birth: Birth, today: PlainDate): boolean {
  const { kind } = growingUp(birth, today);
  return kind === 'adult' || kind === 'turned-26';
}

/**
 * Between which days somebody is born whom a list of those of this kind can have in it, where the date is sure and where it is not: a
 * list looks no further.
 */
export function bornBetween(
  kind: 'turning-18' | 'adult' | 'turned-26',
  today: PlainDate,
): { from: PlainDate | null; until: PlainDate; unsureUntil: PlainDate } {
  const [adult, tooOld] = [addMonths(today, -ADULT), addMonths(today, -TOO_OLD)];
  switch (kind) {
    case 'turning-18':
      return {
        from: adult,
        until: addMonths(today, -TRANSITION_FROM),
        unsureUntil: addMonths(today, -(TRANSITION_FROM - UNSURE)),
      };
    case 'adult':
      return { from: tooOld, until: adult, unsureUntil: adult };
    case 'turned-26':
      return { from: null, until: tooOld, unsureUntil: tooOld };
  }
}

/**
 * What the plan for turning 18 of an adult asks for: to be made, or to be checked now that they are 18; null where it was
 * checked since, or was never asked for, because support began when they were an adult.
 *
 * @param plan the day on which a plan was last checked, null where there is none; and whether support goes on that had
 *   begun before they turned 18
 */
export function leftOfTransition(
  turns18On: PlainDate,
  plan: { reviewedOn: PlainDate | null; wasSupported: boolean },
): 'to-make' | 'to-check' | null {
  if (!plan.wasSupported || (plan.reviewedOn !== null && plan.reviewedOn >= turns18On)) return null;
  return plan.reviewedOn === null ? 'to-make' : 'to-check';
}
