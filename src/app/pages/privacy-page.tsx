import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/transaction.ts';
import { openPage, show } from '../../platform/http/page.ts';

/** What the service keeps about the people who use it and the young people it works with. */
export const privacyPage = openPage({
  path: '/privacy',
  for: 'everybody',
  async get({ tx }) {
    const controller = await findController(tx);
    return show(
      'Privacy',
      <>
        <h1 class="govuk-heading-l">Privacy</h1>
        <p class="govuk-body">
          This service keeps what it needs to protect young people and to show that it did so rightly. What is
          recorded about a young person is seen only by the people who work with them, and every look is
          itself recorded.
        </p>
        <h2 class="govuk-heading-m">Who answers for it</h2>
        <p class="govuk-body">
          {controller?.name ? <bdi>{controller.name}</bdi> : 'The organisation that runs this service'}{' '}
          decides what is kept here and why: in the words of data protection law, it is the controller.
        </p>
        <p class="govuk-body">
          {controller?.contact ? (
            <>
              To ask about your data, or to complain: <bdi>{controller.contact}</bdi>.
            </>
          ) : (
            'To ask about your data, or to complain, ask the person who told you about this service whom to write to.'
          )}{' '}
          You can also complain to the Information Commissioner at any time.
        </p>
        <h2 class="govuk-heading-m">If you refer a young person</h2>
        <p class="govuk-body">
          We keep your name, your work email address, your agency and what you tell us. After you have sent a
          referral you see where it stands; the answers are not shown again.
        </p>
        <h2 class="govuk-heading-m">If you are a young person we work with</h2>
        <p class="govuk-body">
          You can ask your worker what is written about you, ask for a copy of it, and say if it is wrong.
        </p>
        <h2 class="govuk-heading-m">Cookies</h2>
        <p class="govuk-body">
          We set up to three cookies. Each is needed to keep you signed in, to protect the forms you send, or
          to tell you that something was saved. None of them follows you, and none holds anything about
          anybody.
        </p>
      </>,
    );
  },
});

/** The organisation that runs the service, and how to reach it, where somebody has said. */
async function findController(
  tx: Transaction,
): Promise<{ name: string | null; contact: string | null } | undefined> {
  const found = await sql<{ name: string | null; contact: string | null }>`
    select coalesce(nullif(d.controller, ''), c.name) as name,
      coalesce(nullif(d.data_protection_contact, ''), c.contact) as contact
    from reference.service_details d left join identity.controller() c on true`.execute(tx);
  return found.rows[0];
}
