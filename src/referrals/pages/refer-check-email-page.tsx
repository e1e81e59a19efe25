import { z } from 'zod';
import { openPage, show } from '../../platform/http/page.ts';
import { REFER_START } from '../refer-addresses.ts';
import { LINK_MINUTES } from '../referrer-sign-in.ts';

/** The same for every address, so that nobody learns here whose it is. */
export const referCheckEmailPage = openPage({
  path: '/refer/check-email',
  for: 'everybody',
  query: z.object({ return: z.string().optional() }),
  async get({ query }) {
    const again = query.return === undefined ? '' : `?${new URLSearchParams({ return: query.return })}`;
    return show(
      'Check your email',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Check your email</h1>
          <p class="govuk-body">
            We have sent a link to the address you gave. It works once, and for {LINK_MINUTES} minutes.
          </p>
          <p class="govuk-body">Open it on the computer or phone that you want to write the referral on.</p>
          <h2 class="govuk-heading-m">If it does not come</h2>
          <ul class="govuk-list govuk-list--bullet">
            <li>wait a few minutes, and look in your spam or junk folder</li>
            <li>
              <a class="govuk-link" href={`${REFER_START}${again}`}>
                ask for another link
              </a>
              , and check how the address is spelt
            </li>
          </ul>
        </div>
      </div>,
      { backTo: `${REFER_START}${again}` },
    );
  },
});
