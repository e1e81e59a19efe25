import { openPage, show } from '../../platform/http/page.ts';

/** The accessibility statement, in the form that the 2018 regulations ask for. */
export const accessibilityPage = openPage({
  path: '/accessibility',
  for: 'everybody',
  async get() {
    return show(
      'Accessibility statement',
      <>
        <h1 class="govuk-heading-l">Accessibility statement</h1>
        <p class="govuk-body">
          This statement applies to the Homeward service. We want as many people as possible to be able to use
          it. You should be able to:
        </p>
        <ul class="govuk-list govuk-list--bullet">
          <li>zoom in up to 400% without text spilling off the screen</li>
          <li>use every page with a keyboard alone</li>
          <li>use every page with a screen reader</li>
          <li>use every page without JavaScript</li>
        </ul>
        <h2 class="govuk-heading-m">Compliance status</h2>
        <p class="govuk-body">
          The service is built to version 2.2 AA of the Web Content Accessibility Guidelines. Every page is
          checked by machine at every change. It has not yet been tested by people with access needs, and we
          do not claim compliance until it has.
        </p>
        <h2 class="govuk-heading-m">Telling us about a problem</h2>
        <p class="govuk-body">
          Tell the person at the service who gave you your account, or whose name is on the message you had
          from us.
        </p>
        <h2 class="govuk-heading-m">Enforcement procedure</h2>
        <p class="govuk-body">
          The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile
          Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how we answer you,
          contact the Equality Advisory and Support Service.
        </p>
      </>,
    );
  },
});
