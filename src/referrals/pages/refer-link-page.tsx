import { z } from 'zod';
import { Form } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { openPage, redirect, type Shown, show } from '../../platform/http/page.ts';
import { REFER_HOME, REFER_START } from '../refer-addresses.ts';
import {
  isLinkGood,
  LINK_MINUTES,
  REFERRER_ABSOLUTE_HOURS,
  referrerPath,
  useReferrerLink,
} from '../referrer-sign-in.ts';

/** Where the emailed link leads. Opening it changes nothing, since scanners of email do; its button uses it, once. */
export const referLinkPage = openPage({
  path: '/refer/link',
  for: 'everybody',
  query: z.object({ token: z.string().default(''), return: z.string().optional() }),
  async get({ tx, asker, query }) {
    if (!(await isLinkGood(tx, query.token)))
      return noLongerWorks(referrerPath(query.return), asker?.role === 'referrer');
    return show(
      'Open your referrals',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Open your referrals</h1>
          <p class="govuk-body">
            This link works once. If this is a shared computer, sign out when you have finished.
          </p>
          <Form>
            <Button preventDoubleClick>Open your referrals</Button>
          </Form>
        </div>
      </div>,
    );
  },
  async post({ tx, asker, service, query, visitor }) {
    const session = await useReferrerLink(tx, service.keyring, query.token, visitor.device);
    const returnTo = referrerPath(query.return);
    if (session === null) return noLongerWorks(returnTo, asker?.role === 'referrer');
    return redirect(returnTo ?? REFER_HOME, { session: { token: session, hours: REFERRER_ABSOLUTE_HOURS } });
  },
});

/** The same words for a link that was used, ran out, or never was. */
function noLongerWorks(returnTo: string | undefined, isSignedIn: boolean): Shown {
  const again = returnTo === undefined ? '' : `?${new URLSearchParams({ return: returnTo })}`;
  return show(
    'This link does not work',
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">This link does not work</h1>
        <p class="govuk-body">
          It has been used already, or it is more than {LINK_MINUTES} minutes old. Nothing that you saved is
          lost.
        </p>
        {isSignedIn && (
          <p class="govuk-body">
            You are signed in in this browser:{' '}
            <a class="govuk-link" href={returnTo ?? REFER_HOME}>
              go on
            </a>
            .
          </p>
        )}
        <Button href={`${REFER_START}${again}`}>Get a new link</Button>
      </div>
    </div>,
    { status: 410 },
  );
}
