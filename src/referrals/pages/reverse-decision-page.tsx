import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { actOnReferral, isStillTheirs } from '../deciding-commands.ts';
import { stageAllows, stageForReferrer } from '../referral.ts';
import { type CoordinatedReferral, lookAtReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading, StageTag } from './referral-heading.tsx';
import { TooLate } from './too-late.tsx';

const MOST_WHY = 1000;

/** Takes a decision back: the referral waits for one again, and what was decided stays in the timeline. */
export const reverseDecisionPage = page({
  path: '/referrals/:referral/reverse-decision',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    version: z.coerce.number().int().catch(0),
    why: text({
      called: 'Why you take it back',
      most: MOST_WHY,
      needed: 'Enter why the decision is taken back',
      lines: 'many',
    }),
  }),
  async get({ tx, params, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const typed = entry();
    const now = service.clock.now();
    const isAllowed = stageAllows(referral.state.stage, 'decision-reversed');
    const title = isAllowed ? 'Take the decision back' : 'This decision cannot be taken back now';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        <p class="govuk-body">
          <StageTag stage={referral.state.stage} />
        </p>
        {isAllowed ? (
          <>
            <WhatFollows referral={referral} />
            <Form autosave>
              <input type="hidden" name="version" value={referral.version} />
              <LongTextQuestion
                name="why"
                label="Why is it taken back?"
                hint="For the timeline. The referrer is not told this"
                entry={typed}
                most={MOST_WHY}
              />
              <Button>Take the decision back</Button>
            </Form>
          </>
        ) : (
          <>
            {referral.state.stage === 'allocated' && (
              <p class="govuk-body">
                A provider has the young person. Support that has begun is closed, not taken back.
              </p>
            )}
            <TooLate referral={referral} typed={[['Why it is taken back', typed.value('why')]]} />
          </>
        )}
      </>,
      { backTo: referralAddress(referral.id) },
    );
  },
  async post({ tx, asker, service, params }, { version, why }) {
    const done = await actOnReferral(
      tx,
      { asker, clock: service.clock },
      params.referral,
      { kind: 'decision-reversed', why },
      version,
    );
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'why', message: done.why });
    if (!(await isStillTheirs(tx, params.referral)))
      return redirect('/queue', {
        notice:
          'The decision is taken back. Another borough is responsible for the young person now, and decides the referral',
      });
    return redirect(referralAddress(params.referral), {
      notice: 'The decision is taken back: the referral waits for one again',
    });
  },
});

function WhatFollows({ referral: { state, referrer, episodeId } }: { referral: CoordinatedReferral }) {
  return (
    <>
      <p class="govuk-body">Then:</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>the referral waits for a decision again, and the days to decide it begin again</li>
        {episodeId !== null && (
          <li>
            it leaves the episode of support that it belongs to, which ends if it began with this referral and
            nobody else’s referral belongs to it
          </li>
        )}
        {referrer !== null && (
          <li>
            {referrer.verified === null
              ? 'the referrer goes on reading “Received”: nobody has verified them'
              : `the referrer, who now reads “${stageForReferrer[state.stage]}”, is told that there is news and reads “${stageForReferrer.received}”`}
          </li>
        )}
        <li>what was decided stays in the timeline</li>
      </ul>
    </>
  );
}
