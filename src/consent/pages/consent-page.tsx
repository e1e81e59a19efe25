import { z } from 'zod';
import { isAdult } from '../../life-events/index.ts';
import {
  AboutPerson,
  findPerson,
  mayWriteAbout,
  type Person,
  type PersonSection,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import {
  askedPeople,
  consentAnswers,
  isRefusal,
  isReviewLate,
  isToAskAfresh,
  type SharingDecision,
  sharedAnswers,
  sharingRules,
} from '../sharing-decision.ts';
import { sharingDecisionsOf } from '../sharing-decision-queries.ts';
import { consentAddress, decisionAddress } from './consent-addresses.ts';

/** Who reads consent and decisions to share, and who of them records them. */
export const readersOfConsent = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];
export const recordersOfConsent = ['caseworker', 'provider-manager'] as const satisfies readonly Role[];

/** How many decisions a page shows. */
const MOST = 100;
/** How many of those that hold now a young person’s own page shows, beside every refusal. */
const FEW = 5;

/** What a young person consented to, and what was decided about sharing, the newest first. */
export const consentPage = page({
  path: '/people/:person/consent',
  for: readersOfConsent,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-sharing-decisions',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const decisions = await sharingDecisionsOf(tx, person.id, MOST);
    const today = londonDate(service.clock.now());
    const isRecorder = await mayWriteAbout(tx, asker, person.id);
    return show(
      'Consent and sharing',
      <>
        <h1 class="govuk-heading-l">Consent and sharing</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          Every decision to share what is known, or not to share it, is written down with who decided and why.
        </p>
        {isRecorder && <Button href={consentAddress(person.id, 'new')}>Record consent or a decision</Button>}
        {decisions.length === 0 && <p class="govuk-body">Nothing is recorded yet.</p>}
        {decisions.map((decision) => (
          <Decision
            key={decision.id}
            decision={decision}
            {...leftToDo(person, decision, today)}
            change={
              isRecorder && decision.organisationId === asker.organisationId
                ? decisionAddress(person.id, decision.id)
                : null
            }
          />
        ))}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

/** What is left to do about a decision: nothing, when the young person has died. */
const leftToDo = (person: Person, decision: SharingDecision, today: PlainDate) => ({
  isLate: person.diedOn === null && isReviewLate(decision, today),
  isToAsk: person.diedOn === null && isToAskAfresh(decision, isAdult(person, today)),
});

interface DecisionProps {
  decision: SharingDecision;
  /** It should have been looked at again. */
  isLate: boolean;
  /** A parent agreed for somebody who is an adult now. */
  isToAsk: boolean;
  /** Where it is changed; null where the reader may not. */
  change: string | null;
}

function Decision({ decision, isLate, isToAsk, change }: DecisionProps) {
  const { id, organisationName, values } = decision;
  const rule = sharingRules.find(({ code }) => code === values.rule);
  return (
    <article class="hw-note" aria-labelledby={`decision-${id}`}>
      <h2 class="govuk-heading-s govuk-!-margin-bottom-1" id={`decision-${id}`}>
        <Heading values={values} />
      </h2>
      <p class="hw-note__meta">
        Decided by <bdi>{values.decidedBy}</bdi>, <bdi>{organisationName}</bdi>,{' '}
        {formatDate(plainDate(values.decidedOn))}.
        {values.reviewDueOn !== '' && ` To be looked at again ${formatDate(plainDate(values.reviewDueOn))}.`}
        {isLate && (
          <>
            {' '}
            <Tag classes="govuk-tag--red">Overdue</Tag>
          </>
        )}
      </p>
      <p class="hw-note__text govuk-!-margin-bottom-2" dir="auto">
        {values.what}
      </p>
      <ul class="govuk-list">
        <li>
          {wordFor(consentAnswers, values.consent)}
          {values.asked !== '' && `. Asked: ${wordFor(askedPeople, values.asked).toLowerCase()}`}
          {values.askedName !== '' && (
            <>
              {', '}
              <bdi>{values.askedName}</bdi>
            </>
          )}
          {values.withdrawnOn !== '' && `. Withdrawn ${formatDate(plainDate(values.withdrawnOn))}`}
          {isToAsk && <AskAfresh />}
        </li>
        {values.kind === 'sharing' && <li>{wordFor(sharedAnswers, values.shared)}</li>}
        {rule && (
          <li>
            Without consent: {rule.text} ({rule.source})
          </li>
        )}
      </ul>
      {values.reasons !== '' && (
        <p class="hw-note__text govuk-!-margin-bottom-2" dir="auto">
          {values.reasons}
        </p>
      )}
      {change !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={change}>
            Change it, or record that consent is withdrawn
            <span class="govuk-visually-hidden">
              {' '}
              for: <bdi>{values.what}</bdi>
            </span>
          </a>
        </p>
      )}
    </article>
  );
}

function Heading({ values }: Pick<SharingDecision, 'values'>) {
  if (values.kind === 'support') return <>Support</>;
  return (
    <>
      Sharing with <bdi>{values.withWhom}</bdi>
    </>
  );
}

/** That a parent's consent is no adult's. */
function AskAfresh() {
  return (
    <>
      . <Tag classes="govuk-tag--orange">Ask afresh</Tag> They are 18: they agree for themselves now
    </>
  );
}

/** What holds now of consent and sharing, on a young person's page: before all else what is kept from whom. */
export const consentSection: PersonSection = {
  // A coordinator is given it by the database while they have the record open in an emergency, and by nothing else.
  for: [...readersOfConsent, 'coordinator'],
  async show({ tx, asker, service, person }) {
    const decisions = await sharingDecisionsOf(tx, person.id, MOST);
    const isReader = (readersOfConsent as readonly Role[]).includes(asker.role);
    if (!isReader && decisions.length === 0) return null;
    const today = londonDate(service.clock.now());
    const shared = decisions.filter(
      (decision) =>
        !isRefusal(decision) && (decision.values.consent === 'given' || decision.values.rule !== ''),
    );
    const shown = [...decisions.filter(isRefusal), ...shared.slice(0, FEW)];
    return (
      <>
        <h2 class="govuk-heading-m">Consent and sharing now</h2>
        {shown.length === 0 ? (
          <p class="govuk-body">No consent is recorded, and nothing that is shared.</p>
        ) : (
          <ul class="govuk-list govuk-list--bullet">
            {shown.map((decision) => (
              <li key={decision.id}>
                <DecisionNow decision={decision} {...leftToDo(person, decision, today)} />
              </li>
            ))}
          </ul>
        )}
        {isReader && (
          <p class="govuk-body">
            <a class="govuk-link" href={consentAddress(person.id)}>
              All consent and decisions to share
            </a>
          </p>
        )}
      </>
    );
  },
};

/** A decision in a line. */
function DecisionNow({ decision, isLate, isToAsk }: Omit<DecisionProps, 'change'>) {
  const { values } = decision;
  const isRefused = values.consent === 'refused' || values.consent === 'withdrawn';
  return (
    <>
      {values.shared === 'no' && (
        <>
          <Tag classes="govuk-tag--red">Not shared</Tag>{' '}
        </>
      )}
      {isRefused && (
        <>
          <Tag classes="govuk-tag--red">{values.consent === 'refused' ? 'Refused' : 'Withdrawn'}</Tag>{' '}
        </>
      )}
      <Heading values={values} />: <bdi>{values.what}</bdi>. {wordFor(consentAnswers, values.consent)},{' '}
      {formatDate(plainDate(values.withdrawnOn || values.decidedOn))}
      {values.rule !== '' && `. ${wordFor(sharingRules, values.rule)}`}
      {isRefused && values.kind === 'support' && '. Agree with your manager whether support goes on'}
      {isRefusal(decision) && values.reasons !== '' && (
        <>
          . <bdi>{values.reasons}</bdi>
        </>
      )}
      {isToAsk && <AskAfresh />}
      {isLate && (
        <>
          {' '}
          <Tag classes="govuk-tag--red">Overdue</Tag>
        </>
      )}
    </>
  );
}
