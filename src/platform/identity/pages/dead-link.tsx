import { type Shown, show } from '../../http/page.ts';

/** A link that was used, has run out, was replaced by a newer one, or was never ours: it does not say which. */
export function showDeadLink(): Shown {
  return show(
    'This link does not work any more',
    <>
      <h1 class="govuk-heading-l">This link does not work any more</h1>
      <p class="govuk-body">
        A link to set up an account works once, for a day or three, and only the newest one works. If you
        started from it in another browser, or more than half an hour ago, open it again from your email.
      </p>
      <p class="govuk-body">
        If your account is set up already,{' '}
        <a class="govuk-link" href="/sign-in">
          sign in
        </a>
        . Otherwise ask the person who invited you to send another link.
      </p>
    </>,
    { plain: true },
  );
}
