import { ApproverChanges, findApproverChanges } from '../../organisations/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { overdueReviews } from '../access-queries.ts';

/** Roles that whoever speaks for their organisation has not confirmed for a quarter, and who began or stopped speaking for one. */
export const accessReviewsPage = page({
  path: '/access-reviews',
  for: ['data-protection-lead'],
  async get({ tx, service }) {
    const now = service.clock.now();
    const overdue = await overdueReviews(tx, now);
    const changes = await findApproverChanges(tx, now);
    const title = 'Access reviews';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Every role is confirmed each quarter by the one who speaks for the organisation. These are overdue:
          ask that they are confirmed or ended.
        </p>
        {overdue.length === 0 ? (
          <p class="govuk-body">No review is overdue.</p>
        ) : (
          <ScrollingTable
            about="Overdue reviews"
            caption="Overdue reviews"
            captionClasses="govuk-visually-hidden"
            head={['Who', 'Role', 'Organisation', 'Last confirmed'].map((heading) => ({ text: heading }))}
            rows={overdue.map((held) => [
              { text: <bdi>{held.name}</bdi> },
              { text: roleInWords[held.role] },
              { text: <bdi>{held.organisation}</bdi> },
              { text: formatDate(londonDate(held.reviewedAt)) },
            ])}
          />
        )}
        <ApproverChanges changes={changes} />
      </>,
    );
  },
});
