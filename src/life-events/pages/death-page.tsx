import { z } from 'zod';
import { findPerson, fullName, type Person, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { dateControls } from '../../platform/forms/amendment.tsx';
import { date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { correctDeath, recordDeath } from '../life-event-commands.ts';
import { deathOf } from '../life-event-queries.ts';
import { deathAddress } from './life-event-addresses.ts';
import { recordersOfDeaths } from './who-records.ts';

/** Minutes since they signed in; the database asks for the same (need_to_know.record_death). */
const PROVED_WITHIN = 15;
const MOST = 2_000;
const controls = [...dateControls('diedOn'), 'source', 'told'];

/** Records that a young person has died: typed first, then looked at again before it is carried out. */
export const deathPage = page({
  path: '/people/:person/death',
  for: recordersOfDeaths,
  provedWithin: PROVED_WITHIN,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    diedOn: date({ called: 'The day they died', needed: 'Enter the day they died' }),
    source: text({ called: 'Who told you', most: 500, needed: 'Enter who told you, and how they know' }),
    told: text({
      called: 'Who has been told',
      most: MOST,
      needed: 'Enter who has been told, and who tells the others',
      lines: 'many',
    }),
    sure: z.enum(['yes']).optional().catch(undefined),
  }),

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await look(tx, person);
    const death = await deathOf(tx, person.id);
    const typed = entry();
    const title = death ? 'Their death' : 'Record that they have died';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <About person={person} />
        {death ? (
          <>
            <InsetText>
              It is recorded. No message goes out about them any more, and nobody is reminded of them. Support
              is ended by whoever gave it: they write the closing.
            </InsetText>
            <SummaryList
              rows={[
                { key: { text: 'Died on' }, value: { text: formatDate(death.diedOn) } },
                { key: { text: 'Who told us' }, value: { text: <span dir="auto">{death.source}</span> } },
                {
                  key: { text: 'Who has been told' },
                  value: {
                    text: (
                      <span class="hw-text" dir="auto">
                        {death.told}
                      </span>
                    ),
                  },
                },
                {
                  key: { text: 'Recorded' },
                  value: {
                    text: (
                      <>
                        <bdi>{death.byName ?? 'The service'}</bdi>, {formatLondon(death.recordedAt)}
                      </>
                    ),
                  },
                },
              ]}
            />
            <p class="govuk-body">
              <a class="govuk-link" href={correctDeathPage.url({ person: person.id })}>
                It was recorded in error
              </a>
            </p>
          </>
        ) : (
          <>
            <p class="govuk-body">
              From then on no message goes out about them and nobody is reminded of them. Every page says that
              they have died, and the record is kept. A concern for somebody else is still told.
            </p>
            <Form>
              <DateQuestion
                name="diedOn"
                label="The day they died"
                hint="For example 27 3 2026"
                entry={typed}
              />
              <TextQuestion
                name="source"
                label="Who told you, and how do they know?"
                hint="Such as the police officer, the hospital, a parent"
                entry={typed}
              />
              <LongTextQuestion
                name="told"
                label="Who has been told?"
                hint="The family, the worker, children’s social care; and who tells those who do not know yet"
                entry={typed}
                most={MOST}
                rows={4}
              />
              <div class="govuk-button-group">
                <Button>Continue</Button>
                <a class="govuk-link" href={personAddress(person.id)}>
                  Cancel
                </a>
              </div>
            </Form>
          </>
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, service, params, entry }, form) {
    const person = await findPerson(tx, params.person);
    if (!person || form.diedOn === null) return missing();
    const wrongDay = (message: string) => refuse({ field: 'diedOn', control: 'diedOn-day', message });
    if (form.diedOn > londonDate(service.clock.now()))
      return wrongDay('The day they died cannot be in the future');
    if (person.dateOfBirth !== null && form.diedOn < person.dateOfBirth)
      return wrongDay('The day they died cannot be before they were born');
    if (form.sure !== 'yes') {
      await look(tx, person);
      const typed = entry();
      const title = 'Check before you record this';
      return show(
        title,
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          <About person={person} />
          <WarningText>
            You are recording that this young person died on {formatDate(form.diedOn)}. Make sure that it is
            this young person, and not a brother, sister or somebody of the same name.
          </WarningText>
          <SummaryList
            rows={[
              { key: { text: 'Who told you' }, value: { text: <span dir="auto">{form.source}</span> } },
              {
                key: { text: 'Who has been told' },
                value: {
                  text: (
                    <span class="hw-text" dir="auto">
                      {form.told}
                    </span>
                  ),
                },
              },
            ]}
          />
          <Form>
            {controls.map((name) => (
              <input key={name} type="hidden" name={name} value={typed.value(name)} />
            ))}
            <input type="hidden" name="sure" value="yes" />
            <div class="govuk-button-group">
              <Button classes="govuk-button--warning" preventDoubleClick>
                Record that they have died
              </Button>
              <a class="govuk-link" href={deathAddress(person.id)}>
                Go back
              </a>
            </div>
          </Form>
        </>,
        { backTo: deathAddress(person.id) },
      );
    }
    if (!(await recordDeath(tx, person.id, { ...form, diedOn: form.diedOn })))
      return wrongDay('Somebody has recorded it meanwhile');
    // What was recorded is shown, and nothing calls it a success.
    return redirect(deathAddress(person.id));
  },
});

/** Says that a death was recorded in error; that it was recorded stays. */
export const correctDeathPage = page({
  path: '/people/:person/death/correct',
  for: recordersOfDeaths,
  provedWithin: PROVED_WITHIN,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    why: text({
      called: 'How it happened',
      most: MOST,
      needed: 'Enter how it came to be recorded',
      lines: 'many',
    }),
  }),

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await look(tx, person);
    const typed = entry();
    const title = 'It was recorded in error';
    if (person.diedOn === null) {
      return show(
        title,
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          <About person={person} />
          <p class="govuk-body">No death is recorded: there is nothing to correct.</p>
        </>,
        { backTo: personAddress(person.id) },
      );
    }
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <About person={person} />
        <p class="govuk-body">
          Messages and reminders about them begin again. Those that were held back are not sent. The record
          keeps that a death was recorded, by whom, and what you write here.
        </p>
        <Form>
          <LongTextQuestion
            name="why"
            label="How did it come to be recorded, and how do you know that they are alive?"
            entry={typed}
            most={MOST}
            rows={4}
          />
          <Button classes="govuk-button--warning" preventDoubleClick>
            They have not died
          </Button>
        </Form>
      </>,
      { backTo: deathAddress(person.id) },
    );
  },

  async post({ tx, params }, { why }) {
    const person = await findPerson(tx, params.person);
    if (!person || !(await correctDeath(tx, person.id, why))) return missing();
    return redirect(personAddress(person.id), { notice: 'It is corrected' });
  },
});

function About({ person }: { person: Person }) {
  return (
    <p class="govuk-body">
      <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
    </p>
  );
}

async function look(tx: Transaction, { id }: Person): Promise<void> {
  await recordLook(tx, { action: 'view-person', subject: { kind: 'person', id }, personId: id });
}
