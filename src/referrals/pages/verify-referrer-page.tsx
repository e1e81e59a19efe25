import { z } from 'zod';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { agencyKinds, codesOf, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { verifyReferrer, waysToVerify } from '../deciding-commands.ts';
import { lookAtReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';

/** Records that the referrer's agency, asked through the contact it publishes, knows them. */
export const verifyReferrerPage = page({
  path: '/referrals/:referral/verify-referrer',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    how: choice(codesOf(waysToVerify), 'Choose how you asked the agency'),
    contact: text({
      called: 'The number or address',
      most: 200,
      needed: 'Enter the published number or address you used',
    }),
    confirmedBy: text({
      called: 'Who confirmed it',
      most: 200,
      needed: 'Enter who at the agency confirmed it',
    }),
  }),
  async get({ tx, params, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    const referrer = referral?.referrer;
    if (!referral || !referrer) return missing();
    const typed = entry();
    return show(
      'Verify the referrer',
      <>
        <Faults entry={typed} />
        <ReferralHeading title="Verify the referrer" referral={referral} now={service.clock.now()} />
        <p class="govuk-body">
          Ask the agency whether this person works there. Use a number or an address that the agency itself
          has published, never one that came with the referral.
        </p>
        <InsetText>
          <bdi>{referrer.name}</bdi>, {referrer.email}
          <br />
          <bdi>{referral.agencyName}</bdi> ({wordFor(agencyKinds, referral.agencyKind)})
        </InsetText>
        <Form>
          <ChoiceQuestion
            name="how"
            label="How did you ask the agency?"
            entry={typed}
            options={optionsOf(waysToVerify)}
          />
          <TextQuestion
            name="contact"
            label="The published number or address you used"
            hint="And where it is published, such as the agency’s website"
            entry={typed}
          />
          <TextQuestion
            name="confirmedBy"
            label="Who confirmed it?"
            hint="Their name or post, such as the duty manager"
            entry={typed}
          />
          <Button>Record that the referrer is verified</Button>
        </Form>
      </>,
      { backTo: referralAddress(referral.id) },
    );
  },
  async post({ tx, asker, service, params }, form) {
    const done = await verifyReferrer(tx, { asker, clock: service.clock }, params.referral, form);
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'how', message: done.why });
    return redirect(referralAddress(params.referral), { notice: 'The referrer is verified' });
  },
});
