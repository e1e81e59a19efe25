import { formatLondon } from '../../platform/clock/london-time.ts';
import { SummaryList } from '../../platform/govuk/index.ts';
import { lastStep } from '../deciding-commands.ts';
import { actionInWords } from '../referral.ts';
import type { CoordinatedReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';

interface Props {
  referral: CoordinatedReferral;
  /** What the one who came too late had typed, by question: shown, so that nothing is lost. */
  typed: readonly (readonly [question: string, answer: string])[];
}

/** Says who brought the referral to where it stands, to somebody who wanted to do something else with it. */
export function TooLate({ referral, typed }: Props) {
  const step = lastStep(referral.actions);
  return (
    <>
      {step && (
        <p class="govuk-body">
          {actionInWords[step.action.kind]}, by <bdi>{step.by}</bdi> on {formatLondon(step.at)}.
        </p>
      )}
      <WhatWasTyped typed={typed} />
      <p class="govuk-body">
        <a class="govuk-link" href={referralAddress(referral.id)}>
          Go to the referral
        </a>
      </p>
    </>
  );
}

/** What somebody typed who cannot record it now. */
export function WhatWasTyped({ typed }: Pick<Props, 'typed'>) {
  const written = typed.filter(([, answer]) => answer !== '');
  if (written.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">What you were about to record</h2>
      <p class="govuk-body">It is not recorded. Copy what you need.</p>
      <SummaryList
        rows={written.map(([question, answer]) => ({
          key: { text: question },
          value: {
            text: (
              <div class="hw-text" dir="auto">
                {answer}
              </div>
            ),
          },
        }))}
      />
    </>
  );
}
