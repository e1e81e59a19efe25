import { openPage, show } from '../../platform/http/page.ts';

/** What to do now, for somebody who is worried about a young person tonight. */
export const helpPage = openPage({
  path: '/help',
  for: 'everybody',
  async get() {
    return show(
      'Help now',
      <>
        <h1 class="govuk-heading-l">Help now</h1>
        <h2 class="govuk-heading-m">Somebody is in danger</h2>
        <p class="govuk-body">
          Call{' '}
          <a class="govuk-link" href="tel:999">
            999
          </a>
          . If it is not safe to speak, call 999 from a mobile, then press 55 when asked.
        </p>
        <h2 class="govuk-heading-m">A young person is missing</h2>
        <p class="govuk-body">
          Report it to the police on{' '}
          <a class="govuk-link" href="tel:101">
            101
          </a>
          , or 999 if they are at risk. You do not have to wait 24 hours.
        </p>
        <h2 class="govuk-heading-m">You think a child is being exploited</h2>
        <p class="govuk-body">
          Tell the children's social care team of the council where the child lives. A referral to this
          service does not replace that.
        </p>
        <h2 class="govuk-heading-m">To talk to somebody</h2>
        <ul class="govuk-list govuk-list--bullet">
          <li>
            Modern Slavery and Exploitation Helpline:{' '}
            <a class="govuk-link" href="tel:08000121700">
              0800 012 1700
            </a>
          </li>
          <li>
            Childline, for anybody under 19:{' '}
            <a class="govuk-link" href="tel:08001111">
              0800 1111
            </a>
          </li>
        </ul>
      </>,
    );
  },
});
