import { z } from 'zod';
import { type Reason, reasonsOf } from '../../organisations/index.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { optionsOf, wordFor } from '../../reference/code-lists.ts';
import { actOnReferral } from '../deciding-commands.ts';
import { actionInWords, type StandingDecision, stageAllows } from '../referral.ts';
import { type CoordinatedReferral, findReferral, lookAtReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';
import { TooLate } from './too-late.tsx';
import {
  MOST_WORDS,
  NeverWrite,
  WORDS_CALLED,
  whereToTurn,
  wordsForReferrer,
} from './words-for-referrer.tsx';

const MOST_WHY = 1000;

/** Other words, another reason or another place to turn for a decision that stands; what it was stays in the timeline. */
export const amendDecisionPage = page({
  path: '/referrals/:referral/amend-decision',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    version: z.coerce.number().int().catch(0),
    reason: z.string().catch(''),
    to: whereToTurn,
    words: wordsForReferrer,
    why: text({
      called: 'Why you amend it',
      most: MOST_WHY,
      needed: 'Enter why you amend the decision',
      lines: 'many',
    }),
  }),
  async get({ tx, params, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const standing = referral.state.decision;
    const now = service.clock.now();
    const backTo = referralAddress(referral.id);
    if (standing === null || !stageAllows(referral.state.stage, 'decision-amended')) {
      const typed = entry();
      const title = 'There is no decision to amend';
      return show(
        title,
        <>
          <Faults entry={typed} />
          <ReferralHeading title={title} referral={referral} now={now} />
          <TooLate
            referral={referral}
            typed={[
              [WORDS_CALLED, typed.value('words')],
              ['Why you amend it', typed.value('why')],
            ]}
          />
        </>,
        { backTo },
      );
    }
    const reasons = await reasonsOf(tx, 'decision');
    const typed = entry({ words: standing.words, to: standing.to, reason: standing.reason });
    const title = 'Amend the decision';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        <WhatStands standing={standing} reasons={reasons} />
        <AmendForm referral={referral} standing={standing} reasons={reasons} entry={typed} />
      </>,
      { backTo },
    );
  },
  async post({ tx, asker, service, params }, { version, reason, to, words, why }) {
    const referral = await findReferral(tx, params.referral);
    if (!referral) return missing();
    const standing = referral.state.decision;
    const needsReason = standing !== null && standing.reason !== '';
    const needsPlace = standing?.kind === 'signposted';
    if (needsReason) {
      const known = await reasonsOf(tx, 'decision');
      if (!offered(known, standing.reason).some(({ code }) => code === reason))
        return refuse({ field: 'reason', message: 'Choose why' });
    }
    if (needsPlace && to === '')
      return refuse({ field: 'to', message: 'Enter the support you suggest and how to reach it' });
    const isSame =
      words === standing?.words &&
      (!needsReason || reason === standing.reason) &&
      (!needsPlace || to === standing.to);
    if (isSame)
      return refuse({ field: 'words', message: 'Change something of the decision, or leave it as it is' });
    const done = await actOnReferral(
      tx,
      { asker, clock: service.clock },
      params.referral,
      {
        kind: 'decision-amended',
        why,
        words,
        ...(needsReason ? { reason } : {}),
        ...(needsPlace ? { to } : {}),
      },
      version,
    );
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'words', message: done.why });
    return redirect(referralAddress(params.referral), { notice: 'The decision is amended' });
  },
});

/** The reasons to choose from: those in use, and the one that stands though it was retired, or came with an import. */
function offered(reasons: readonly Reason[], standing: string): { code: string; text: string }[] {
  const inUse = reasons.filter(({ isRetired, code }) => !isRetired || code === standing);
  return inUse.some(({ code }) => code === standing) ? inUse : [...inUse, { code: standing, text: standing }];
}

function WhatStands({ standing, reasons }: { standing: StandingDecision; reasons: readonly Reason[] }) {
  const rows = [
    ['Decision', actionInWords[standing.kind]],
    ...(standing.reason === '' ? [] : [['Why', wordFor(reasons, standing.reason)]]),
    [WORDS_CALLED, standing.words],
    ...(standing.to === '' ? [] : [['The support you suggest', standing.to]]),
  ];
  return (
    <SummaryList
      card={{ title: { text: 'The decision as it stands' } }}
      rows={rows.map(([key, value]) => ({
        key: { text: key },
        value: {
          text: (
            <div class="hw-text" dir="auto">
              {value}
            </div>
          ),
        },
      }))}
    />
  );
}

interface AmendFormProps {
  referral: CoordinatedReferral;
  standing: StandingDecision;
  reasons: readonly Reason[];
  entry: Entry;
}

function AmendForm({ referral, standing, reasons, entry }: AmendFormProps) {
  return (
    <Form autosave>
      <input type="hidden" name="version" value={referral.version} />
      {standing.reason !== '' && (
        <ChoiceQuestion
          name="reason"
          label="Why was it decided so?"
          hint="The referrer is not told this"
          entry={entry}
          options={optionsOf(offered(reasons, standing.reason))}
        />
      )}
      <NeverWrite referral={referral} />
      <LongTextQuestion name="words" label={WORDS_CALLED} entry={entry} most={MOST_WORDS} rows={7} />
      {standing.kind === 'signposted' && (
        <TextQuestion
          name="to"
          label="The support you suggest, and how to reach it"
          hint="The referrer reads this after your words"
          entry={entry}
        />
      )}
      <LongTextQuestion
        name="why"
        label="Why do you amend it?"
        hint="For the timeline. The referrer is not told this"
        entry={entry}
        most={MOST_WHY}
      />
      <Button>Amend the decision</Button>
    </Form>
  );
}
