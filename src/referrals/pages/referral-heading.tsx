import { ageInWords, DeathNotice, fullName } from '../../people/index.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { Tag, WarningText } from '../../platform/govuk/index.ts';
import type { Stage } from '../referral.ts';
import type { CoordinatedReferral } from '../referral-queries.ts';

interface Props {
  title: string;
  referral: CoordinatedReferral;
  now: Date;
}

/** The heading of a page about one referral: what it is for, and above it whom the referral is about. */
export function ReferralHeading({ title, referral, now }: Props) {
  const age = ageInWords(referral, londonDate(now));
  return (
    <>
      <p class="govuk-caption-l">
        <bdi>{fullName(referral)}</bdi>
        {age !== 'Not known' && `, ${age}`}, {referral.areaName}
      </p>
      <h1 class="govuk-heading-l">{title}</h1>
      <DeathNotice person={{ diedOn: referral.personDiedOn }} />
    </>
  );
}

/** A stage as a tag has room for it. */
const tags: Record<Stage, { words: string; colour: string }> = {
  received: { words: 'To be decided', colour: 'govuk-tag--yellow' },
  accepted: { words: 'To be allocated', colour: 'govuk-tag--blue' },
  allocated: { words: 'Allocated', colour: 'govuk-tag--green' },
  declined: { words: 'Declined', colour: 'govuk-tag--grey' },
  signposted: { words: 'Signposted', colour: 'govuk-tag--grey' },
  'intelligence-only': { words: 'Intelligence', colour: 'govuk-tag--purple' },
  withdrawn: { words: 'Withdrawn', colour: 'govuk-tag--grey' },
  closed: { words: 'Closed', colour: 'govuk-tag--grey' },
};

/** Where a referral stands. */
export function StageTag({ stage }: { stage: Stage }) {
  return <Tag classes={tags[stage].colour}>{tags[stage].words}</Tag>;
}

/** Says before all else that a referral which still waits told of a young person who was not safe. */
export function NotSafe({ referral }: { referral: CoordinatedReferral }) {
  const isOpen = referral.state.stage === 'received' || referral.state.stage === 'accepted';
  const isNotSafe = referral.answers.some(({ key, value }) => key === 'safeNow' && value === 'no');
  if (!isOpen || !isNotSafe) return null;
  return (
    <WarningText>
      The referrer said on {formatLondon(referral.receivedAt)} that the young person was not safe. If they are
      in danger now, call{' '}
      <a class="govuk-link" href="tel:999">
        999
      </a>
      .
    </WarningText>
  );
}
