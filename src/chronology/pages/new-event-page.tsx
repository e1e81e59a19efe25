import { z } from 'zod';
import { DeathNotice, findPersonToWriteAbout, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { choices, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Checkboxes } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { addEvent } from '../chronology-commands.ts';

const MOST = 2_000;

/** Adds to the chronology what no other record tells. */
export const newEventPage = page({
  path: '/people/:person/chronology/new',
  for: ['caseworker', 'provider-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    happenedOn: date({ called: 'The day it happened', needed: 'Enter the day it happened' }),
    what: text({ called: 'What happened', most: MOST, needed: 'Enter what happened', lines: 'many' }),
    source: text({ called: 'Who says so', most: 200, needed: 'Enter who says so, or which paper' }),
    impact: text({ called: 'What it meant for them', most: MOST, lines: 'many' }),
    significant: choices(['yes'], 'Tick the box or leave it'),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry({ significant: ['yes'] });
    return show(
      'Add an event',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(person)}</bdi>
        </p>
        <h1 class="govuk-heading-l">Add an event</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          Notes, contact, concerns, plans and decisions are in the chronology already. Add what stands nowhere
          else: a court’s order, a move, a death in the family.
        </p>
        <Form autosave>
          <DateQuestion name="happenedOn" label="The day it happened" entry={typed} />
          <LongTextQuestion name="what" label="What happened" entry={typed} most={MOST} rows={4} />
          <TextQuestion
            name="source"
            label="Who says so"
            hint="Such as the young person, their school, a letter of the court"
            entry={typed}
          />
          <LongTextQuestion
            name="impact"
            label="What it meant for them (optional)"
            entry={typed}
            most={MOST}
            rows={3}
          />
          <Checkboxes
            name="significant"
            idPrefix="significant"
            values={typed.values('significant')}
            items={[{ value: 'yes', text: 'It is significant: it changed something for them' }]}
          />
          <p class="hw-autosave" data-autosave-status></p>
          <Button preventDoubleClick>Add the event</Button>
        </Form>
      </>,
      { backTo: `${personAddress(person.id)}/chronology` },
    );
  },

  async post({ tx, asker, service, params }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person || form.happenedOn === null) return missing();
    if (form.happenedOn > londonDate(service.clock.now())) {
      return refuse({
        field: 'happenedOn',
        control: 'happenedOn-day',
        message: 'The day it happened cannot be in the future',
      });
    }
    await addEvent(tx, asker, person.id, {
      happenedOn: form.happenedOn,
      what: form.what,
      source: form.source,
      impact: form.impact,
      significant: form.significant.length > 0,
    });
    return redirect(`${personAddress(person.id)}/chronology`, { notice: 'The event is added' });
  },
});
