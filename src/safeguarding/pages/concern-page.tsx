import { z } from 'zod';
import { reasonsOf } from '../../organisations/index.ts';
import { fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import {
  agencies,
  MOST_CHARACTERS,
  toldInWords,
  waitingFor,
  waitingInWords,
  waysOfTelling,
} from '../concern.ts';
import { addToConcern } from '../concern-commands.ts';
import type { Concern, ConcernTold, Development } from '../concern-queries.ts';
import { concernsAddress } from '../safeguarding-addresses.ts';
import { concernAt, DangerFirst, Due, safeguarders, Typed } from './concern-ground.tsx';

/** A concern: what it says, who was told and what they answered, what came of it, and what is still waited for. */
export const concernPage = page({
  path: '/people/:person/concerns/:concern',
  for: safeguarders,
  params: z.object({ person: z.uuid(), concern: z.uuid() }),
  form: z.object({
    development: text({
      called: 'What happened since',
      most: MOST_CHARACTERS.development,
      needed: 'Enter what happened since',
      lines: 'many',
    }),
  }),

  async get({ tx, service, params, entry }) {
    const found = await concernAt(tx, params);
    if (!found) return missing();
    const { person, concern } = found;
    await recordLook(tx, {
      action: 'view-concern',
      subject: { kind: 'concern', id: concern.id },
      personId: person.id,
    });
    const today = londonDate(service.clock.now());
    const typed = entry();
    const outcomes = concern.closedAt === null ? [] : await reasonsOf(tx, 'concern-outcome');
    return show(
      'Safeguarding concern',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Safeguarding concern</h1>
        {concern.closedAt === null ? (
          <Waiting concern={concern} today={today} />
        ) : (
          <InsetText>
            <p class="govuk-body">
              Closed by <bdi>{concern.closedByName}</bdi> on {formatLondon(concern.closedAt)}:{' '}
              {wordFor(outcomes, concern.outcome ?? '')}. Decided by <bdi>{concern.decidedBy}</bdi>.
            </p>
            <Typed>{concern.outcomeReason}</Typed>
          </InsetText>
        )}
        <SummaryList
          rows={[
            {
              key: { text: 'Young person' },
              value: {
                text: (
                  <a class="govuk-link" href={personAddress(person.id)}>
                    <bdi>{fullName(person)}</bdi>
                  </a>
                ),
              },
            },
            {
              key: { text: 'Raised by' },
              value: {
                text: (
                  <>
                    <bdi>{concern.raisedByName}</bdi>, <bdi>{concern.organisationName}</bdi>, on{' '}
                    {formatLondon(concern.raisedAt)}
                  </>
                ),
              },
            },
            { key: { text: 'When it happened' }, value: { text: formatLondon(concern.happenedAt) } },
            {
              key: { text: 'In danger when it was raised' },
              value: { text: concern.danger ? <Typed>{concern.dangerDone}</Typed> : 'No' },
            },
            { key: { text: 'What worries us' }, value: { text: <Typed>{concern.what}</Typed> } },
            concern.words !== '' && {
              key: { text: 'What the young person said' },
              value: { text: <Typed>{concern.words}</Typed> },
            },
          ]}
        />
        <h2 class="govuk-heading-m">Who was told</h2>
        {concern.told.map((told) => (
          <ToldInFull key={told.id} told={told} concern={concern} today={today} />
        ))}
        {concern.closedAt === null && (
          <p class="govuk-body">
            <a class="govuk-link" href={concernsAddress(person.id, concern.id, 'tell')}>
              Say that somebody else was told
            </a>
          </p>
        )}
        <h2 class="govuk-heading-m">What happened since</h2>
        <Developments developments={concern.developments} />
        <Form autosave>
          <LongTextQuestion
            name="development"
            label="Add what happened"
            entry={typed}
            most={MOST_CHARACTERS.development}
            rows={4}
          />
          <p class="hw-autosave" data-autosave-status></p>
          <Button classes="govuk-button--secondary">Add</Button>
        </Form>
        {concern.closedAt === null && (
          <>
            <h2 class="govuk-heading-m">When nothing more is to be done</h2>
            <Button href={concernsAddress(person.id, concern.id, 'close')} classes="govuk-button--secondary">
              Close this concern
            </Button>
          </>
        )}
        <p class="govuk-body">
          Is it about somebody who works with young people?{' '}
          <a class="govuk-link" href={`/allegations/new?about=${person.id}`}>
            Raise an allegation
          </a>
          : only a few named people read it.
        </p>
      </>,
      { backTo: concernsAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, { development }) {
    const found = await concernAt(tx, params);
    if (!found) return missing();
    const outcome = await addToConcern(tx, { asker, clock: service.clock }, found.concern.id, development);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'refused':
        return refuse({ field: 'development', message: outcome.why });
      case 'done':
        return redirect(concernsAddress(found.person.id, found.concern.id), {
          notice: 'What happened is added to the concern',
        });
    }
  },
});

/** What is still waited for, and until when. */
function Waiting({ concern, today }: { concern: Concern; today: PlainDate }) {
  const waiting = concern.told.filter((told) => waitingFor(told) !== 'nothing');
  const policeNotTold =
    concern.danger && concern.told.some(({ agency, state }) => agency === 'police' && state !== 'told');
  return (
    <>
      {policeNotTold && <DangerFirst />}
      {waiting.length === 0 ? (
        <p class="govuk-body">Everybody who was asked has answered.</p>
      ) : (
        waiting.map((told) => (
          <WarningText key={told.id}>
            {waitingInWords(told)}
            {told.dueOn !== null && (
              <>
                : <Due on={told.dueOn} today={today} />
              </>
            )}
          </WarningText>
        ))
      )}
    </>
  );
}

function ToldInFull({ told, concern, today }: { told: ConcernTold; concern: Concern; today: PlainDate }) {
  const { agency, state, name, how, toldAt, reference, whyNot, answer, answeredAt } = told;
  const isOpen = concern.closedAt === null;
  return (
    <section class="hw-note" aria-labelledby={`told-${told.id}`}>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1" id={`told-${told.id}`}>
        {wordFor(agencies, agency)}
      </h3>
      <p class="govuk-body govuk-!-margin-bottom-1">
        {toldInWords(toldAt, state)}
        {state === 'told' && (
          <>
            {agency === 'managers'
              ? ' by email'
              : how !== '' && ` ${wordFor(waysOfTelling, how).toLowerCase()}`}
            : <bdi>{name}</bdi>
          </>
        )}
        {reference !== '' && (
          <>
            . Their reference: <bdi>{reference}</bdi>
          </>
        )}
      </p>
      {whyNot !== '' && <Typed>{whyNot}</Typed>}
      {answeredAt !== null && (
        <>
          <p class="govuk-body govuk-!-margin-bottom-1">
            Answered on {formatLondon(answeredAt)}, written down by <bdi>{told.writtenBy}</bdi>:
          </p>
          <Typed>{answer}</Typed>
        </>
      )}
      {isOpen && waitingFor(told) === 'answer' && told.dueOn !== null && (
        <p class="govuk-body">
          Their answer is <Due on={told.dueOn} today={today} />.
        </p>
      )}
      {isOpen && state === 'not-yet' && (
        <p class="govuk-body">
          <a
            class="govuk-link"
            href={`${concernsAddress(concern.personId, concern.id, 'tell')}?agency=${agency}`}
            aria-label={`Say that they were told: ${wordFor(agencies, agency)}`}
          >
            Say that they were told
          </a>
        </p>
      )}
      {isOpen && state === 'told' && agency !== 'managers' && answeredAt === null && (
        <p class="govuk-body">
          <a
            class="govuk-link"
            href={concernsAddress(concern.personId, concern.id, `told/${told.id}`)}
            aria-label={`Record their answer: ${wordFor(agencies, agency)}`}
          >
            Record their answer
          </a>
        </p>
      )}
    </section>
  );
}

/** What happened since a concern was raised. */
export function Developments({ developments }: { developments: readonly Development[] }) {
  if (developments.length === 0) return <p class="govuk-body">Nothing has been added yet.</p>;
  return (
    <>
      {developments.map(({ id, text: said, writtenAt, writtenBy }) => (
        <section key={id} class="hw-note" aria-labelledby={`development-${id}`}>
          <h3 class="govuk-heading-s govuk-!-margin-bottom-1" id={`development-${id}`}>
            {formatLondon(writtenAt)}, <bdi>{writtenBy}</bdi>
          </h3>
          <Typed>{said}</Typed>
        </section>
      ))}
    </>
  );
}
