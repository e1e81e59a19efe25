import { formatDate, londonDate } from '../platform/clock/london-time.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';

/**
 * When somebody is engaged. Pure: no I/O here.
 *
 * A young person is engaged with the provider they were allocated to since the first time, on or after the day of the
 * allocation and before its end, that the provider spoke with or met the young person themselves. Spoken with or met is
 * what the contact log says (`isSpokenWith`, contact.ts), or a case note of a kind that tells of it (`contactKinds`,
 * case-note.ts) and was not removed. Where another system had a date that is earlier, or nothing is recorded here, that
 * date holds: contact from before the import did not come with it. Attempts, and contact with family or professionals,
 * engage nobody. Reckoned each time it is asked (need_to_know.engagement_of), never typed in.
 *
 * Why it is so: docs/decisions/0012-when-somebody-is-engaged.md.
 */

/** What is known of the engagement of one allocation. */
export interface EngagementFacts {
  /** The first time they were spoken with or met; null where that is recorded nowhere here. */
  firstSpokenAt: Date | null;
  /** The date that another system had. */
  importedOn: PlainDate | null;
}

export interface Engagement {
  since: PlainDate;
  from: 'contact' | 'import';
}

/** Since when somebody is engaged; null while they are not. */
export function engagementFrom({ firstSpokenAt, importedOn }: EngagementFacts): Engagement | null {
  const spokenOn = firstSpokenAt === null ? null : londonDate(firstSpokenAt);
  if (importedOn !== null && (spokenOn === null || importedOn < spokenOn))
    return { since: importedOn, from: 'import' };
  return spokenOn === null ? null : { since: spokenOn, from: 'contact' };
}

/** As it stands on a page: "Engaged since 3 May 2026". */
export function engagementInWords(engagement: Engagement | null): string {
  if (engagement === null) return 'Not engaged yet';
  const since = `Engaged since ${formatDate(engagement.since)}`;
  return engagement.from === 'import' ? `${since}, by the system before this one` : since;
}
