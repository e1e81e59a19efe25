import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { withdrawReferral } from '../adding-commands.ts';
import { ownAdditions } from '../addition-queries.ts';
import { sentAddress } from '../refer-addresses.ts';
import { findSentReferral } from '../referrer-queries.ts';
import { TOO_OFTEN } from './refer-add-page.tsx';

const MOST_OF_WHY = 2000;

/** The referrer takes a sent referral back, and says why. */
export const referWithdrawPage = page({
  path: '/refer/sent/:referral/withdraw',
  for: ['referrer'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    why: text({
      called: 'Why you withdraw it',
      most: MOST_OF_WHY,
      needed: 'Say why you withdraw it',
      lines: 'many',
    }),
  }),
  async get({ tx, params, entry }) {
    const sent = await findSentReferral(tx, params.referral);
    if (!sent) return missing();
    if ((await ownAdditions(tx, sent.id)).some(({ kind }) => kind === 'withdrawal'))
      return redirect(sentAddress(sent.id));
    const typed = entry();
    return show(
      'Withdraw this referral',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <p class="govuk-caption-l">
            Referral <span class="hw-reference">{sent.reference}</span>
          </p>
          <h1 class="govuk-heading-l">Withdraw this referral</h1>
          <p class="govuk-body">
            A coordinator is told that you withdraw it, and why. If work with the young person has begun, they
            decide with them what becomes of it. What you sent is not deleted: it is kept as long as the law
            says.
          </p>
          <p class="govuk-body">If only something in it is wrong or has changed, add information instead.</p>
          <Form autosave>
            <LongTextQuestion
              name="why"
              label="Why do you withdraw it?"
              hint="For example, the young person does not want support now, or has moved away"
              entry={typed}
              most={MOST_OF_WHY}
              rows={5}
            />
            <div class="govuk-button-group">
              <Button classes="govuk-button--warning" preventDoubleClick>
                Withdraw the referral
              </Button>
              <a class="govuk-link" href={sentAddress(sent.id)}>
                Keep it
              </a>
            </div>
          </Form>
        </div>
      </div>,
      { backTo: sentAddress(sent.id) },
    );
  },
  async post({ tx, service, params }, { why }): Promise<Answer> {
    switch (await withdrawReferral(tx, service.clock, params.referral, why)) {
      case 'done':
        return redirect(sentAddress(params.referral), {
          notice: 'We have told the coordinators that you withdraw it',
        });
      case 'again':
        return redirect(sentAddress(params.referral), { notice: 'You had withdrawn it before' });
      case 'missing':
        return missing();
      case 'too-many':
        return refuse({ field: 'why', message: TOO_OFTEN });
    }
  },
});
