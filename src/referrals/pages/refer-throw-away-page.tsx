import { Form } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { REFER_HOME } from '../refer-addresses.ts';
import { findDraft } from '../referrer-queries.ts';
import { throwAwayDraft } from '../sending-commands.ts';
import { draftParams } from './draft-page.tsx';

/** Asks before a draft is gone for good. */
export const referThrowAwayPage = page({
  path: '/refer/:draft/throw-away',
  for: ['referrer'],
  params: draftParams,
  async get({ tx, service, params }) {
    const draft = await findDraft(tx, service.keyring, params.draft);
    if (!draft || draft.referralId !== null) return missing();
    return show(
      'Throw away this referral?',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Throw away this referral?</h1>
          <p class="govuk-body">
            It has not been sent. Everything you have written in it will be gone, and nobody can get it back.
          </p>
          <Form>
            <div class="govuk-button-group">
              <Button classes="govuk-button--warning" preventDoubleClick>
                Throw it away
              </Button>
              <a class="govuk-link" href={REFER_HOME}>
                Keep it
              </a>
            </div>
          </Form>
        </div>
      </div>,
      { backTo: REFER_HOME },
    );
  },
  async post({ tx, asker, params }) {
    const isGone = await throwAwayDraft(tx, asker, params.draft);
    return isGone ? redirect(REFER_HOME, { notice: 'The referral is thrown away' }) : missing();
  },
});
