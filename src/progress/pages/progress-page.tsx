import { z } from 'zod';
import {
  AboutPerson,
  findPerson,
  mayWriteAbout,
  type PersonSection,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { onwardServices, wordFor, yesNoUnknown } from '../../reference/code-lists.ts';
import { activityInWords, type EtePeriod, neetInWords, neetOn, notEnded } from '../ete.ts';
import type { OnwardReferral } from '../onward-referral.ts';
import { etePeriodsOf, onwardCounts, onwardReferralsOf } from '../progress-queries.ts';
import { progressAddress, rowAddress } from './progress-addresses.ts';

/** Who reads what comes of the work with somebody, and who of them records it. */
export const readersOfProgress = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];
export const recordersOfProgress = ['caseworker', 'provider-manager'] as const satisfies readonly Role[];

/** How many a page shows: more than anybody has. */
const MOST = 100;

/** A young person's education, training and work over time, and the services they were referred on to. */
export const progressPage = page({
  path: '/people/:person/progress',
  for: readersOfProgress,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-progress',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const periods = await etePeriodsOf(tx, person.id, MOST);
    const referrals = await onwardReferralsOf(tx, person.id, MOST);
    const isRecorder = await mayWriteAbout(tx, asker, person.id);
    const ownId = isRecorder ? asker.organisationId : null;
    return show(
      'Progress',
      <>
        <h1 class="govuk-heading-l">Progress</h1>
        <AboutPerson person={person} />
        <h2 class="govuk-heading-m">Education, training and work</h2>
        <p class="govuk-body">
          NEET today: {neetInWords[neetOn(londonDate(service.clock.now()), person.dateOfBirth, periods)]}
        </p>
        {notEnded(periods).map((period) => (
          <WarningText key={period.id} iconFallbackText="Warning">
            They are recorded as in none of these, and as still in “{activityInWords(period)}” since{' '}
            {formatDate(period.fromOn)}. If that has ended, change it below and say when: NEET goes by it.
          </WarningText>
        ))}
        {isRecorder && (
          <Button href={progressAddress(person.id, 'education/new')} classes="govuk-button--secondary">
            Record education, training or work
          </Button>
        )}
        {periods.length === 0 ? (
          <p class="govuk-body">Nothing is recorded yet.</p>
        ) : (
          <ol class="hw-timeline">
            {periods.map((period) => (
              <Period key={period.id} period={period} personId={person.id} ownId={ownId} />
            ))}
          </ol>
        )}
        <h2 class="govuk-heading-m">Referred on to other services</h2>
        {isRecorder && (
          <Button href={progressAddress(person.id, 'onward-referrals/new')} classes="govuk-button--secondary">
            Record a referral on
          </Button>
        )}
        {referrals.length === 0 ? (
          <p class="govuk-body">None are recorded yet.</p>
        ) : (
          <ol class="hw-timeline">
            {referrals.map((referral) => (
              <Onward key={referral.id} referral={referral} personId={person.id} ownId={ownId} />
            ))}
          </ol>
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

interface Belongs {
  personId: string;
  /** Whose rows the reader may change. */
  ownId: string | null;
}

function Period({ period, personId, ownId }: Belongs & { period: EtePeriod }) {
  const { fromOn, untilOn, place, hours, note } = period;
  return (
    <li class="hw-timeline__item">
      <p class="hw-timeline__title">
        {activityInWords(period)}
        {place !== '' && (
          <>
            : <bdi>{place}</bdi>
          </>
        )}
      </p>
      <p class="hw-timeline__meta">
        From {formatDate(fromOn)} {untilOn === null ? 'until now' : `to ${formatDate(untilOn)}`}
        {hours !== null && `, ${hours} ${hours === 1 ? 'hour' : 'hours'} a week`}
      </p>
      {note !== '' && (
        <p class="govuk-body hw-text govuk-!-margin-bottom-1" dir="auto">
          {note}
        </p>
      )}
      {period.organisationId === ownId && (
        <a class="govuk-link" href={rowAddress(personId, 'education', period.id)}>
          Change
          <span class="govuk-visually-hidden">
            {' '}
            {activityInWords(period)} from {formatDate(fromOn)}
          </span>
        </a>
      )}
    </li>
  );
}

function Onward({ referral, personId, ownId }: Belongs & { referral: OnwardReferral }) {
  const called = wordFor(onwardServices, referral.service);
  return (
    <li class="hw-timeline__item">
      <p class="hw-timeline__title">{called}</p>
      <p class="hw-timeline__meta">
        {formatDate(referral.madeOn)}, by <bdi>{referral.organisationName}</bdi>. Engaged:{' '}
        {wordFor(yesNoUnknown, referral.engaged).toLowerCase()}
      </p>
      {referral.note !== '' && (
        <p class="govuk-body hw-text govuk-!-margin-bottom-1" dir="auto">
          {referral.note}
        </p>
      )}
      {referral.organisationId === ownId && (
        <a class="govuk-link" href={rowAddress(personId, 'onward-referrals', referral.id)}>
          Change
          <span class="govuk-visually-hidden">
            {' '}
            {called} of {formatDate(referral.madeOn)}
          </span>
        </a>
      )}
    </li>
  );
}

/** What a young person does now, and how many services they were referred on to, on their page. */
export const progressSection: PersonSection = {
  for: readersOfProgress,
  async show({ tx, service, person }) {
    const today = londonDate(service.clock.now());
    const periods = await etePeriodsOf(tx, person.id, MOST);
    const { made, engaged } = await onwardCounts(tx, person.id);
    const now = periods.filter(({ fromOn, untilOn }) => fromOn <= today && (untilOn ?? today) >= today);
    return (
      <>
        <h2 class="govuk-heading-m">Progress</h2>
        <SummaryList
          rows={[
            {
              key: {
                text: (
                  <a class="govuk-link" href={progressAddress(person.id)}>
                    Education or work
                  </a>
                ),
              },
              value: { text: now.map(activityInWords).join(', ') || 'Not recorded' },
            },
            {
              key: { text: 'NEET' },
              value: { text: neetInWords[neetOn(today, person.dateOfBirth, periods)] },
            },
            {
              key: { text: 'Referred on' },
              value: { text: made === 0 ? 'Not yet' : `To ${made}, engaged with ${engaged}` },
            },
          ]}
        />
      </>
    );
  },
};
