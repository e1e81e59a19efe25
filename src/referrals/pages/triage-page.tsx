import { z } from 'zod';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { actOnReferral } from '../deciding-commands.ts';
import { stageAllows } from '../referral.ts';
import { lookAtReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';
import { NotSafe, ReferralHeading } from './referral-heading.tsx';
import { TooLate } from './too-late.tsx';

const MOST_OF_A_NOTE = 2000;

/** Records that somebody has looked at a referral, and whether it can wait its turn. */
export const triagePage = page({
  path: '/referrals/:referral/triage',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    version: z.coerce.number().int().catch(0),
    urgent: choice(['yes', 'no'], 'Choose whether it can wait its turn'),
    note: text({ called: 'What you found', most: MOST_OF_A_NOTE, lines: 'many' }),
  }),
  async get({ tx, params, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const typed = entry();
    const now = service.clock.now();
    const backTo = referralAddress(referral.id);
    if (!stageAllows(referral.state.stage, 'triaged')) {
      const title = 'This referral has been decided';
      return show(
        title,
        <>
          <Faults entry={typed} />
          <ReferralHeading title={title} referral={referral} now={now} />
          <TooLate referral={referral} typed={[['What you found', typed.value('note')]]} />
        </>,
        { backTo },
      );
    }
    const title = 'First look';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        <NotSafe referral={referral} />
        <p class="govuk-body">
          Read the answers first. What somebody must do at once, such as calling 999 or the children’s social
          care team, comes before this.
        </p>
        <Form autosave>
          <input type="hidden" name="version" value={referral.version} />
          <ChoiceQuestion
            name="urgent"
            label="Can it wait its turn?"
            entry={typed}
            options={[
              { value: 'no', text: 'Yes, it can wait its turn' },
              {
                value: 'yes',
                text: 'No, it cannot wait',
                hint: 'It stands before the others in the queue until it is decided',
              },
            ]}
          />
          <LongTextQuestion
            name="note"
            label="What you found, and what comes next (optional)"
            hint="Colleagues and the borough’s contact read this. The referrer does not"
            entry={typed}
            most={MOST_OF_A_NOTE}
          />
          <Button>Record the first look</Button>
        </Form>
      </>,
      { backTo },
    );
  },
  async post({ tx, asker, service, params }, { version, urgent, note }) {
    const done = await actOnReferral(
      tx,
      { asker, clock: service.clock },
      params.referral,
      { kind: 'triaged', urgent: urgent === 'yes', note },
      version,
    );
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'note', message: done.why });
    return redirect(referralAddress(params.referral), { notice: 'The first look is recorded' });
  },
});
