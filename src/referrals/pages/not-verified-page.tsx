import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { giveUpVerifying } from '../deciding-commands.ts';
import { lookAtReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';

const MOST_WHY = 1000;
const TITLE = 'The referrer could not be verified';

/** Records that nobody could find out who the referrer is, so that the decision they cannot read waits for nobody. */
export const notVerifiedPage = page({
  path: '/referrals/:referral/not-verified',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    why: text({
      called: 'What you tried',
      most: MOST_WHY,
      needed: 'Enter whom you asked, when, and what came of it',
      lines: 'many',
    }),
  }),
  async get({ tx, params, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral?.referrer) return missing();
    const typed = entry();
    return show(
      TITLE,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={TITLE} referral={referral} now={service.clock.now()} />
        <p class="govuk-body">
          The decision stays on the list of referrers to verify until one of you says here that it cannot be
          done. The referrer then goes on reading only that the referral was received. You can still verify
          them later: they read the decision from then on.
        </p>
        <Form autosave>
          <LongTextQuestion
            name="why"
            label="What did you try?"
            hint="Whom you asked at the agency, when, and what came of it. The referrer is not told this"
            entry={typed}
            most={MOST_WHY}
          />
          <Button>Record that they could not be verified</Button>
        </Form>
      </>,
      { backTo: referralAddress(referral.id) },
    );
  },
  async post({ tx, asker, service, params }, { why }) {
    const done = await giveUpVerifying(tx, { asker, clock: service.clock }, params.referral, why);
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'why', message: done.why });
    return redirect(referralAddress(params.referral), {
      notice: 'It is recorded that the referrer could not be verified',
    });
  },
});
