import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { InsetText, Panel } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { REFER_HOME } from '../refer-addresses.ts';
import { stageForReferrer } from '../referral.ts';
import { findSentReferral } from '../referrer-queries.ts';
import { TypedText } from './typed-text.tsx';

/** A sent referral as its referrer sees it: its reference, where it stands, and what happens next. No answer is shown. */
export const referSentPage = page({
  path: '/refer/sent/:referral',
  for: ['referrer'],
  params: z.object({ referral: z.uuid() }),
  async get({ tx, params }) {
    const sent = await findSentReferral(tx, params.referral);
    if (!sent) return missing();
    await recordLook(tx, {
      action: 'view-sent-referral',
      subject: { kind: 'referral', id: sent.id },
      personId: null,
    });
    const receivedOn = londonDate(sent.receivedAt);
    const decidedBy = dueOn(receivedOn, (await thresholdsOn(tx, receivedOn)).decision);
    return show(
      'Referral sent',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Panel titleText="Referral sent">
            Its reference
            <br />
            <strong class="hw-reference">{sent.reference}</strong>
          </Panel>
          <p class="govuk-body">
            You sent it on {formatLondon(sent.receivedAt)}. Write the reference down, and on your copy if you
            made one: it is how we and you can speak about it without a name.
          </p>
          <h2 class="govuk-heading-m">Where it stands</h2>
          <p class="govuk-body">{stageForReferrer[sent.stage]}</p>
          {sent.words !== '' && (
            <InsetText>
              <TypedText>{sent.words}</TypedText>
            </InsetText>
          )}
          <h2 class="govuk-heading-m">What happens next</h2>
          <ul class="govuk-list govuk-list--bullet">
            <li>The contact at the council you chose, if there is one, has been told that it came.</li>
            <li>
              A coordinator reads it, and may ring your agency's published number to check who you are. Until
              then it reads “{stageForReferrer.received}” here.
            </li>
            <li>We aim to decide by {formatDate(decidedBy)}. You can see here what was decided, not why.</li>
          </ul>
          <p class="govuk-body">
            If something changes, or you find that something you sent is wrong, send another referral and say
            so in it. If somebody is in danger, call{' '}
            <a class="govuk-link" href="tel:999">
              999
            </a>
            .
          </p>
          <h2 class="govuk-heading-m">Your answers are not shown again</h2>
          <p class="govuk-body">
            They could be printed before they were sent. They are not shown now, so that nobody else who opens
            your email can read about the young person.
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={REFER_HOME}>
              See all your referrals
            </a>
          </p>
        </div>
      </div>,
      { backTo: REFER_HOME },
    );
  },
});
