import type { RefusalKind, ServerParts } from '../platform/http/server.ts';

function InDangerCall999() {
  return (
    <p class="govuk-body">
      If a young person is in immediate danger, do not wait for this service: call{' '}
      <a class="govuk-link" href="tel:999">
        999
      </a>
      .
    </p>
  );
}

function WayHome() {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href="/">
        Go to your home page
      </a>
    </p>
  );
}

/** What people read when the answer is no. None says more than the person already knew. */
export const refusalPages: ServerParts['refusalPages'] = {
  missing: {
    title: 'Page not found',
    body: (
      <>
        <h1 class="govuk-heading-l">Page not found</h1>
        <p class="govuk-body">If you typed the address, check that it is right.</p>
        <p class="govuk-body">
          If you followed a link, the record may have moved to somebody else, or it may not be yours to see.
          Ask the person who sent you the link.
        </p>
        <WayHome />
      </>
    ),
  },
  'not-sent': {
    title: 'Not sent',
    body: (
      <>
        <h1 class="govuk-heading-l">Not sent</h1>
        <p class="govuk-body">
          This page is not there for you, or not any more: the record may have moved to somebody else, or the
          hour for which you opened it is over. What you wrote was not sent to anybody. It is kept here for
          you for some days, and nobody else can read it.
        </p>
        <p class="govuk-body">
          If it says that a young person is at risk, do not wait: ring your manager now, or an operations
          manager, and tell them. Copy your words for them.
        </p>
        <InDangerCall999 />
        <WayHome />
      </>
    ),
  },
  'not-for-your-role': {
    title: 'This page is not for your role',
    body: (
      <>
        <h1 class="govuk-heading-l">This page is not for your role</h1>
        <p class="govuk-body">
          You are signed in, and your role does not use this page. That you tried has been recorded.
        </p>
        <WayHome />
      </>
    ),
  },
  'stale-form': {
    title: 'Send the form again',
    body: (
      <>
        <h1 class="govuk-heading-l">Send the form again</h1>
        <p class="govuk-body">
          This form was opened before you signed in or out, or it did not come from this service, so nothing
          was changed.
        </p>
        <p class="govuk-body">
          Go back in your browser: what you typed should still be there. Copy it, open the page again, and
          send it from there.
        </p>
      </>
    ),
  },
  'too-much': {
    title: 'That is too much at once',
    body: (
      <>
        <h1 class="govuk-heading-l">That is too much at once</h1>
        <p class="govuk-body">
          What you sent is longer than this service can take in one go, so nothing was saved.
        </p>
        <p class="govuk-body">
          Go back in your browser: what you typed should still be there. Send it in parts.
        </p>
      </>
    ),
  },
  'torn-upload': {
    title: 'The file did not arrive',
    body: (
      <>
        <h1 class="govuk-heading-l">The file did not arrive</h1>
        <p class="govuk-body">
          It was cut short on the way, or there were more files than the page takes. Nothing was saved.
        </p>
        <p class="govuk-body">Go back in your browser, choose the file again and send the form once more.</p>
      </>
    ),
  },
  busy: {
    title: 'The service is busy',
    body: (
      <>
        <h1 class="govuk-heading-l">The service is busy</h1>
        <p class="govuk-body">
          Many people are signing in at this moment, so nothing was changed. Go back in your browser, wait a
          minute and send the form again.
        </p>
        <InDangerCall999 />
      </>
    ),
  },
  away: {
    title: 'The service is starting again',
    body: (
      <>
        <h1 class="govuk-heading-l">The service is starting again</h1>
        <p class="govuk-body">
          It stopped for a moment, and is back in a minute. If you opened a page, open it again then. If you
          sent a form, it may not have been saved: wait a minute and send it again. The same form sent twice
          is carried out once.
        </p>
        <InDangerCall999 />
      </>
    ),
  },
  broken: {
    title: 'Sorry, something went wrong',
    body: (
      <>
        <h1 class="govuk-heading-l">Sorry, something went wrong</h1>
        <p class="govuk-body">
          What you sent may not have been saved. Go back in your browser and send it again in a few minutes:
          the same form sent twice is carried out once.
        </p>
        <InDangerCall999 />
      </>
    ),
  },
} satisfies Record<RefusalKind, unknown>;
