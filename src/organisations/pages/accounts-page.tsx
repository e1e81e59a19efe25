import { z } from 'zod';
import type { Entry } from '../../platform/forms/entry.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Tag } from '../../platform/govuk/index.ts';
import { page, type Shown, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { type ListedAccount, searchAccounts } from '../account-queries.ts';
import { accountStateTag } from './account-state-tag.ts';
import { newAccountPage } from './new-account-page.tsx';

const ON_A_PAGE = 50;

/** Everybody who has an account to work with the service. Searched by a form, since an address must not hold a name. */
export const accountsPage = page({
  path: '/accounts',
  for: ['administrator'],
  form: z.object({
    words: text({ called: 'Name or email address', most: 200 }),
    after: z.union([z.uuid(), z.literal('')]).default(''),
  }),

  async get({ tx, entry }) {
    const form = entry();
    return accountsList(form, await searchAccounts(tx, '', null, ON_A_PAGE + 1), '');
  },

  async post({ tx, entry }, { words, after }) {
    const found = await searchAccounts(tx, words, after === '' ? null : after, ON_A_PAGE + 1);
    return accountsList(entry(), found, words);
  },
});

function accountsList(entry: Entry, found: readonly ListedAccount[], words: string): Shown {
  const shown = found.slice(0, ON_A_PAGE);
  const last = found.length > ON_A_PAGE ? shown.at(-1) : undefined;
  return show(
    'Accounts',
    <>
      <Faults entry={entry} />
      <h1 class="govuk-heading-l">Accounts</h1>
      <Button href={newAccountPage.url()}>Add an account</Button>
      <div class="hw-filter govuk-!-margin-bottom-6">
        <Form>
          <TextQuestion
            name="words"
            label="Name or email address"
            type="search"
            autocomplete="off"
            width="half"
            entry={entry}
          />
          <Button classes="govuk-button--secondary">Search</Button>
        </Form>
      </div>
      {shown.length === 0 ? (
        <p class="govuk-body">Nobody here has these words in their name or email address.</p>
      ) : (
        <ScrollingTable
          about="Accounts"
          caption={words === '' ? 'By name' : 'Accounts found'}
          captionClasses="govuk-table__caption--m"
          firstCellIsHeader
          head={['Name', 'Role', 'State'].map((heading) => ({ text: heading }))}
          rows={shown.map((account) => [
            {
              text: (
                <>
                  <a class="govuk-link" href={`/accounts/${account.id}`} dir="auto">
                    {account.name}
                  </a>
                  <br />
                  <span class="govuk-!-font-weight-regular">{account.email}</span>
                </>
              ),
            },
            { text: account.roles.map((role) => roleInWords[role]).join(', ') || 'None' },
            { text: <Tag classes={accountStateTag(account).classes}>{accountStateTag(account).text}</Tag> },
          ])}
        />
      )}
      {last && (
        <Form>
          <input type="hidden" name="words" value={words} />
          <input type="hidden" name="after" value={last.id} />
          <Button classes="govuk-button--secondary">Show more</Button>
        </Form>
      )}
    </>,
  );
}
