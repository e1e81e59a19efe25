import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Details, InsetText, WarningText } from '../../platform/govuk/index.ts';
import { openPage, redirect, show } from '../../platform/http/page.ts';
import { REFER_HOME } from '../refer-addresses.ts';
import { areasOffered } from '../referrer-queries.ts';
import { LINK_MINUTES, referrerPath, sendReferrerLink } from '../referrer-sign-in.ts';
import { referCheckEmailPage } from './refer-check-email-page.tsx';

/** A shape that an address can have; whether it has a reader, the link in the email proves. */
const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/;

const linkForm = z.object({
  name: text({ called: 'Your full name', most: 100, needed: 'Enter your full name' }),
  email: text({ called: 'Your work email address', most: 254 }).refine((typed) => ADDRESS.test(typed), {
    error: 'Enter an email address in the right form, like name@example.gov.uk',
  }),
});

/** Before anything else: what to do now if somebody is in danger, and what this service is and is not. */
export const referStartPage = openPage({
  path: '/refer/start',
  for: 'everybody',
  query: z.object({ return: z.string().optional() }),
  form: linkForm,
  async get({ tx, asker, entry, query }) {
    const typed = entry();
    const councils = (await areasOffered(tx)).filter(({ kind }) => kind === 'borough');
    return show(
      'Refer a young person',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">Refer a young person</h1>
          <WarningText>
            If a young person is in immediate danger call{' '}
            <a class="govuk-link" href="tel:999">
              999
            </a>{' '}
            now. Do not wait for this service: nobody reads referrals through the night.
          </WarningText>
          <p class="govuk-body">
            If they are missing, tell the police on{' '}
            <a class="govuk-link" href="tel:101">
              101
            </a>
            , or 999 if they are at risk. You do not have to wait 24 hours.{' '}
            <a class="govuk-link" href="/help">
              More about what to do now
            </a>
          </p>
          {query.return !== undefined && (
            <InsetText>
              You have been signed out, or have not signed in yet. Ask for a link to go on. What you had saved
              is still there, and so is what you were typing.
            </InsetText>
          )}
          <h2 class="govuk-heading-m">Who the service is for</h2>
          <p class="govuk-body">
            Young people up to 25 for whom one of the councils of this service is responsible, or who live
            with one of them, and for whom one or more of these is known or suspected:
          </p>
          <ul class="govuk-list govuk-list--bullet">
            <li>they are being used by people who run a county line</li>
            <li>they are close to people involved in a county line, or are being pressed to join in</li>
            <li>they are sexually exploited, harmed or controlled by people in a county line or gang</li>
            <li>they go missing, and it may be because of any of these</li>
          </ul>
          <Details summaryText="The councils of this service">
            <ul class="govuk-list">
              {councils.map(({ code, name }) => (
                <li key={code}>{name}</li>
              ))}
            </ul>
          </Details>
          <p class="govuk-body">
            If you are not sure, refer them. A coordinator reads every referral; if this is not the right
            service they look for one that is, and tell you.
          </p>
          <h2 class="govuk-heading-m">What a referral here does not replace</h2>
          <ul class="govuk-list govuk-list--bullet">
            <li>
              Telling children's social care. If a child may be harmed, tell the council where the child lives
              first, whether or not you refer them here.
            </li>
            <li>
              The National Referral Mechanism (NRM). Every child who may be a victim of modern slavery must be
              referred to it, and an adult who agrees. Only a first responder, such as a council or the
              police, can do that.
            </li>
          </ul>
          <h2 class="govuk-heading-m">Get a link to your referral</h2>
          {asker?.role === 'referrer' ? (
            <p class="govuk-body">
              You are signed in.{' '}
              <a class="govuk-link" href={REFER_HOME}>
                Go to your referrals
              </a>
            </p>
          ) : (
            <p class="govuk-body">
              You need no account and no password. We send a link that works once, for {LINK_MINUTES} minutes.
              A referral takes 10 minutes, or longer if you know more; you can stop and come back to it for 14
              days.
            </p>
          )}
          <Form>
            <TextQuestion name="name" label="Your full name" entry={typed} autocomplete="name" />
            <TextQuestion
              name="email"
              type="email"
              label="Your work email address"
              hint="We may check with your agency that you work there. If you are the young person, or family, use your own address."
              entry={typed}
              autocomplete="email"
            />
            <Button preventDoubleClick>Send me a link</Button>
          </Form>
        </div>
      </div>,
    );
  },
  async post({ tx, service, visitor, query }, { name, email }) {
    const sent = await sendReferrerLink(tx, service.keyring, {
      email,
      name,
      from: visitor.address,
      returnTo: query.return,
    });
    if (sent === 'too-many')
      return show('You have asked for several links', <TooManyLinks />, { status: 429 });
    return redirect(referCheckEmailPage.url({}, { return: referrerPath(query.return) }));
  },
});

function TooManyLinks() {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">You have asked for several links</h1>
        <p class="govuk-body">
          Use the newest one that we sent. If it does not come, look in your spam or junk folder, and try
          again in an hour.
        </p>
        <p class="govuk-body">
          If a young person is in immediate danger, do not wait: call{' '}
          <a class="govuk-link" href="tel:999">
            999
          </a>
          .
        </p>
      </div>
    </div>
  );
}
