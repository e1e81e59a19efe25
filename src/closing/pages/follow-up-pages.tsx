import { z } from 'zod';
import { SafeContact, safeContactKnown } from '../../network/index.ts';
import { AboutPerson, DiedTag, fullName, mayWriteAbout, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { addMonths } from '../../platform/clock/plain-date.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Details } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { codesOf, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { newConcernAddress } from '../../safeguarding/index.ts';
import { followUpAnswers, met } from '../closing.ts';
import { recordFollowUp } from '../closing-commands.ts';
import {
  type FollowUp,
  findPersonToFollowUp,
  followUpsDue,
  followUpsOf,
  unsafeFollowUps,
  waitingClosings,
} from '../closing-queries.ts';
import { signOffPage } from './closing-page.tsx';
import { notSafe } from './not-safe.tsx';

/** What waits for a manager at the end of support: closings to sign off, and young people to ask after. */
export const closingsPage = page({
  path: '/closings',
  for: ['provider-manager'],
  async get({ tx, service }) {
    const today = londonDate(service.clock.now());
    const waiting = await waitingClosings(tx);
    const due = await followUpsDue(tx, today);
    const unsafe = await unsafeFollowUps(tx, 'own provider');
    await recordLook(tx, {
      action: 'view-closings',
      subject: { kind: 'closings', id: null },
      personId: null,
    });
    return show(
      'Closings',
      <>
        <h1 class="govuk-heading-l">Closings</h1>
        {unsafe.length > 0 && (
          <section aria-labelledby="not-safe">
            <h2 class="govuk-heading-m" id="not-safe">
              Not safe, and nobody has acted yet
            </h2>
            <ScrollingTable
              about="Young people who said that they are not safe, the longest first"
              caption="Young people who said that they are not safe, the longest first"
              captionClasses="govuk-visually-hidden"
              head={['Young person', 'They said so on'].map((heading) => ({ text: heading }))}
              rows={unsafe.map((said) => [
                {
                  text: (
                    <>
                      <a class="govuk-link" href={followUpPage.url({ person: said.personId })}>
                        <bdi>{fullName(said)}</bdi>
                      </a>{' '}
                      <span class="hw-reference">{said.reference}</span>
                    </>
                  ),
                },
                { text: formatDate(said.saidOn) },
              ])}
            />
          </section>
        )}
        <section aria-labelledby="to-sign-off">
          <h2 class="govuk-heading-m" id="to-sign-off">
            To sign off
          </h2>
          {waiting.length === 0 ? (
            <p class="govuk-body">No closing waits for you.</p>
          ) : (
            <ScrollingTable
              about="Closings to sign off, the longest waiting first"
              caption="Closings to sign off, the longest waiting first"
              captionClasses="govuk-visually-hidden"
              head={['Young person', 'Written by', 'Since'].map((heading) => ({ text: heading }))}
              rows={waiting.map((closing) => [
                {
                  text: (
                    <>
                      <a class="govuk-link" href={signOffPage.url({ person: closing.personId })}>
                        <bdi>{fullName(closing)}</bdi>
                      </a>{' '}
                      <DiedTag hasDied={closing.hasDied} />
                    </>
                  ),
                },
                { text: <bdi>{closing.submittedByName}</bdi> },
                { text: formatLondon(closing.submittedAt) },
              ])}
            />
          )}
        </section>
        <section aria-labelledby="to-ask">
          <h2 class="govuk-heading-m" id="to-ask">
            To ask how they are
          </h2>
          {due.length === 0 ? (
            <p class="govuk-body">Nobody is to be asked within a month.</p>
          ) : (
            <ScrollingTable
              about="Young people to ask after, the earliest first"
              caption="Young people to ask after, the earliest first"
              captionClasses="govuk-visually-hidden"
              head={['Young person', 'After', 'Due'].map((heading) => ({ text: heading }))}
              rows={due.map((followUp) => [
                {
                  text: (
                    <>
                      <a class="govuk-link" href={followUpPage.url({ person: followUp.personId })}>
                        <bdi>{fullName(followUp)}</bdi>
                      </a>{' '}
                      <span class="hw-reference">{followUp.reference}</span>
                    </>
                  ),
                },
                { text: `${followUp.months} months` },
                { text: `${formatDate(followUp.dueOn)}${followUp.dueOn < today ? ', late' : ''}` },
              ])}
            />
          )}
        </section>
      </>,
    );
  },
});

/** Asking after somebody, 3 and 12 months after support ended. */
export const followUpPage = page({
  path: '/people/:person/follow-up',
  for: ['caseworker', 'provider-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    followUp: z.uuid(),
    doneOn: date({ called: 'The day you asked', needed: 'Enter the day you asked' }),
    reached: choice(codesOf(followUpAnswers), 'Choose whether they answered'),
    safe: choice(codesOf(met), 'Choose whether they say they are safe').optional(),
    what: text({ called: 'What they said', most: 5_000, lines: 'many' }),
  }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToFollowUp(tx, asker, params.person);
    if (!person) return missing();
    const followUps = await followUpsOf(tx, person.id);
    const safe = await safeContactKnown(tx, asker, service, person.id);
    const unsafe = await notSafe(tx, asker, person, []);
    await recordLook(tx, {
      action: 'view-closing',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const next = followUps.find(({ doneOn }) => doneOn === null);
    const typed = entry();
    const isSoon = next && next.dueOn <= addMonths(londonDate(service.clock.now()), 1);
    return show(
      'Follow-up',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Follow-up</h1>
        <AboutPerson person={person} />
        {unsafe}
        <SafeContact personId={person.id} known={safe} mayWrite={await mayWriteAbout(tx, asker, person.id)} />
        {followUps.length === 0 && (
          <p class="govuk-body">
            Nothing was agreed. A follow-up is agreed with the young person when support ends.
          </p>
        )}
        {followUps
          .filter(({ doneOn }) => doneOn !== null)
          .map((done) => (
            <section key={done.id} class="hw-note" aria-label={`After ${done.months} months`}>
              <p class="hw-note__meta">
                After {done.months} months{done.doneOn && `, ${formatDate(done.doneOn)}`}:{' '}
                {wordFor(followUpAnswers, done.reached ?? '')}
                {done.safe && `. Safe: ${wordFor(met, done.safe)}`}
              </p>
              <p class="hw-note__text" dir="auto">
                {done.what}
              </p>
              {done.noConcernWhy !== '' && (
                <p class="hw-note__text" dir="auto">
                  No concern is needed: {done.noConcernWhy}
                </p>
              )}
            </section>
          ))}
        {next && (
          <>
            <h2 class="govuk-heading-m">
              After {next.months} months, due {formatDate(next.dueOn)}
            </h2>
            {isSoon ? (
              <Asking followUp={next} entry={typed} />
            ) : (
              <Details summaryText="They were asked before it is due" open={typed.faults.length > 0}>
                <Asking followUp={next} entry={typed} />
              </Details>
            )}
          </>
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, form): Promise<Answer> {
    const person = await findPersonToFollowUp(tx, asker, params.person);
    const next = person && (await followUpsOf(tx, person.id)).find(({ id }) => id === form.followUp);
    if (!person || !next || form.doneOn === null) return missing();
    if (form.doneOn > londonDate(service.clock.now()))
      return refuse({
        field: 'doneOn',
        control: 'doneOn-day',
        message: 'The day you asked cannot be in the future',
      });
    if (form.reached === 'reached' && form.safe === undefined)
      return refuse({ field: 'safe', message: 'Choose whether they say they are safe, or “Not known”' });
    const recorded = await recordFollowUp(
      tx,
      { id: next.id, personId: person.id },
      { doneOn: form.doneOn, reached: form.reached, safe: form.safe ?? null, what: form.what },
    );
    if (!recorded)
      return refuse({
        field: 'reached',
        message: 'Somebody has recorded this follow-up already: look at it again',
      });
    return form.safe === 'no'
      ? redirect(newConcernAddress(person.id), {
          notice: 'The follow-up is saved: they are not safe. Raise a concern now.',
        })
      : redirect(followUpPage.url({ person: person.id }), { notice: 'The follow-up is saved' });
  },
});

/** What came of asking. */
function Asking({ followUp, entry }: { followUp: FollowUp; entry: Entry }) {
  return (
    <Form autosave>
      <input type="hidden" name="followUp" value={followUp.id} />
      <DateQuestion name="doneOn" label="The day you asked" entry={entry} />
      <ChoiceQuestion
        name="reached"
        label="Did they answer?"
        entry={entry}
        options={optionsOf(followUpAnswers)}
      />
      <ChoiceQuestion
        name="safe"
        label="Do they say that they are safe? (if they answered)"
        entry={entry}
        options={optionsOf(met)}
      />
      <LongTextQuestion name="what" label="What they said (optional)" entry={entry} most={5_000} rows={5} />
      <p class="hw-autosave" data-autosave-status></p>
      <Button preventDoubleClick>Save</Button>
    </Form>
  );
}
