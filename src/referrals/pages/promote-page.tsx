import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { actOnReferral, isStillTheirs } from '../deciding-commands.ts';
import { whyNot } from '../referral.ts';
import { lookAtReferral } from '../referral-queries.ts';
import { NotAskedYet } from './not-asked-yet.tsx';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';
import { TooLate } from './too-late.tsx';

const MOST_WHY = 1000;

/** Makes of intelligence a referral for support. Its answers stay as they are: nothing is typed twice. */
export const promotePage = page({
  path: '/referrals/:referral/promote',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    version: z.coerce.number().int().catch(0),
    why: text({
      called: 'Why support is needed',
      most: MOST_WHY,
      needed: 'Enter why support is needed',
      lines: 'many',
    }),
  }),
  async get({ tx, params, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const typed = entry();
    const now = service.clock.now();
    const why = whyNot(referral.state, { kind: 'promoted', why: '' });
    const title =
      why === null ? 'Make it a referral for support' : 'This cannot be made a referral for support';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        {why === null ? (
          <>
            <p class="govuk-body">
              It then waits for a decision as a referral for support does. Everything that was answered stays
              with it, and the reason it may be shared.
            </p>
            <NotAskedYet referral={referral} now={now} />
            <Form autosave>
              <input type="hidden" name="version" value={referral.version} />
              <LongTextQuestion
                name="why"
                label="Why is support needed?"
                hint="The referrer is not told this"
                entry={typed}
                most={MOST_WHY}
              />
              <Button>Make it a referral for support</Button>
            </Form>
          </>
        ) : (
          <>
            <p class="govuk-body">{why}.</p>
            <TooLate referral={referral} typed={[['Why support is needed', typed.value('why')]]} />
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
      { kind: 'promoted', why },
      version,
    );
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'why', message: done.why });
    if (!(await isStillTheirs(tx, params.referral)))
      return redirect('/queue', {
        notice:
          'It is a referral for support now. Another borough is responsible for the young person, and decides it',
      });
    return redirect(referralAddress(params.referral), { notice: 'It is a referral for support now' });
  },
});
