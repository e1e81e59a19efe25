import { Button } from '../../platform/govuk/index.ts';
import { openPage, redirect, show } from '../../platform/http/page.ts';
import { navigation } from '../frame.tsx';

/** The way in: people who are signed in go to their work, everybody else chooses what they came for. */
export const homePage = openPage({
  path: '/',
  for: 'everybody',
  async get({ asker }) {
    const first = asker === null ? undefined : navigation[asker.role][0];
    if (first) return redirect(first.href);
    return show(
      'Help for young people exploited through county lines',
      <>
        <h1 class="govuk-heading-l">Help for young people exploited through county lines</h1>
        <p class="govuk-body">
          If a young person is in immediate danger call{' '}
          <a class="govuk-link" href="tel:999">
            999
          </a>{' '}
          now. Do not wait for this service.
        </p>
        <h2 class="govuk-heading-m">Refer a young person</h2>
        <p class="govuk-body">
          For social workers, police, schools, health and anybody else who works with a young person up to 25.
          You need no account: we send a link to your work email address.
        </p>
        <Button href="/refer/start" isStartButton>
          Refer a young person
        </Button>
        <h2 class="govuk-heading-m">Work with the service</h2>
        <p class="govuk-body">
          <a class="govuk-link" href="/sign-in">
            Sign in
          </a>
        </p>
      </>,
    );
  },
});
