import { boroughsWithoutContact } from '../../organisations/index.ts';
import { WarningText } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';

const MOST_COUNTED = 100;

const parts = [
  {
    href: '/set-up/service',
    text: 'The service',
    about: 'What it is called, how it is reached, and who answers for it.',
  },
  { href: '/set-up/areas', text: 'Patches and areas', about: 'Where the service works.' },
  {
    href: '/set-up/places',
    text: 'Places',
    about: 'Editions of wards, police forces, deprivation and population that figures are made with.',
  },
  {
    href: '/set-up/figures',
    text: 'Figures',
    about: 'How small published numbers are protected, and how maps are classed.',
  },
  { href: '/partners', text: 'Partners', about: 'Providers, councils and police, and who speaks for each.' },
  { href: '/teams', text: 'Teams', about: 'Whom each team of a provider works with.' },
  { href: '/accounts', text: 'Accounts', about: 'The people who work with the service, and their roles.' },
  { href: '/boroughs', text: 'Borough contacts', about: 'Who is told of the referrals of each borough.' },
  { href: '/set-up/thresholds', text: 'Thresholds', about: 'How long things may take, from which day on.' },
  { href: '/set-up/reasons', text: 'Reasons', about: 'What people choose from.' },
  { href: '/allocation-rules', text: 'Suggestions', about: 'By which rules teams are suggested.' },
  { href: '/set-up/messages', text: 'Messages', about: 'The words of the emails that are sent.' },
  {
    href: '/set-up/changes',
    text: 'What was changed',
    about: 'Who set what up, when, and what it was before.',
  },
];

/** Where an administrator sets a service up, in the order in which a new one needs it. */
export const setUpPage = page({
  path: '/set-up',
  for: ['administrator'],

  async get({ tx }) {
    const alone = (await boroughsWithoutContact(tx, MOST_COUNTED)).length;
    return show(
      'Set-up',
      <>
        <h1 class="govuk-heading-l">Set-up</h1>
        {alone > 0 && (
          <WarningText>
            <a class="govuk-link" href="/boroughs-without-contact">
              {alone === 1
                ? '1 borough has'
                : `${alone === MOST_COUNTED ? `${alone} or more` : alone} boroughs have`}{' '}
              nobody who is told of referrals
            </a>
          </WarningText>
        )}
        <p class="govuk-body">For a new service, go through these from the top.</p>
        <dl class="govuk-summary-list">
          {parts.map(({ href, text, about }) => (
            <div key={href} class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">
                <a class="govuk-link" href={href}>
                  {text}
                </a>
              </dt>
              <dd class="govuk-summary-list__value">{about}</dd>
            </div>
          ))}
        </dl>
      </>,
    );
  },
});
