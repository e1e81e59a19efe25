import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Button, InsetText, Panel } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { type AdditionKind, type OwnAddition, ownAdditions } from '../addition-queries.ts';
import { addAddress, addFileAddress, REFER_HOME, withdrawAddress } from '../refer-addresses.ts';
import { stageForReferrer } from '../referral.ts';
import { findSentReferral, type SentReferral } from '../referrer-queries.ts';
import type { ReferrerSection } from '../referrer-section.tsx';
import { TypedText } from './typed-text.tsx';

/**
 * A sent referral as its referrer sees it: its reference, where it stands, what they may be told of what became of it,
 * what they are asked, and what they can still do. No answer is shown, nor what they added.
 */
export const referSentPage = (sections: readonly ReferrerSection[]) =>
  page({
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
      const additions = await ownAdditions(tx, sent.id);
      const withdrawal = additions.find(({ kind }) => kind === 'withdrawal');
      const shown = [];
      for (const section of sections) shown.push(await section.show({ tx, referralId: sent.id }));
      const isAgain = sent.stage === 'received' && sent.takenBackAt !== null;
      const isNew = sent.stage === 'received' && !isAgain && !withdrawal;
      const receivedOn = londonDate(sent.receivedAt);
      const decidedBy = dueOn(receivedOn, (await thresholdsOn(tx, receivedOn)).decision);
      const title = isNew ? 'Referral sent' : 'Your referral';
      return show(
        title,
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            {isNew ? (
              <Panel titleText={title}>
                Its reference
                <br />
                <strong class="hw-reference">{sent.reference}</strong>
              </Panel>
            ) : (
              <>
                <p class="govuk-caption-l hw-reference">{sent.reference}</p>
                <h1 class="govuk-heading-l">{title}</h1>
              </>
            )}
            <p class="govuk-body">
              You sent it on {formatLondon(sent.receivedAt)}. Write the reference down, and on your copy if
              you made one: it is how we and you can speak about it without a name.
            </p>
            {shown}
            <h2 class="govuk-heading-m">Where it stands</h2>
            <p class="govuk-body">{stageForReferrer[sent.stage]}</p>
            {isAgain && sent.takenBackAt !== null && (
              <InsetText>
                What we told you before no longer holds. We took that decision back on{' '}
                {formatLondon(sent.takenBackAt)}, and a coordinator is looking at your referral again. You
                will get an email when there is news.
              </InsetText>
            )}
            {withdrawal && sent.stage !== 'withdrawn' && (
              <p class="govuk-body">
                You withdrew it on {formatLondon(withdrawal.addedAt)}. The coordinators have been told.
              </p>
            )}
            {sent.words !== '' && (
              <InsetText>
                <TypedText>{sent.words}</TypedText>
              </InsetText>
            )}
            {isNew && <WhatHappensNext decidedBy={decidedBy} />}
            {sent.stage !== 'received' && <WhatIsTold />}
            <WhatYouCanDo sent={sent} mayWithdraw={withdrawal === undefined} />
            <WhatYouAdded additions={additions} />
            <h2 class="govuk-heading-m">Your answers are not shown again</h2>
            <p class="govuk-body">
              They could be printed before they were sent. They are not shown now, so that nobody else who
              opens your email can read about the young person.
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

function WhatHappensNext({ decidedBy }: { decidedBy: PlainDate }) {
  return (
    <>
      <h2 class="govuk-heading-m">What happens next</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>The contact at the council you chose, if there is one, has been told that it came.</li>
        <li>
          A coordinator reads it, and may call your agency's published number to check who you are. Until then
          it reads “{stageForReferrer.received}” here.
        </li>
        <li>We aim to decide by {formatDate(decidedBy)}. You can see here what was decided, not why.</li>
      </ul>
    </>
  );
}

/** How much of what became of it is told to whoever referred, and why not more. */
function WhatIsTold() {
  return (
    <p class="govuk-body">
      We tell you what was decided and, once support has ended, that it has. What is said and done in between
      belongs to the young person: their worker can tell you more if the young person agrees.
    </p>
  );
}

function WhatYouCanDo({ sent, mayWithdraw }: { sent: SentReferral; mayWithdraw: boolean }) {
  return (
    <>
      <h2 class="govuk-heading-m">If something changes</h2>
      <p class="govuk-body">
        Add what you learn, or put right what you sent. If somebody is in danger, call{' '}
        <a class="govuk-link" href="tel:999">
          999
        </a>
        .
      </p>
      <div class="govuk-button-group">
        <Button href={addAddress(sent.id)} classes="govuk-button--secondary">
          Add information
        </Button>
        <Button href={addFileAddress(sent.id)} classes="govuk-button--secondary">
          Add a file
        </Button>
        {mayWithdraw && (
          <a class="govuk-link" href={withdrawAddress(sent.id)}>
            Withdraw this referral
          </a>
        )}
      </div>
    </>
  );
}

const addedInWords: Record<AdditionKind, string> = {
  information: 'Information',
  file: 'A file',
  withdrawal: 'That you withdraw it',
};

function WhatYouAdded({ additions }: { additions: readonly OwnAddition[] }) {
  if (additions.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">What you added</h2>
      <ul class="govuk-list govuk-list--bullet">
        {additions.map(({ id, kind, addedAt }) => (
          <li key={id}>
            {addedInWords[kind]}, on {formatLondon(addedAt)}
          </li>
        ))}
      </ul>
    </>
  );
}
