import { fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type Overdue, workersByPerson, workOfDay } from '../../support/index.ts';
import { overdueWork } from '../overdue-work.ts';

const MOST_SHOWN = 100;

/**
 * What should have been looked at by now, the longest overdue first: plans, risks and case summaries. A manager has all of
 * their provider, a caseworker those of their own cases and of whom they stand in for.
 */
export const overduePage = page({
  path: '/overdue',
  for: ['provider-manager', 'caseworker'],
  async get({ tx, asker, service }) {
    const today = londonDate(service.clock.now());
    const isManager = asker.role === 'provider-manager';
    const of = isManager
      ? { organisationId: asker.organisationId ?? '' }
      : { workerIds: (await workOfDay(tx, asker, today)).workerIds };
    const { plans, risks, summaries } = await overdueWork(tx, { today, of, most: MOST_SHOWN });
    const workers = isManager
      ? await workersByPerson(
          tx,
          asker.organisationId ?? '',
          [...plans, ...risks, ...summaries].map(({ personId }) => personId),
        )
      : null;
    await recordLook(tx, {
      action: 'view-overdue',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    return show(
      'Overdue',
      <>
        <h1 class="govuk-heading-l">Overdue</h1>
        <Section id="plans" heading="Plans, needs and goals" overdue={plans} workers={workers} />
        <Section
          id="risks"
          heading="Risks to be assessed, or looked at again"
          overdue={risks}
          workers={workers}
        />
        <Section
          id="summaries"
          heading="Case summaries to be written, or written afresh"
          overdue={summaries}
          workers={workers}
        />
      </>,
      { backTo: isManager ? '/home' : '/my-day' },
    );
  },
});

interface SectionProps {
  id: string;
  heading: string;
  overdue: readonly Overdue[];
  /** Whose work it is, by the young person's id; null where it is all the reader's own. */
  workers: ReadonlyMap<string, string> | null;
}

/** A part that the counts of the home page lead to: its table names itself, so it is no landmark too. */
function Section({ id, heading, overdue, workers }: SectionProps) {
  return (
    <div id={id}>
      <h2 class="govuk-heading-m">{heading}</h2>
      {overdue.length === 0 ? (
        <p class="govuk-body">Nothing is overdue.</p>
      ) : (
        <ScrollingTable
          about={heading}
          caption={
            overdue.length === MOST_SHOWN
              ? `The ${MOST_SHOWN} longest overdue`
              : `${overdue.length} overdue, the longest first`
          }
          head={['Young person', 'What', ...(workers ? ['Worker'] : []), 'Since'].map((text) => ({ text }))}
          rows={overdue.map(({ personId, names, what, dueOn, href }) => [
            { text: <bdi>{fullName(names)}</bdi> },
            {
              text: (
                <a class="govuk-link" href={href}>
                  {what}
                  <span class="govuk-visually-hidden">
                    {' '}
                    of <bdi>{fullName(names)}</bdi>
                  </span>
                </a>
              ),
            },
            ...(workers ? [{ text: <bdi>{workers.get(personId) ?? 'Nobody'}</bdi> }] : []),
            { text: formatDate(dueOn) },
          ])}
        />
      )}
    </div>
  );
}
