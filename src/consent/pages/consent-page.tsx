import { z } from 'zod';
import {
  AboutPerson,
  findPerson,
  mayWriteAbout,
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
  isReviewLate,
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
/** How many of those that hold now a young person's own page shows. */
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
    const decisions = await sharingDecisionsOf(tx, person.id, { most: MOST });
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
            today={today}
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

interface DecisionProps {
  decision: SharingDecision;
  today: PlainDate;
  /** Where it is changed; null where the reader may not. */
  change: string | null;
}

function Decision({ decision, today, change }: DecisionProps) {
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
        {isReviewLate(decision, today) && (
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

/** What holds now of consent and sharing, on a young person's page. */
export const consentSection: PersonSection = {
  for: readersOfConsent,
  async show({ tx, service, person }) {
    const decisions = await sharingDecisionsOf(tx, person.id, { current: true, most: FEW });
    const today = londonDate(service.clock.now());
    return (
      <>
        <h2 class="govuk-heading-m">Consent and sharing now</h2>
        {decisions.length === 0 ? (
          <p class="govuk-body">No consent is recorded, and nothing that is shared.</p>
        ) : (
          <ul class="govuk-list govuk-list--bullet">
            {decisions.map((decision) => (
              <li key={decision.id}>
                <Heading values={decision.values} />: <bdi>{decision.values.what}</bdi>.{' '}
                {wordFor(consentAnswers, decision.values.consent)},{' '}
                {formatDate(plainDate(decision.values.decidedOn))}
                {decision.values.rule !== '' && `. ${wordFor(sharingRules, decision.values.rule)}`}
                {isReviewLate(decision, today) && (
                  <>
                    {' '}
                    <Tag classes="govuk-tag--red">Overdue</Tag>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={consentAddress(person.id)}>
            All consent and decisions to share
          </a>
        </p>
      </>
    );
  },
};
