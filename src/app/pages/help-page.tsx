import { openPage, show } from '../../platform/http/page.ts';
import { findServiceDetails, type ServiceDetails } from '../../setting-up/index.ts';

/** What to do now, for somebody who is worried about a young person tonight. */
export const helpPage = openPage({
  path: '/help',
  for: 'everybody',
  async get({ tx }) {
    const service = await findServiceDetails(tx);
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
            Modern Slavery and Exploitation Helpline: <Telephone number="0800 012 1700" />
          </li>
          <li>
            Childline, for anybody under 19: <Telephone number="0800 1111" />
          </li>
        </ul>
        <ReachService service={service} />
      </>,
    );
  },
});

/** How the service itself is reached, as far as somebody has said. */
function ReachService({ service }: { service: ServiceDetails }) {
  const { serviceName, telephone, email, hours, postalAddress } = service;
  if (telephone === '' && email === '' && postalAddress === '') return null;
  return (
    <>
      <h2 class="govuk-heading-m">
        To reach <bdi>{serviceName}</bdi>
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {telephone !== '' && (
          <li>
            Telephone: <Telephone number={telephone} />
          </li>
        )}
        {hours !== '' && <li dir="auto">{hours}</li>}
        {email !== '' && (
          <li>
            Email:{' '}
            <a class="govuk-link" href={`mailto:${email}`}>
              {email}
            </a>
          </li>
        )}
        {postalAddress !== '' && (
          <li class="hw-note__text" dir="auto">
            {postalAddress}
          </li>
        )}
      </ul>
      <p class="govuk-body">Nobody there can help in an emergency: call 999.</p>
    </>
  );
}

/** A number to call, kept on one line. */
function Telephone({ number }: { number: string }) {
  return (
    <a class="govuk-link" href={`tel:${number.replace(/[^+\d]/g, '')}`}>
      {number.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011')}
    </a>
  );
}
