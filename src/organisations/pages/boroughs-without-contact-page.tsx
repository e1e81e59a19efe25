import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { boroughsWithoutContact } from '../borough-cover-queries.ts';

const MOST_COUNTED = 100;

/** The boroughs in which nobody is told of referrals: what waits there is seen by coordinators alone. */
export const boroughsWithoutContactPage = page({
  path: '/boroughs-without-contact',
  for: ['coordinator', 'operations-manager', 'administrator'],
  async get({ tx, asker }) {
    const boroughs = await boroughsWithoutContact(tx, MOST_COUNTED);
    const isCounted = asker.role !== 'administrator';
    return show(
      'Boroughs without a contact',
      <>
        <h1 class="govuk-heading-l">Boroughs without a contact</h1>
        {boroughs.length === 0 ? (
          <p class="govuk-body">Every borough has somebody who is told of its referrals.</p>
        ) : (
          <>
            <p class="govuk-body">
              Nobody in these boroughs is told of referrals, and nobody stands in for a contact who is away.
              {isCounted
                ? ' Telephone the council about what waits, and ask the administrator to give somebody the role.'
                : ' Ask each council for a name, '}
              {!isCounted && (
                <>
                  <a class="govuk-link" href="/accounts/new">
                    add the account
                  </a>{' '}
                  or{' '}
                  <a class="govuk-link" href="/accounts">
                    open the one there is
                  </a>
                  , and ask its approver for the role.
                </>
              )}
            </p>
            <ScrollingTable
              about="Boroughs without a contact"
              caption="Boroughs without a contact"
              captionClasses="govuk-visually-hidden"
              head={[{ text: 'Borough' }, ...(isCounted ? [{ text: 'Referrals waiting' }] : [])]}
              rows={boroughs.map(({ name, waiting }) => [
                { text: name },
                ...(waiting === null
                  ? []
                  : [{ text: waiting === MOST_COUNTED ? `${waiting} or more` : String(waiting) }]),
              ])}
            />
          </>
        )}
      </>,
    );
  },
});
