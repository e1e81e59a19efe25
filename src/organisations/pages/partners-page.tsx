import { Button } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { findPartners } from '../partner-queries.ts';
import { newPartnerPage } from './new-partner-page.tsx';

/** The organisations that work with the service, their teams, and who speaks for each. */
export const partnersPage = page({
  path: '/partners',
  for: ['administrator'],

  async get({ tx }) {
    const partners = await findPartners(tx);
    return show(
      'Partners',
      <>
        <h1 class="govuk-heading-l">Partners</h1>
        <p class="govuk-body">
          Somebody speaks for each organisation: when one of its people is to be given a role, that is who
          gives it. An administrator only asks.
        </p>
        <Button href={newPartnerPage.url()}>Add a partner</Button>
        {partners.length === 0 ? (
          <p class="govuk-body">There are none yet.</p>
        ) : (
          <ScrollingTable
            about="Partners"
            firstCellIsHeader
            head={['Name', 'Kind', 'Teams', 'Who speaks for it'].map((heading) => ({ text: heading }))}
            rows={partners.map(({ id, name, kindName, teams, approvers }) => [
              {
                text: (
                  <a class="govuk-link" href={`/partners/${id}`} dir="auto">
                    {name}
                  </a>
                ),
              },
              { text: kindName },
              { text: teams.map((team) => team.name).join(', ') || 'None' },
              { text: approvers.map((approver) => approver.name).join(', ') || 'Nobody yet' },
            ])}
          />
        )}
      </>,
    );
  },
});
