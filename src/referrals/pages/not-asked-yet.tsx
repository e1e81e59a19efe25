import { londonDate } from '../../platform/clock/london-time.ts';
import { Details } from '../../platform/govuk/index.ts';
import { notAskedYet } from '../not-asked-yet.ts';
import type { CoordinatedReferral } from '../referral-queries.ts';

interface Props {
  referral: CoordinatedReferral;
  now: Date;
}

/** What a referral for support asks and this one, sent as intelligence, did not; and the way to ask it. */
export function NotAskedYet({ referral, now }: Props) {
  const questions = notAskedYet(referral.answers, londonDate(now));
  if (questions.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Not asked yet</h2>
      <p class="govuk-body">
        The referrer was not asked these, because intelligence does not depend on them. Nobody may take an
        answer for granted: whether the young person agrees to support, and how they can safely be reached,
        must be asked before anybody makes contact.{' '}
        <a class="govuk-link" href={`/referrals/${referral.id}/ask?kind=information`}>
          Ask the referrer
        </a>
      </p>
      <Details summaryText={`The questions (${questions.length})`}>
        <ul class="govuk-list govuk-list--bullet">
          {questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </Details>
    </>
  );
}
