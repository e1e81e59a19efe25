import { ageInWords, fullName } from '../../people/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { Tag } from '../../platform/govuk/index.ts';
import type { CoordinatedReferral } from '../coordinator-queries.ts';
import { type Stage, stageInWords } from '../referral.ts';

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
    </>
  );
}

const colours: Record<Stage, string> = {
  received: 'govuk-tag--yellow',
  accepted: 'govuk-tag--blue',
  allocated: 'govuk-tag--green',
  declined: 'govuk-tag--grey',
  signposted: 'govuk-tag--grey',
  'intelligence-only': 'govuk-tag--purple',
};

/** Where a referral stands. */
export function StageTag({ stage }: { stage: Stage }) {
  return <Tag classes={colours[stage]}>{stageInWords[stage]}</Tag>;
}
