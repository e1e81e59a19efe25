import { formatLondon } from '../platform/clock/london-time.ts';
import type { Role } from '../platform/database/transaction.ts';
import { Form, FormTokensProvider } from '../platform/forms/form.tsx';
import { BackLink, NotificationBanner } from '../platform/govuk/index.ts';
import type { Assets } from '../platform/http/assets.ts';
import { Layout, type NavigationLink, renderDocument } from '../platform/http/layout.tsx';
import { Paper } from '../platform/http/paper.tsx';
import type { Frame } from '../platform/http/server.ts';
import { roleInWords } from '../platform/identity/role-words.ts';
import { PersonNavigation } from './person-navigation.tsx';

/** The ways into the service that each role has. */
export const navigation: Record<Role, readonly NavigationLink[]> = {
  referrer: [{ text: 'Your referrals', href: '/refer' }],
  spoc: [
    { text: 'Home', href: '/home' },
    { text: 'Referrals', href: '/borough' },
    { text: 'Young people', href: '/young-people' },
    { text: 'Search', href: '/search' },
    { text: 'Approvals', href: '/approvals' },
    { text: 'Reports', href: '/reports' },
  ],
  coordinator: [
    { text: 'Home', href: '/home' },
    { text: 'Queue', href: '/queue' },
    { text: 'Waiting list', href: '/waiting-list' },
    { text: 'Concerns', href: '/concerns' },
    { text: 'Turning 18', href: '/turning-18' },
    { text: 'Search', href: '/search' },
    { text: 'Reports', href: '/reports' },
  ],
  analyst: [
    { text: 'Checks', href: '/checks' },
    { text: 'Queue', href: '/queue' },
    { text: 'Search', href: '/search' },
    { text: 'Reports', href: '/reports' },
  ],
  caseworker: [
    { text: 'My day', href: '/my-day' },
    { text: 'Caseload', href: '/caseload' },
    { text: 'Concerns', href: '/concerns' },
    { text: 'Turning 18', href: '/turning-18' },
    { text: 'Search', href: '/search' },
    { text: 'Reports', href: '/reports' },
  ],
  'provider-manager': [
    { text: 'Home', href: '/home' },
    { text: 'Caseload', href: '/caseload' },
    { text: 'Workers', href: '/workers' },
    { text: 'Teams', href: '/teams' },
    { text: 'Concerns', href: '/concerns' },
    { text: 'Supervision', href: '/supervision' },
    { text: 'Turning 18', href: '/turning-18' },
    { text: 'Closings', href: '/closings' },
    { text: 'Search', href: '/search' },
    { text: 'Approvals', href: '/approvals' },
    { text: 'Check-ins', href: '/check-ins' },
    { text: 'Reports', href: '/reports' },
  ],
  'gender-consultant': [
    { text: 'Consultations', href: '/consultations' },
    { text: 'Reports', href: '/reports' },
  ],
  'operations-manager': [
    { text: 'Home', href: '/home' },
    { text: 'Queue', href: '/queue' },
    { text: 'Waiting list', href: '/waiting-list' },
    { text: 'Concerns', href: '/concerns' },
    { text: 'Turning 18', href: '/turning-18' },
    { text: 'Search', href: '/search' },
    { text: 'Approvals', href: '/approvals' },
    { text: 'Undelivered messages', href: '/messages/undelivered' },
    { text: 'Requests by right', href: '/rights-requests' },
    { text: 'Breaches', href: '/breaches' },
    { text: 'Disposal', href: '/disposal' },
    { text: 'Imports', href: '/imports' },
    { text: 'Reports', href: '/reports' },
  ],
  'data-protection-lead': [
    { text: 'Home', href: '/home' },
    { text: 'Requests by right', href: '/rights-requests' },
    { text: 'Breaches', href: '/breaches' },
    { text: 'Access log', href: '/access-log' },
    { text: 'Unusual access', href: '/unusual-access' },
    { text: 'Opened records', href: '/record-openings' },
    { text: 'Access reviews', href: '/access-reviews' },
    { text: 'Disposal', href: '/disposal' },
    { text: 'Reports', href: '/reports' },
  ],
  administrator: [
    { text: 'Set-up', href: '/set-up' },
    { text: 'Accounts', href: '/accounts' },
    { text: 'Partners', href: '/partners' },
    { text: 'Teams', href: '/teams' },
    { text: 'Boroughs without a contact', href: '/boroughs-without-contact' },
    { text: 'Suggestions', href: '/allocation-rules' },
    { text: 'Undelivered messages', href: '/messages/undelivered' },
    { text: 'Reports', href: '/reports' },
  ],
};

interface FrameParts {
  assets: Assets;
  /** Asked for at each page: an administrator may change it. */
  serviceName: () => string;
  demonstration: boolean;
}

/** Writes whole documents: the frame that every page of the service stands in. */
export function drawFrame({ assets, serviceName, demonstration }: FrameParts): (frame: Frame) => string {
  return (frame) => {
    const { asker } = frame;
    if (frame.bare)
      return renderDocument(
        <Paper title={frame.title} assets={assets}>
          {frame.body}
        </Paper>,
      );
    const isStaff = asker !== null && asker.role !== 'referrer';
    return renderDocument(
      <FormTokensProvider value={frame.tokens}>
        <Layout
          title={frame.title}
          assets={assets}
          serviceName={serviceName()}
          demonstration={demonstration}
          marking={isStaff ? 'OFFICIAL-SENSITIVE' : undefined}
          errorTitlePrefix={frame.faulty}
          navigation={
            asker === null || frame.plain
              ? []
              : navigation[asker.role].map((link) => ({ ...link, current: frame.path.startsWith(link.href) }))
          }
          account={
            asker === null
              ? undefined
              : {
                  name: asker.name,
                  role: roleInWords[asker.role],
                  href: isStaff ? '/account' : undefined,
                  signOut: <SignOut />,
                }
          }
          beforeContent={
            asker !== null && !frame.refused && !frame.plain ? (
              <PersonNavigation path={frame.path} role={asker.role} />
            ) : undefined
          }
          backLink={frame.backTo === undefined ? undefined : <BackLink href={frame.backTo} />}
          notification={
            <>
              {frame.notice !== undefined && (
                <NotificationBanner type="success">{frame.notice}</NotificationBanner>
              )}
              {frame.overtaken && (
                <NotificationBanner titleText="Not saved yet">
                  <p class="govuk-notification-banner__heading">
                    Something changed while you wrote, and nothing was saved. What you typed is below: look at
                    it again and send it again. Choose a file again, if you sent one.
                  </p>
                </NotificationBanner>
              )}
              {frame.keptAt !== undefined && <KeptForm path={frame.path} keptAt={frame.keptAt} />}
            </>
          }
        >
          {frame.body}
        </Layout>
      </FormTokensProvider>,
    );
  };
}

function SignOut() {
  return (
    <Form action="/sign-out">
      <button type="submit" class="hw-account__sign-out">
        Sign out
      </button>
    </Form>
  );
}

/** What was typed on this page and not sent: to be got back, or thrown away. */
function KeptForm({ path, keptAt }: { path: string; keptAt: Date }) {
  return (
    <NotificationBanner titleText="Not sent yet" titleId="kept-form-title">
      <p class="govuk-notification-banner__heading">
        You typed something here at {formatLondon(keptAt)} and did not send it.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}?restore=yes`}>
          Get back what you typed
        </a>
      </p>
      <Form action={`/kept-form?${new URLSearchParams({ for: path })}`}>
        <input type="hidden" name="_discard" value="yes" />
        <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">
          Throw it away
        </button>
      </Form>
    </NotificationBanner>
  );
}
