import { z } from 'zod';
import { type Reason, reasonsOf } from '../../organisations/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { Entry } from '../../platform/forms/entry.ts';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { optionsOf, wordFor } from '../../reference/code-lists.ts';
import { type PresentSupport, supportNow } from '../before-queries.ts';
import { actOnReferral, isLikelySomebody } from '../deciding-commands.ts';
import {
  type Decision,
  type DecisionKind,
  decisionKinds,
  defaultWords,
  stageAllows,
  whyNot,
} from '../referral.ts';
import { type CoordinatedReferral, lookAtReferral } from '../referral-queries.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';
import { TooLate, WhatWasTyped } from './too-late.tsx';
import {
  MOST_WORDS,
  NeverWrite,
  WORDS_CALLED,
  whereToTurn,
  wordsForReferrer,
} from './words-for-referrer.tsx';

const decideForm = z.object({
  decision: choice(decisionKinds, 'Choose what you decide'),
  version: z.coerce.number().int().catch(0),
  reason: z.string().catch(''),
  to: whereToTurn,
  words: wordsForReferrer,
});

const decisionInWords: Record<DecisionKind, { text: string; hint: string }> = {
  accepted: { text: 'Accept', hint: 'It then waits for a provider, or joins the support they have' },
  declined: { text: 'Decline', hint: 'This service is not the right one' },
  signposted: { text: 'Signpost', hint: 'Other support will help more' },
  'kept-as-intelligence': {
    text: 'Keep as intelligence only',
    hint: 'It asks for no support, or none can be given, and it helps to see what is happening',
  },
};

/** What becomes of a referral: first what is decided, then why and in which words the referrer is told. */
export const decidePage = page({
  path: '/referrals/:referral/decide',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  query: z.object({
    decision: z.enum(decisionKinds).optional().catch(undefined),
    asked: z.string().optional(),
  }),
  form: decideForm,
  async get({ tx, params, query, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const typed = entry();
    const now = service.clock.now();
    const backTo = referralAddress(referral.id);
    if (!decisionKinds.some((kind) => stageAllows(referral.state.stage, kind))) {
      const title = 'This referral has been decided';
      return show(
        title,
        <>
          <Faults entry={typed} />
          <ReferralHeading title={title} referral={referral} now={now} />
          <TooLate referral={referral} typed={whatWasTyped(typed, await reasonsOf(tx, 'decision'))} />
        </>,
        { backTo },
      );
    }
    const { personId } = referral.state;
    const support = personId === null ? null : await supportNow(tx, personId);
    const decision = decisionKinds.find((kind) => kind === (typed.value('decision') || query.decision));
    if (decision === undefined) {
      const title = 'What do you decide?';
      const choosing =
        query.asked === undefined
          ? typed
          : new Entry({}, [{ field: 'decision', message: 'Choose what you decide' }]);
      return show(
        choosing.faults.length > 0 ? `Error: ${title}` : title,
        <>
          <Faults entry={choosing} />
          <ReferralHeading title={title} referral={referral} now={now} />
          {support && <SupportNow support={support} mayAccept={whyNot(referral.state, ACCEPTING) === null} />}
          <ChooseDecision
            referral={referral}
            isLikely={await isLikelySomebody(tx, referral)}
            entry={choosing}
          />
        </>,
        { backTo },
      );
    }
    if ((decision === 'declined' || decision === 'signposted') && (await isLikelySomebody(tx, referral))) {
      const title = 'Match the young person first';
      return show(
        title,
        <>
          <Faults entry={typed} />
          <ReferralHeading title={title} referral={referral} now={now} />
          <MatchFirst referral={referral} />
          <WhatWasTyped typed={whatWasTyped(typed, await reasonsOf(tx, 'decision'))} />
        </>,
        { backTo: referralAddress(referral.id, 'decide') },
      );
    }
    const title = `${decisionInWords[decision].text}: what the referrer will read`;
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        {support && decision === 'accepted' && <SupportNow support={support} mayAccept />}
        <DecisionForm
          referral={referral}
          reasons={(await reasonsOf(tx, 'decision')).filter(({ isRetired }) => !isRetired)}
          decision={decision}
          entry={typed.faults.length > 0 ? typed : entry({ words: defaultWords[decision] })}
        />
      </>,
      { backTo: referralAddress(referral.id, 'decide') },
    );
  },
  async post({ tx, asker, service, params }, form) {
    const decision = decisionFrom(form, await reasonsOf(tx, 'decision'));
    if ('faults' in decision) return refuse(...decision.faults);
    const done = await actOnReferral(
      tx,
      { asker, clock: service.clock },
      params.referral,
      decision.decision,
      form.version,
    );
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'words', message: done.why });
    return redirect(referralAddress(params.referral), { notice: 'The decision is recorded' });
  },
});

