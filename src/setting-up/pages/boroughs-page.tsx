import { WarningText } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { findBoroughContacts } from '../areas.ts';

/** Who is told of the referrals of each borough; those that have nobody come first. */
export const boroughsPage = page({
  path: '/boroughs',
  for: ['administrator'],

  async get({ tx }) {
    const boroughs = await findBoroughContacts(tx);
    const without = boroughs.filter(({ contacts }) => contacts.length === 0);
    return show(
      'Borough contacts',
      <>
        <h1 class="govuk-heading-l">Borough contacts</h1>
        {without.length > 0 && (
          <WarningText iconFallbackText="Warning">
            {without.length === 1
              ? 'One borough has no contact: nobody there is told of referrals.'
              : `${without.length} boroughs have no contact: nobody there is told of referrals.`}
          </WarningText>
        )}
        <p class="govuk-body">
          To ask for a contact’s role for somebody, find their account or{' '}
          <a class="govuk-link" href="/accounts/new">
            add one
          </a>
          . Who speaks for the council approves it.
        </p>
        <ScrollingTable
          about="Borough contacts"
          firstCellIsHeader
          head={['Borough', 'Patch', 'Contacts'].map((text) => ({ text }))}
          rows={boroughs.map(({ name, patchName, contacts }) => [
            { text: <bdi>{name}</bdi> },
            { text: <bdi>{patchName ?? 'None'}</bdi> },
            {
              text:
                contacts.length === 0 ? (
                  <>
                    <strong>Nobody.</strong>{' '}
                    <a class="govuk-link" href="/accounts">
                      Find an account
                      <span class="govuk-visually-hidden"> for a contact of {name}</span>
                    </a>
                  </>
                ) : (
                  contacts.map(({ accountId, name: contact }, n) => (
                    <span key={accountId}>
                      {n > 0 && ', '}
                      <a class="govuk-link" href={`/accounts/${accountId}`} dir="auto">
                        {contact}
                      </a>
                    </span>
                  ))
                ),
            },
          ])}
        />
      </>,
      { backTo: '/set-up' },
    );
  },
});
