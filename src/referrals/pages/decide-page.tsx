import { z } from 'zod';
import { Entry } from '../../platform/forms/entry.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { type CoordinatedReferral, lookAtReferral } from '../coordinator-queries.ts';
import { decideReferral } from '../deciding-commands.ts';
import {
  type Decision,
  type DecisionKind,
  decisionKinds,
  decisionReasons,
  defaultWords,
  stageAllows,
  whyNot,
} from '../referral.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';
import { TooLate } from './too-late.tsx';

const MOST_WORDS = 2000;

const decideForm = z.object({
  decision: choice(decisionKinds, 'Choose what you decide'),
  version: z.coerce.number().int().catch(0),
  reason: z.enum(['', ...codesOf(decisionReasons)]).catch(''),
  to: text({ called: 'The support you suggest', most: 500, lines: 'many' }),
  words: text({
    called: 'What the referrer will read',
    most: MOST_WORDS,
    needed: 'Enter what the referrer will read',
    lines: 'many',
  }),
});

const decisionInWords: Record<DecisionKind, { text: string; hint: string }> = {
  accepted: { text: 'Accept', hint: 'It then waits for a provider' },
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
          <TooLate referral={referral} typed={whatWasTyped(typed)} />
        </>,
        { backTo },
      );
    }
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
          <ChooseDecision referral={referral} entry={choosing} />
        </>,
        { backTo },
      );
    }
    const title = `${decisionInWords[decision].text}: what the referrer will read`;
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        <DecisionForm
          referral={referral}
          decision={decision}
          entry={typed.faults.length > 0 ? typed : entry({ words: defaultWords[decision] })}
        />
      </>,
      { backTo: referralAddress(referral.id, 'decide') },
    );
  },
  async post({ tx, asker, service, params }, form) {
    const decision = decisionFrom(form);
    if ('faults' in decision) return refuse(...decision.faults);
    const done = await decideReferral(
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
function decisionFrom({
  decision,
  reason,
  to,
  words,
}: z.output<typeof decideForm>): { decision: Decision } | { faults: { field: string; message: string }[] } {
  if (decision === 'accepted' || decision === 'kept-as-intelligence')
    return { decision: { kind: decision, words } };
  const faults = [
    ...(reason === '' ? [{ field: 'reason', message: 'Choose why' }] : []),
    ...(decision === 'signposted' && to === ''
      ? [{ field: 'to', message: 'Enter the support you suggest and how to reach it' }]
      : []),
  ];
  if (reason === '' || faults.length > 0) return { faults };
  return {
    decision:
      decision === 'declined' ? { kind: decision, reason, words } : { kind: decision, reason, to, words },
  };
}

function ChooseDecision({ referral, entry }: { referral: CoordinatedReferral; entry: Entry }) {
  const notYet = whyNot(referral.state, { kind: 'accepted', words: '' });
  const offered = decisionKinds.filter((kind) => kind !== 'accepted' || notYet === null);
  return (
    <>
      {notYet !== null && (
        <InsetText>
          <p class="govuk-body">You cannot accept it now. {notYet}.</p>
          {referral.kind === 'intervention' && (
            <a class="govuk-link" href={referralAddress(referral.id, 'match')}>
              Match the young person
            </a>
          )}
        </InsetText>
      )}
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
  entry: Entry;
}

function DecisionForm({ referral, decision, entry }: DecisionFormProps) {
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
          options={optionsOf(decisionReasons)}
        />
      )}
      <WarningText>
        Never write that the young person is known to this service or to another, or anything about them. The
        referrer may not be who they say, and others may read their e-mail.
      </WarningText>
      {referral.referrer.verified === null && (
        <InsetText>
          Nobody has verified this referrer. They will read this only when somebody has; until then they see
          “Received”.
        </InsetText>
      )}
      <LongTextQuestion
        name="words"
        label="What the referrer will read"
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

function whatWasTyped(typed: Entry): [string, string][] {
  const decision = decisionKinds.find((kind) => kind === typed.value('decision'));
  if (decision === undefined) return [];
  return [
    ['Decision', decisionInWords[decision].text],
    ['Why', wordFor(decisionReasons, typed.value('reason'))],
    ['What the referrer would read', typed.value('words')],
    ['The support you suggest', typed.value('to')],
  ];
}