/** The decision a form comes to, or what is missing for it. */
function decisionFrom(
  { decision, reason, to, words }: z.output<typeof decideForm>,
  reasons: readonly Reason[],
): { decision: Decision } | { faults: { field: string; message: string }[] } {
  if (decision === 'accepted' || decision === 'kept-as-intelligence')
    return { decision: { kind: decision, words } };
  const isOffered = reasons.some(({ code, isRetired }) => code === reason && !isRetired);
  const faults = [
    ...(!isOffered ? [{ field: 'reason', message: 'Choose why' }] : []),
    ...(decision === 'signposted' && to === ''
      ? [{ field: 'to', message: 'Enter the support you suggest and how to reach it' }]
      : []),
  ];
  if (faults.length > 0) return { faults };
  return {
    decision:
      decision === 'declined' ? { kind: decision, reason, words } : { kind: decision, reason, to, words },
  };
}

const ACCEPTING: Decision = { kind: 'accepted', words: '' };

/** Who has them already: accepting, where it can be accepted, begins nothing new. */
function SupportNow({
  support: { since, providers },
  mayAccept,
}: {
  support: PresentSupport;
  mayAccept: boolean;
}) {
  return (
    <InsetText>
      They have support now
      {providers.length > 0 && (
        <>
          {' '}
          from <bdi>{providers.join(' and ')}</bdi>
        </>
      )}
      , since {formatDate(londonDate(since))}.{mayAccept && ' Accepting joins this referral to it.'}
    </InsetText>
  );
}

/** Why a referral about somebody who may be known is matched before it is declined, and where. */
function MatchFirst({ referral }: { referral: CoordinatedReferral }) {
  return (
    <InsetText>
      <p class="govuk-body">
        Somebody on record may be this young person. Match them before you decline or signpost, or say of each
        that it is somebody else. A declined referral that hangs on no record is missing from the young
        person’s history when the next one comes.
      </p>
      <a class="govuk-link" href={referralAddress(referral.id, 'match')}>
        Match the young person
      </a>
    </InsetText>
  );
}

interface ChooseDecisionProps {
  referral: CoordinatedReferral;
  /** Whether somebody on record may be the young person, and nobody has said that they are not. */
  isLikely: boolean;
  entry: Entry;
}

function ChooseDecision({ referral, isLikely, entry }: ChooseDecisionProps) {
  const notYet = whyNot(referral.state, ACCEPTING);
  const offered = decisionKinds.filter((kind) =>
    kind === 'accepted' ? notYet === null : !isLikely || kind === 'kept-as-intelligence',
  );
  return (
    <>
      {notYet !== null && (
        <InsetText>
          <p class="govuk-body">You cannot accept it now. {notYet}.</p>
          {referral.kind === 'intervention' && !isLikely && (
            <a class="govuk-link" href={referralAddress(referral.id, 'match')}>
              Match the young person
            </a>
          )}
        </InsetText>
      )}
      {isLikely && <MatchFirst referral={referral} />}
      <form method="get" novalidate>
        <input type="hidden" name="asked" value="yes" />
        <ChoiceQuestion
          name="decision"
          label="Your decision"
          entry={entry}
          options={offered.map((kind) => ({ value: kind, ...decisionInWords[kind] }))}
        />
        <Button>Continue</Button>
      </form>
    </>
  );
}

interface DecisionFormProps {
  referral: CoordinatedReferral;
  decision: DecisionKind;
  /** Those that can be chosen. */
  reasons: readonly Reason[];
  entry: Entry;
}

function DecisionForm({ referral, decision, reasons, entry }: DecisionFormProps) {
  return (
    <Form autosave>
      <input type="hidden" name="decision" value={decision} />
      <input type="hidden" name="version" value={referral.version} />
      {(decision === 'declined' || decision === 'signposted') && (
        <ChoiceQuestion
          name="reason"
          label="Why?"
          hint="The referrer is not told this"
          entry={entry}
          options={optionsOf(reasons)}
        />
      )}
      <NeverWrite referral={referral} />
      <LongTextQuestion
        name="words"
        label={WORDS_CALLED}
        hint="You can change these words"
        entry={entry}
        most={MOST_WORDS}
        rows={7}
      />
      {decision === 'signposted' && (
        <TextQuestion
          name="to"
          label="The support you suggest, and how to reach it"
          hint="The referrer reads this after your words"
          entry={entry}
        />
      )}
      <Button>{decisionInWords[decision].text}</Button>
    </Form>
  );
}

function whatWasTyped(typed: Entry, reasons: readonly Reason[]): [string, string][] {
  const decision = decisionKinds.find((kind) => kind === typed.value('decision'));
  if (decision === undefined) return [];
  return [
    ['Decision', decisionInWords[decision].text],
    ['Why', wordFor(reasons, typed.value('reason'))],
    ['What the referrer would read', typed.value('words')],
    ['The support you suggest', typed.value('to')],
  ];
}
