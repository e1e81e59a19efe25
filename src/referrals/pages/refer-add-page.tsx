import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { addToReferral, MOST_OF_AN_ADDITION } from '../adding-commands.ts';
import { addFileAddress, sentAddress } from '../refer-addresses.ts';
import { findSentReferral } from '../referrer-queries.ts';

/** Something that the referrer learned, or got wrong, after they sent a referral. */
export const referAddPage = page({
  path: '/refer/sent/:referral/add',
  for: ['referrer'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    words: text({
      called: 'What you want to add',
      most: MOST_OF_AN_ADDITION,
      needed: 'Enter what you want to add',
      lines: 'many',
    }),
  }),
  async get({ tx, params, entry }) {
    const sent = await findSentReferral(tx, params.referral);
    if (!sent) return missing();
    const typed = entry();
    return show(
      'Add information',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <p class="govuk-caption-l">
            Referral <span class="hw-reference">{sent.reference}</span>
          </p>
          <h1 class="govuk-heading-l">Add information</h1>
          <p class="govuk-body">
            Nobody watches this day and night. If somebody is in danger, call{' '}
            <a class="govuk-link" href="tel:999">
              999
            </a>
            .
          </p>
          <Form autosave>
            <LongTextQuestion
              name="words"
              label="What do you want to add or put right?"
              hint="A coordinator is told that you added something. Once it is sent, it is not shown here again"
              entry={typed}
              most={MOST_OF_AN_ADDITION}
              rows={8}
            />
            <Button preventDoubleClick>Send it</Button>
          </Form>
          <p class="govuk-body">
            <a class="govuk-link" href={addFileAddress(sent.id)}>
              Add a file instead
            </a>
          </p>
        </div>
      </div>,
      { backTo: sentAddress(sent.id) },
    );
  },
  async post({ tx, service, params }, { words }): Promise<Answer> {
    switch (await addToReferral(tx, service.clock, params.referral, words)) {
      case 'done':
        return redirect(sentAddress(params.referral), { notice: 'What you added is sent' });
      case 'missing':
        return missing();
      case 'too-many':
        return refuse({ field: 'words', message: TOO_OFTEN });
    }
  },
});

export const TOO_OFTEN =
  'You have added much to referrals in the last hour. Wait an hour, and if somebody is in danger call 999';
