import { z } from 'zod';
import { endedSupport, mayReopen, reopenAddress } from '../../life-events/index.ts';
import { findPerson, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate, londonWallTime } from '../../platform/clock/london-time.ts';
import { partsOf } from '../../platform/clock/plain-date.ts';
import { timeAsTyped, whenItHappened } from '../../platform/clock/typed-time.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Radios } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { MOST_CHARACTERS, namedAgencies } from '../concern.ts';
import { raiseConcern } from '../concern-commands.ts';
import { concernsAddress } from '../safeguarding-addresses.ts';
import { About, DangerFirst, safeguarders } from './concern-ground.tsx';
import { readTellings, TellingQuestion, tellingShape } from './telling-questions.tsx';

/** Raises a concern, in one act: danger first, then what, then who has been told. */
export const newConcernPage = page({
  path: '/people/:person/concerns/new',
  for: safeguarders,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    danger: choice(['yes', 'no'], 'Choose whether anybody is in danger now'),
    dangerDone: text({
      called: 'What was done about the danger',
      most: MOST_CHARACTERS.dangerDone,
      lines: 'many',
    }),
    what: text({
      called: 'What worries you',
      most: MOST_CHARACTERS.what,
      needed: 'Enter what happened, or what you fear',
      lines: 'many',
    }),
    words: text({ called: 'What they said', most: MOST_CHARACTERS.words, lines: 'many' }),
    happenedOn: date({ called: 'The day it happened', needed: 'Enter the day it happened' }),
    happenedTime: text({
      called: 'The time it happened',
      most: 40,
      needed: 'Enter the time it happened, like 2:05pm',
    }),
    ...tellingShape,
  }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const ended = mayReopen(asker.role) && person.diedOn === null ? await endedSupport(tx, person.id) : null;
    const now = service.clock.now();
    const [year, month, day] = partsOf(londonWallTime(now).date);
    const typed = entry({
      'happenedOn-day': String(day),
      'happenedOn-month': String(month),
      'happenedOn-year': String(year),
      happenedTime: timeAsTyped(now),
    });
    const dangerFault = typed.fault('danger');
    return show(
      'Raise a concern',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">Raise a concern</h1>
          <DangerFirst />
          <About person={person} />
          {ended !== null && (
            <p class="govuk-body">
              Nobody supports them: their support ended on {formatDate(londonDate(ended.closedAt))}. When the
              concern is saved, you can{' '}
              <a class="govuk-link" href={reopenAddress(person.id)}>
                open support again
              </a>
              .
            </p>
          )}
          <Form autosave>
            <Radios
              name="danger"
              value={typed.value('danger')}
              fieldset={{
                legend: { text: 'Is anybody in danger now?', classes: 'govuk-fieldset__legend--m' },
              }}
              errorMessage={dangerFault === undefined ? undefined : { text: dangerFault }}
              items={[
                {
                  value: 'yes',
                  text: 'Yes',
                  conditional: (
                    <LongTextQuestion
                      name="dangerDone"
                      label="What has been done about the danger"
                      hint="For example: called 999 at 11pm, police are on their way"
                      entry={typed}
                      most={MOST_CHARACTERS.dangerDone}
                      rows={3}
                    />
                  ),
                },
                { value: 'no', text: 'No' },
              ]}
            />
            <LongTextQuestion
              name="what"
              label="What worries you"
              hint="What happened, or what you saw or were told, and by whom"
              entry={typed}
              most={MOST_CHARACTERS.what}
              rows={6}
            />
            <LongTextQuestion
              name="words"
              label="What the young person said (optional)"
              hint="In their own words"
              entry={typed}
              most={MOST_CHARACTERS.words}
              rows={3}
            />
            <DateQuestion name="happenedOn" label="The day it happened" entry={typed} />
            <TextQuestion
              name="happenedTime"
              label="The time it happened"
              hint="For example 2:05pm"
              entry={typed}
              width="short"
              autocomplete="off"
            />
            <h2 class="govuk-heading-m">Who has been told</h2>
            <p class="govuk-body">
              Your managers and the coordinators of the area are told by email as soon as you save.
            </p>
            {namedAgencies.map(({ code, text: called }) => (
              <TellingQuestion key={code} agency={code} called={called} entry={typed} />
            ))}
            <p class="hw-autosave" data-autosave-status></p>
            <div class="govuk-button-group">
              <Button classes="govuk-button--warning">Save the concern</Button>
              <a class="govuk-link" href={personAddress(person.id)}>
                Cancel
              </a>
            </div>
          </Form>
          <p class="govuk-body">
            Is it about somebody who works with young people?{' '}
            <a class="govuk-link" href={`/allegations/new?about=${person.id}`}>
              Raise an allegation
            </a>{' '}
            instead: only a few named people read it.
          </p>
        </div>
      </div>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person || form.happenedOn === null) return missing();
    const now = service.clock.now();
    if (form.danger === 'yes' && form.dangerDone === '')
      return refuse({ field: 'dangerDone', message: 'Enter what has been done about the danger' });
    const when = whenItHappened(form.happenedOn, form.happenedTime, now);
    if (!when.ok) {
      const { field, message } = when;
      return refuse({ field, message, control: field === 'happenedOn' ? 'happenedOn-day' : field });
    }
    const tellings = readTellings(form, now);
    if (!tellings.ok) return refuse(...tellings.faults);
    const concernId = await raiseConcern(tx, { asker, clock: service.clock }, person, {
      danger: form.danger === 'yes',
      dangerDone: form.danger === 'yes' ? form.dangerDone : '',
      what: form.what,
      words: form.words,
      happenedAt: when.at,
      told: tellings.told,
    });
    return redirect(concernsAddress(person.id, concernId), { notice: 'The concern is saved' });
  },
});
