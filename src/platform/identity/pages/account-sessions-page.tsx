import { z } from 'zod';
import { formatLondon } from '../../clock/london-time.ts';
import type { Role } from '../../database/transaction.ts';
import { Form } from '../../forms/form.tsx';
import { Button, SummaryList } from '../../govuk/index.ts';
import { missing, page, redirect, show } from '../../http/page.ts';
import { deviceInWords } from '../device-words.ts';
import { roleInWords } from '../role-words.ts';
import { endOtherSessions, endOwnSession, findOpenSessions, type OpenSession } from '../sessions.ts';
import { staffRoles } from '../staff-roles.ts';

/** Where somebody is signed in, so that they notice what is not them, and end it. */
export const accountSessionsPage = page({
  path: '/account/sessions',
  for: staffRoles,
  form: z.object({ session: z.union([z.literal('others'), z.uuid()]) }),

  async get({ tx, asker }) {
    const sessions = await findOpenSessions(tx, asker.accountId);
    return show(
      'Where you are signed in',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Where you are signed in</h1>
          <p class="govuk-body">
            If you do not know one of these, sign it out, then{' '}
            <a class="govuk-link" href="/account/password">
              change your password
            </a>{' '}
            and tell an administrator.
          </p>
          {sessions.map((session) => (
            <Session key={session.id} session={session} here={session.id === asker.sessionId} />
          ))}
          {sessions.length > 1 && (
            <Form>
              <input type="hidden" name="session" value="others" />
              <Button classes="govuk-button--warning">Sign out everywhere but here</Button>
            </Form>
          )}
        </div>
      </div>,
      { backTo: '/account' },
    );
  },

  async post({ tx, asker }, { session }) {
    if (session === 'others') {
      await endOtherSessions(tx);
      return redirect('/account/sessions', { notice: 'You are signed in here only' });
    }
    if (!(await endOwnSession(tx, session))) return missing();
    return session === asker.sessionId
      ? redirect('/', { session: 'end', notice: 'You have signed out' })
      : redirect('/account/sessions', { notice: 'That browser is signed out' });
  },
});

function Session({ session, here }: { session: OpenSession; here: boolean }) {
  const device = deviceInWords(session.device);
  return (
    <>
      <SummaryList
        card={{ title: { text: here ? `${device} (here)` : device } }}
        rows={[
          { key: { text: 'Signed in' }, value: { text: formatLondon(session.startedAt) } },
          { key: { text: 'Last used' }, value: { text: formatLondon(session.lastSeenAt) } },
          { key: { text: 'Role' }, value: { text: roleInWords[session.role as Role] } },
        ]}
      />
      {!here && (
        <Form>
          <input type="hidden" name="session" value={session.id} />
          <Button classes="govuk-button--secondary">
            Sign out
            <span class="govuk-visually-hidden">
              {' '}
              {device}, signed in {formatLondon(session.startedAt)}
            </span>
          </Button>
        </Form>
      )}
    </>
  );
}
