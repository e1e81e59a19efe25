import { sql } from 'kysely';
import type { Transaction } from '../../database/transaction.ts';
import { SummaryList, type SummaryListRow } from '../../govuk/index.ts';
import { page, show } from '../../http/page.ts';
import { findOwnAccount } from '../own-credentials.ts';
import { roleInWords } from '../role-words.ts';
import { findOpenSessions, findOwnRoles } from '../sessions.ts';
import { staffRoles } from '../staff-roles.ts';
import { accountPasswordPage } from './account-password-page.tsx';
import { accountRecoveryCodesPage } from './account-recovery-codes-page.tsx';
import { accountRolePage } from './account-role-page.tsx';
import { accountSessionsPage } from './account-sessions-page.tsx';

/** Somebody's own account: what they are here, and what they sign in with. */
export const accountPage = page({
  path: '/account',
  for: staffRoles,

  async get({ tx, asker }) {
    const own = await findOwnAccount(tx);
    const roles = await findOwnRoles(tx, asker);
    const sessions = await findOpenSessions(tx, asker.accountId);
    const waiting = await countApprovals(tx);
    const areas = await namesOfAreas(tx, asker.areas);
    const row = (
      key: string,
      value: string,
      act?: { href: string; text: string; about: string },
    ): SummaryListRow => ({
      key: { text: key },
      value: { text: <span dir="auto">{value}</span> },
      actions: act && { items: [{ href: act.href, text: act.text, visuallyHiddenText: act.about }] },
    });
    return show(
      'Your account',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Your account</h1>
          <SummaryList
            rows={[
              row('Name', asker.name),
              row('Email address', own.email),
              row(
                'Role now',
                roleInWords[asker.role],
                roles.length > 1
                  ? { href: accountRolePage.url(), text: 'Change', about: 'the role you work in' }
                  : undefined,
              ),
              ...(areas.length > 0 ? [row('Areas', areas.join(', '))] : []),
              row('Password', 'Set', {
                href: accountPasswordPage.url(),
                text: 'Change',
                about: 'your password',
              }),
              row('Recovery codes', left(own.recoveryCodesLeft), {
                href: accountRecoveryCodesPage.url(),
                text: 'Get new ones',
                about: 'in place of your recovery codes',
              }),
              row('Signed in', sessions.length === 1 ? 'Here only' : `In ${sessions.length} browsers`, {
                href: accountSessionsPage.url(),
                text: 'See where',
                about: 'you are signed in',
              }),
            ]}
          />
          {waiting !== null && (
            <>
              <h2 class="govuk-heading-m">Roles you answer for</h2>
              <p class="govuk-body">
                You speak for an organisation when one of its people is to be given a role.{' '}
                <a class="govuk-link" href="/approvals">
                  {waiting === 1 ? '1 role waits for you' : `${waiting} roles wait for you`}
                </a>
                .
              </p>
            </>
          )}
          <h2 class="govuk-heading-m">If you are worried about a colleague</h2>
          <p class="govuk-body">
            <a class="govuk-link" href="/allegations">
              Raise an allegation against somebody who works with young people
            </a>
            . Only a few named people read it.
          </p>
          <p class="govuk-body">
            If your name or email address is wrong, or you have lost your app and your recovery codes, tell an
            administrator of the service.
          </p>
        </div>
      </div>,
    );
  },
});

function left(codes: number): string {
  if (codes === 0) return 'None left';
  return codes === 1 ? '1 left' : `${codes} left`;
}

async function namesOfAreas(tx: Transaction, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const areas = await tx
    .selectFrom('reference.area')
    .select('name')
    .where('code', 'in', codes)
    .orderBy('name')
    .execute();
  return areas.map(({ name }) => name);
}

/** How many roles wait for the one who asks; null when they speak for nobody. */
async function countApprovals(tx: Transaction): Promise<number | null> {
  const found = await sql<{ speaks: boolean; waiting: number }>`
    select exists (
        select from identity.approver p where p.account_id = identity.account_id() and p.ended_at is null) as speaks,
      (select count(*)::int from identity.grants_to_answer_for() g where g.approved_at is null) as waiting`.execute(
    tx,
  );
  const row = found.rows[0];
  return row?.speaks ? row.waiting : null;
}
