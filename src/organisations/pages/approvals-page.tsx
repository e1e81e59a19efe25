import { formatLondon } from '../../platform/clock/london-time.ts';
import { Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { staffRoles } from '../../platform/identity/staff-roles.ts';
import { findRolesToAnswerFor, type RoleToAnswerFor } from '../account-queries.ts';
import { findApproverChanges, findApproversToConfirm, findOwnOrganisations } from '../partner-queries.ts';
import { isReviewDue } from '../role-place.ts';
import { approvalPage } from './approval-page.tsx';
import { ApproverChanges } from './approver-changes.tsx';
import { confirmApproverPage } from './confirm-approver-page.tsx';
import { endApproverPage } from './end-approver-page.tsx';
import { newApproverPage } from './new-approver-page.tsx';

const MOST = 200;

/** For those who speak for an organisation: the roles that wait for them, and those to look at again each quarter. */
export const approvalsPage = page({
  path: '/approvals',
  for: staffRoles,

  async get({ tx, asker, service }) {
    const organisations = await findOwnOrganisations(tx, asker.accountId);
    const roles = await findRolesToAnswerFor(tx, { most: MOST });
    const waiting = roles.filter(({ approvedAt }) => approvedAt === null);
    const given = roles.filter(({ approvedAt }) => approvedAt !== null);
    const toConfirm = await findApproversToConfirm(tx);
    const now = service.clock.now();
    const changes = await findApproverChanges(
      tx,
      now,
      asker.role === 'operations-manager' ? undefined : asker.accountId,
    );
    return show(
      'Approvals',
      <>
        <h1 class="govuk-heading-l">Approvals</h1>
        {organisations.length === 0 ? (
          <p class="govuk-body">
            You speak for no organisation, so no role waits for you. An administrator, or somebody who speaks
            for your organisation, can name you.
          </p>
        ) : (
          <>
            <p class="govuk-body">
              You speak for {organisations.map(({ name }) => name).join(', ')}. Nobody there gets a role
              without you. What you ask for yourself, and roles of your own, are for somebody else.
            </p>
            <h2 class="govuk-heading-m">Waiting for you</h2>
            {waiting.length === 0 ? (
              <p class="govuk-body">Nothing waits for you.</p>
            ) : (
              <WaitingRoles roles={waiting} />
            )}
            {toConfirm.length > 0 && (
              <>
                <h2 class="govuk-heading-m">To speak for an organisation that nobody speaks for</h2>
                <ul class="govuk-list govuk-list--bullet">
                  {toConfirm.map(({ id, accountName, organisation }) => (
                    <li key={id}>
                      <a class="govuk-link" href={confirmApproverPage.url({ request: id })}>
                        Confirm or refuse <bdi>{accountName}</bdi> for <bdi>{organisation}</bdi>
                      </a>
                    </li>
                  ))}
                </ul>
              </>
            )}
            <h2 class="govuk-heading-m">Given</h2>
            {given.length === 0 ? (
              <p class="govuk-body">None yet.</p>
            ) : (
              <GivenRoles roles={given} now={now} />
            )}
            <h2 class="govuk-heading-m">Others who speak for it</h2>
            <ul class="govuk-list">
              {organisations.map(({ id, name, approvers }) => (
                <li key={id}>
                  {approvers
                    .filter((approver) => approver.id !== asker.accountId)
                    .map((approver) => (
                      <p class="govuk-body" key={approver.id}>
                        <bdi>{approver.name}</bdi>, <bdi>{name}</bdi>{' '}
                        <a
                          class="govuk-link"
                          href={endApproverPage.url({ organisation: id, approver: approver.id })}
                        >
                          End<span class="govuk-visually-hidden"> that {approver.name} speaks for it</span>
                        </a>
                      </p>
                    ))}
                  <a class="govuk-link" href={newApproverPage.url({ organisation: id })}>
                    Name somebody else who speaks for <span dir="auto">{name}</span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        {(asker.role === 'operations-manager' || changes.length > 0) && <ApproverChanges changes={changes} />}
      </>,
    );
  },
});

function WaitingRoles({ roles }: { roles: readonly RoleToAnswerFor[] }) {
  return (
    <ScrollingTable
      about="Roles that wait for you"
      firstCellIsHeader
      head={['Who', 'Role', 'Asked for'].map((heading) => ({ text: heading }))}
      rows={roles.map((role) => [
        { text: <RoleLink role={role} /> },
        { text: roleInWords[role.role] },
        { text: formatLondon(role.requestedAt) },
      ])}
    />
  );
}

function GivenRoles({ roles, now }: { roles: readonly RoleToAnswerFor[]; now: Date }) {
  return (
    <ScrollingTable
      about="Roles that were given"
      firstCellIsHeader
      head={['Who', 'Role', 'Last reviewed'].map((heading) => ({ text: heading }))}
      rows={roles.map((role) => [
        { text: <RoleLink role={role} /> },
        { text: roleInWords[role.role] },
        {
          text: role.reviewedAt && (
            <>
              {formatLondon(role.reviewedAt)}{' '}
              {isReviewDue(role.reviewedAt, now) && <Tag classes="govuk-tag--orange">Review due</Tag>}
            </>
          ),
        },
      ])}
    />
  );
}

function RoleLink({ role }: { role: RoleToAnswerFor }) {
  return (
    <a class="govuk-link" href={approvalPage.url({ role: role.id })} dir="auto">
      {role.accountName}
    </a>
  );
}
