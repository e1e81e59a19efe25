import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import { Pagination, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { wordFor } from '../../reference/code-lists.ts';
import { listBreaches } from '../breach-queries.ts';
import { type Breach, breachRisks, breachStanding, hoursInWords, tellBy } from '../data-breach.ts';

/** The breach log, with the clock of each. */
export const breachesPage = page({
  path: '/breaches',
  for: ['data-protection-lead', 'operations-manager'],
  query: z.object({
    show: z.enum(['open', 'to-tell']).optional().catch(undefined),
    after: z.uuid().optional().catch(undefined),
  }),
  async get({ tx, asker, service, query }) {
    const part = query.show ?? 'all';
    const { breaches, next } = await listBreaches(tx, part, query.after);
    await recordLook(tx, {
      action: 'view-breaches',
      subject: { kind: 'data-breaches', id: null },
      personId: null,
    });
    const now = service.clock.now();
    const isLead = asker.role === 'data-protection-lead';
    const title = 'Breach log';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Personal data that was lost, sent to the wrong person, or seen by somebody who should not have.
          Where a risk to people is not unlikely, the Information Commissioner is told within 72 hours.
        </p>
        {isLead && (
          <p class="govuk-body">
            <a class="govuk-link" href="/breaches/new">
              Record a breach
            </a>
          </p>
        )}
        {part !== 'all' && (
          <p class="govuk-body">
            {about[part]}{' '}
            <a class="govuk-link" href={breachesPage.url()}>
              Show all of them
            </a>
          </p>
        )}
        {breaches.length === 0 ? (
          <p class="govuk-body">{part === 'all' ? 'No breach is recorded.' : 'There is none.'}</p>
        ) : (
          <ScrollingTable
            about="Breaches"
            caption="Breaches"
            captionClasses="govuk-visually-hidden"
            head={['Discovered', 'What happened', 'Risk', 'Information Commissioner', 'State'].map(
              (heading) => ({
                text: heading,
              }),
            )}
            rows={breaches.map((breach) => [
              {
                text: isLead ? (
                  <a class="govuk-link" href={`/breaches/${breach.id}`}>
                    {formatLondon(breach.discoveredAt)}
                  </a>
                ) : (
                  formatLondon(breach.discoveredAt)
                ),
              },
              {
                text: (
                  <span class="hw-text" dir="auto">
                    {breach.what}
                  </span>
                ),
              },
              { text: wordFor(breachRisks, breach.risk) },
              { text: <Standing breach={breach} now={now} /> },
              { text: breach.closedOn === null ? 'Open' : `Closed ${formatDate(breach.closedOn)}` },
            ])}
          />
        )}
        {next && (
          <Pagination
            next={{ href: breachesPage.url({}, { show: query.show, after: next }), text: 'Show older' }}
          />
        )}
      </>,
    );
  },
});

const about = {
  open: 'These are not closed.',
  'to-tell': 'Of these the Information Commissioner is still to be told.',
} as const;

/** Where a breach stands against the 72 hours. */
export function Standing({ breach, now }: { breach: Breach; now: Date }) {
  const standing = breachStanding(breach, now);
  if (standing === 'told' || standing === 'told-late')
    return (
      <>
        Told {breach.icoToldAt && formatLondon(breach.icoToldAt)}
        {standing === 'told-late' && ', after 72 hours'}
      </>
    );
  if (standing === 'not-needed') return <>Need not be told</>;
  return (
    <>
      By {formatLondon(tellBy(breach.discoveredAt))}:{' '}
      <Tag classes={standing === 'late' ? 'govuk-tag--red' : 'govuk-tag--orange'}>
        {hoursInWords(breach.discoveredAt, now)}
      </Tag>
    </>
  );
}
