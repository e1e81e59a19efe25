import { formatLondon } from '../../platform/clock/london-time.ts';
import { isReviewDue } from '../role-place.ts';

/** What is known of how a role came about. */
interface RoleStory {
  requestedBy: string | null;
  requestedAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
  refusedAt: Date | null;
  endedAt: Date | null;
  reviewedAt: Date | null;
}

/** Where a role stands, in a word and in a sentence. */
export function roleState(role: RoleStory, now: Date): { text: string; classes: string; sentence: string } {
  if (role.endedAt)
    return { text: 'Ended', classes: 'govuk-tag--grey', sentence: `Ended on ${formatLondon(role.endedAt)}` };
  if (role.refusedAt)
    return {
      text: 'Refused',
      classes: 'govuk-tag--grey',
      sentence: `Refused on ${formatLondon(role.refusedAt)}`,
    };
  if (!role.approvedAt) {
    const by = role.requestedBy ?? 'the person who runs the server';
    return {
      text: 'Waiting',
      classes: 'govuk-tag--yellow',
      sentence: `Asked for by ${by} on ${formatLondon(role.requestedAt)}`,
    };
  }
  const given = `Given by ${role.approvedBy ?? 'the person who runs the server'} on ${formatLondon(role.approvedAt)}`;
  const reviewed =
    role.reviewedAt && role.reviewedAt > role.approvedAt
      ? `. Last reviewed on ${formatLondon(role.reviewedAt)}`
      : '';
  return isReviewDue(role.reviewedAt ?? role.approvedAt, now)
    ? { text: 'Review due', classes: 'govuk-tag--orange', sentence: given + reviewed }
    : { text: 'Given', classes: 'govuk-tag--green', sentence: given + reviewed };
}
