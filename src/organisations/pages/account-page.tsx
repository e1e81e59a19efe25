import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { SummaryList, Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { deviceInWords } from '../../platform/identity/device-words.ts';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { findOpenSessions, type OpenSession } from '../../platform/identity/sessions.ts';
import { type Account, type AccountRole, findAccount, findRolesOf } from '../account-queries.ts';
import {
  disableAccountPage,
  enableAccountPage,
  endSessionsPage,
  resetAccountPage,
  unlockAccountPage,
} from './account-acts.tsx';
import { accountStateTag } from './account-state-tag.ts';
import { endRolePage } from './end-role-page.tsx';
import { newRolePage } from './new-role-page.tsx';
import { roleState } from './role-state.ts';

/** One account: its state, its roles, where it is signed in, and what can be done about each. */
export const accountPage = page({
  path: '/accounts/:account',
  for: ['administrator'],
  params: z.object({ account: z.uuid() }),

  async get({ tx, service, asker, params }) {
    const account = await findAccount(tx, params.account);
    if (!account) return missing();
    const roles = await findRolesOf(tx, account.id);
    const sessions = await findOpenSessions(tx, account.id);
    const now = service.clock.now();
    const isLocked = account.lockedUntil !== null && account.lockedUntil > now;
    return show(
      account.name,
      <>
        <h1 class="govuk-heading-l">
          <span dir="auto">{account.name}</span>
        </h1>
        <AboutAccount account={account} isLocked={isLocked} />
        <Acts account={account} isLocked={isLocked} isOwn={account.id === asker.accountId} />
        <h2 class="govuk-heading-m">Roles</h2>
        <Roles account={account} roles={roles} now={now} />
        <h2 class="govuk-heading-m">Signed in</h2>
        <Sessions account={account} sessions={sessions} />
      </>,
      { backTo: '/accounts' },
    );
  },
});

function AboutAccount({ account, isLocked }: { account: Account; isLocked: boolean }) {
  const { email, madeAt, setUpAt, lockedUntil, disabledAt } = account;
  const state = accountStateTag({ setUp: setUpAt !== null, locked: isLocked, disabled: disabledAt !== null });
  return (
    <SummaryList
      rows={[
        { key: { text: 'State' }, value: { text: <Tag classes={state.classes}>{state.text}</Tag> } },
        { key: { text: 'Email address' }, value: { text: email } },
        { key: { text: 'Added' }, value: { text: formatLondon(madeAt) } },
        { key: { text: 'Set up' }, value: { text: setUpAt ? formatLondon(setUpAt) : 'Not yet' } },
        isLocked &&
          lockedUntil && { key: { text: 'Locked until' }, value: { text: formatLondon(lockedUntil) } },
        disabledAt && { key: { text: 'Closed' }, value: { text: formatLondon(disabledAt) } },
      ]}
    />
  );
}

function Acts({ account, isLocked, isOwn }: { account: Account; isLocked: boolean; isOwn: boolean }) {
  const { id } = account;
  const isOpen = account.disabledAt === null;
  const acts = [
    isLocked && isOpen && { href: unlockAccountPage.url({ account: id }), text: 'Unlock this account' },
    isOpen && { href: resetAccountPage.url({ account: id }), text: 'Send a new set-up link' },
    isOpen && !isOwn && { href: disableAccountPage.url({ account: id }), text: 'Close this account' },
    !isOpen && { href: enableAccountPage.url({ account: id }), text: 'Open this account again' },
  ].filter((act) => act !== false);
  return (
    <ul class="govuk-list">
      {acts.map(({ href, text }) => (
        <li key={href}>
          <a class="govuk-link" href={href}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Roles({ account, roles, now }: { account: Account; roles: readonly AccountRole[]; now: Date }) {
  return (
    <>
      {roles.length === 0 ? (
        <p class="govuk-body">No role yet: there is nothing they can open.</p>
      ) : (
        <ScrollingTable
          about="Roles"
          firstCellIsHeader
          head={['Role', 'State', 'Change'].map((heading) => ({ text: heading }))}
          rows={roles.map((role) => [
            { text: <RoleAndPlace role={role} /> },
            {
              text: (
                <>
                  <Tag classes={roleState(role, now).classes}>{roleState(role, now).text}</Tag>
                  <br />
                  {roleState(role, now).sentence}
                </>
              ),
            },
            {
              text:
                role.endedAt || role.refusedAt ? (
                  'None'
                ) : (
                  <a class="govuk-link" href={endRolePage.url({ account: account.id, role: role.id })}>
                    End
                    <span class="govuk-visually-hidden"> the role of {roleInWords[role.role]}</span>
                  </a>
                ),
            },
          ])}
        />
      )}
      {account.disabledAt === null && (
        <p class="govuk-body">
          <a class="govuk-link" href={newRolePage.url({ account: account.id })}>
            Ask for a role
          </a>
        </p>
      )}
    </>
  );
}

function RoleAndPlace({ role }: { role: AccountRole }) {
  const place = [role.organisation, role.team].filter(Boolean).join(', ');
  return (
    <>
      {roleInWords[role.role]}
      <br />
      <span class="govuk-!-font-weight-regular">
        {place}
        {role.areas.length > 0 && `: ${role.areas.join(', ')}`}
      </span>
    </>
  );
}

function Sessions({ account, sessions }: { account: Account; sessions: readonly OpenSession[] }) {
  if (sessions.length === 0) return <p class="govuk-body">Nowhere now.</p>;
  return (
    <>
      <ScrollingTable
        about="Where they are signed in"
        firstCellIsHeader
        head={['Browser', 'Role', 'Signed in', 'Last used'].map((heading) => ({ text: heading }))}
        rows={sessions.map(({ device, role, startedAt, lastSeenAt }) => [
          { text: deviceInWords(device) },
          { text: roleInWords[role as Role] },
          { text: formatLondon(startedAt) },
          { text: formatLondon(lastSeenAt) },
        ])}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={endSessionsPage.url({ account: account.id })}>
          Sign them out everywhere
        </a>
      </p>
    </>
  );
}
