import { z } from 'zod';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button, InsetText, Pagination, SummaryList } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { checkAddress, partAddress, REFER_HOME, sentAddress } from '../refer-addresses.ts';
import { stageForReferrer } from '../referral.ts';
import { referredPerson } from '../referral-answers.ts';
import { answersSoFar, firstNotSaved } from '../referral-draft.ts';
import { FIRST_PART } from '../referral-form.ts';
import { kindsOfReferral } from '../referral-form-beginning.ts';
import {
  type Draft,
  draftsInHand,
  MOST_DRAFTS,
  type SentReferral,
  sentReferrals,
} from '../referrer-queries.ts';
import type { ReferrerSection } from '../referrer-section.tsx';
import { startDraft } from '../sending-commands.ts';
import { ReferredName } from './typed-text.tsx';

const tooManyDrafts: Fault = {
  field: 'drafts',
  message: `You have ${MOST_DRAFTS} referrals that are not sent, which is as many as you can have: send one or throw one away`,
};

/** A referrer's own referrals: what they are asked, those being written, and where those that were sent stand. */
export const referHomePage = (sections: readonly ReferrerSection[]) =>
  page({
    path: '/refer',
    for: ['referrer'],
    query: z.object({ before: z.uuid().optional() }),
    async get({ tx, service, query, entry }) {
      const typed = entry();
      const drafts = await draftsInHand(tx, service.keyring);
      const sent = await sentReferrals(tx, query.before);
      const last = sent.referrals.at(-1);
      const shown = [];
      for (const section of sections) shown.push(await section.show({ tx }));
      const today = londonDate(service.clock.now());
      return show(
        'Your referrals',
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <Faults entry={typed} />
            <h1 class="govuk-heading-l">Your referrals</h1>
            <Form>
              <Button preventDoubleClick>Start a new referral</Button>
            </Form>
            {shown}
            <h2 class="govuk-heading-m" id="drafts">
              Not sent yet
            </h2>
            {drafts.length === 0 ? (
              <p class="govuk-body">You have no referral that is not sent.</p>
            ) : (
              <SummaryList
                rows={drafts.map((draft) => ({
                  key: { text: <DraftName draft={draft} today={today} /> },
                  value: {
                    text: (
                      <>
                        Saved {formatLondon(draft.savedAt)}
                        <br />
                        Kept until {formatLondon(draft.expiresAt)}
                      </>
                    ),
                  },
                  actions: {
                    items: [
                      {
                        text: 'Go on',
                        href: whereToGoOn(draft, today),
                        visuallyHiddenText: `with the referral saved ${formatLondon(draft.savedAt)}`,
                      },
                      {
                        text: 'Throw away',
                        href: `/refer/${draft.id}/throw-away`,
                        visuallyHiddenText: `the referral saved ${formatLondon(draft.savedAt)}`,
                      },
                    ],
                  },
                }))}
              />
            )}
            <h2 class="govuk-heading-m">Sent</h2>
            {sent.referrals.length === 0 ? (
              <p class="govuk-body">
                You have sent no referral{query.before === undefined ? '' : ' before these'}.
              </p>
            ) : (
              <>
                <InsetText>
                  We show where a referral stands, not what you wrote in it. Until we have checked with your
                  agency who you are, every referral reads “{stageForReferrer.received}”.
                </InsetText>
                <SummaryList rows={sent.referrals.map(sentRow)} />
              </>
            )}
            {sent.older && last && (
              <Pagination next={{ text: 'Older referrals', href: `${REFER_HOME}?before=${last.id}` }} />
            )}
            {query.before !== undefined && (
              <p class="govuk-body">
                <a class="govuk-link" href={REFER_HOME}>
                  Newest referrals
                </a>
              </p>
            )}
          </div>
        </div>,
      );
    },
    async post({ tx, service, asker }) {
      const draftId = await startDraft(tx, service.keyring, asker);
      return draftId === null ? refuse(tooManyDrafts) : redirect(partAddress(draftId, FIRST_PART));
    },
  });

function whereToGoOn(draft: Draft, today: PlainDate): string {
  const next = firstNotSaved(draft.content, answersSoFar(draft.content, today));
  return next === null ? checkAddress(draft.id) : partAddress(draft.id, next.name);
}

function DraftName({ draft, today }: { draft: Draft; today: PlainDate }) {
  const they = referredPerson(answersSoFar(draft.content, today));
  const isTold = 'name' in draft.content;
  return isTold ? <ReferredName called={they} /> : <>No name yet</>;
}

function sentRow(referral: SentReferral) {
  return {
    key: { text: <span class="hw-reference">{referral.reference}</span> },
    value: {
      text: (
        <>
          {stageForReferrer[referral.stage]}
          <br />
          {wordFor(kindsOfReferral, referral.kind)}, sent {formatDate(londonDate(referral.receivedAt))}
        </>
      ),
    },
    actions: {
      items: [{ text: 'View', href: sentAddress(referral.id), visuallyHiddenText: referral.reference }],
    },
  };
}
