import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { Button, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { whoIsOut } from '../check-in-queries.ts';
import { checkInAddress } from './support-addresses.ts';

/** The most that are listed: the longest overdue are first. */
const MOST_OUT = 100;

/**
 * Who is out alone, the overdue first: a worker's own, for a manager all of the provider's, and for whoever runs the service
 * all there are, since they are alarmed where a provider has no manager.
 */
export const checkInsPage = page({
  path: '/check-ins',
  for: ['caseworker', 'provider-manager', 'operations-manager'],
  async get({ tx, asker, service }) {
    const out = await whoIsOut(tx, MOST_OUT);
    // A place may say whom somebody went to see.
    await recordLook(tx, {
      action: 'view-check-ins',
      subject: { kind: 'organisation', id: asker.organisationId },
      personId: null,
    });
    const now = service.clock.now();
    const isManager = asker.role !== 'caseworker';
    const overdue = out.filter(({ expectedBackAt }) => expectedBackAt < now).length;
    return show(
      'Check-ins',
      <>
        <h1 class="govuk-heading-l">Check-ins</h1>
        {overdue > 0 && (
          <p class="govuk-body">
            <Tag classes="govuk-tag--red">{overdue} overdue</Tag>{' '}
            {isManager
              ? 'Call them now. If nobody answers, do what your lone working rules say.'
              : 'Say that you are back, or how much longer you will be.'}
          </p>
        )}
        {!isManager && <Button href="/check-ins/new">Say where you are going</Button>}
        {out.length === 0 ? (
          <p class="govuk-body">{isManager ? 'Nobody is out alone.' : 'You are not out alone.'}</p>
        ) : (
          <>
            <h2 class="govuk-heading-m">Who is out, the longest overdue first</h2>
            <ul class="govuk-list govuk-list--spaced">
              {out.map((one) => (
                <li key={one.id}>
                  <strong>
                    <bdi>{one.workerName}</bdi>
                  </strong>
                  , <bdi>{one.goingTo}</bdi>. Went {formatLondon(one.wentAt)}, back by{' '}
                  {formatLondon(one.expectedBackAt)}{' '}
                  {one.expectedBackAt < now && <Tag classes="govuk-tag--red">Overdue</Tag>}
                  <br />
                  {asker.role !== 'operations-manager' && (
                    <a
                      class="govuk-link"
                      href={checkInAddress(one.id)}
                      aria-label={`${isManager ? 'They are safe' : 'You are back'}: ${one.workerName}, ${one.goingTo}`}
                    >
                      {isManager ? 'They are safe' : 'You are back'}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </>,
    );
  },
});
