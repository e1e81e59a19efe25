import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Code, CodedWord } from '../reference/code-lists.ts';

/** A personal data breach, and by when the Information Commissioner is told of it. Pure: no I/O here. */

/** The risk to the people it concerns: whether anybody is told hangs on it (UK GDPR articles 33 and 34). */
export const breachRisks = [
  { code: 'unlikely', text: 'A risk to people is unlikely' },
  { code: 'likely', text: 'A risk to people is likely' },
  { code: 'high', text: 'A high risk to people' },
  { code: 'not-known', text: 'Not known yet' },
] as const satisfies readonly CodedWord[];
export type BreachRisk = Code<typeof breachRisks>;

/** A personal data breach, as the log keeps it. It names nobody. */
export interface Breach {
  id: string;
  discoveredAt: Date;
  what: string;
  people: number | null;
  risk: BreachRisk;
  icoToldAt: Date | null;
  icoReference: string;
  icoWhy: string;
  peopleToldOn: PlainDate | null;
  actions: string;
  closedOn: PlainDate | null;
  version: number;
}

/** What of it is brought up to date. */
export type BreachDetails = Omit<Breach, 'id' | 'version' | 'discoveredAt'>;

const HOUR = 3_600_000;
const TELL_WITHIN_HOURS = 72;

export interface BreachClock {
  discoveredAt: Date;
  risk: BreachRisk;
  icoToldAt: Date | null;
  /** Why the Information Commissioner is not told. */
  icoWhy: string;
}

/** By when the Information Commissioner is told: 72 hours after the service became aware, weekends and all (article 33). */
export function tellBy(discoveredAt: Date): Date {
  return new Date(discoveredAt.getTime() + TELL_WITHIN_HOURS * HOUR);
}

export type BreachStanding = 'told' | 'told-late' | 'not-needed' | 'running' | 'late';

/** Where a breach stands against the 72 hours. Not to tell needs an unlikely risk, and the reason written down. */
export function breachStanding(
  { discoveredAt, risk, icoToldAt, icoWhy }: BreachClock,
  now: Date,
): BreachStanding {
  const by = tellBy(discoveredAt);
  if (icoToldAt !== null) return icoToldAt <= by ? 'told' : 'told-late';
  if (risk === 'unlikely' && icoWhy !== '') return 'not-needed';
  return now <= by ? 'running' : 'late';
}

/** How long is left or has been overrun, in hours: "31 hours left". */
export function hoursInWords(discoveredAt: Date, now: Date): string {
  const left = Math.floor((tellBy(discoveredAt).getTime() - now.getTime()) / HOUR);
  if (left < 0) return `${-left} ${left === -1 ? 'hour' : 'hours'} late`;
  return left === 0 ? 'Less than an hour left' : `${left} ${left === 1 ? 'hour' : 'hours'} left`;
}

/**
 * What has to be written down before a breach is closed: the risk; where people are at risk that the Information Commissioner was
 * told, or why not (article 33); where the risk is high that the people were told, or what was done so that they need not be
 * (article 34(3)). Null where nothing is missing, and for one that is not closed.
 */
export function missingToClose({
  closedOn,
  risk,
  icoToldAt,
  icoWhy,
  peopleToldOn,
  actions,
}: Pick<BreachDetails, 'closedOn' | 'risk' | 'icoToldAt' | 'icoWhy' | 'peopleToldOn' | 'actions'>):
  | 'risk'
  | 'icoWhy'
  | 'actions'
  | null {
  if (closedOn === null) return null;
  if (risk === 'not-known') return 'risk';
  if (risk !== 'unlikely' && icoToldAt === null && icoWhy === '') return 'icoWhy';
  return risk === 'high' && peopleToldOn === null && actions === '' ? 'actions' : null;
}
