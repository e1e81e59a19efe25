import { z } from 'zod';
import { DeathNotice, findPerson, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import {
  DateQuestion,
  ListQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { optionsOf } from '../../reference/code-lists.ts';
import { movePerson } from '../life-event-commands.ts';
import { areasToMoveTo, boroughChangesOf } from '../life-event-queries.ts';
import { movers } from './who-records.ts';

const MOST_WHY = 1_000;

/** Passes responsibility for a young person to another borough. */
export const boroughPage = page({
  path: '/people/:person/borough',
  for: movers,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    from: text({ called: 'The borough before', most: 20 }),
    area: z.string().min(1, 'Choose the borough that is responsible now'),
    movedOn: date({ called: 'The day it became responsible', needed: 'Enter the day it became responsible' }),
    why: text({ called: 'Why', most: MOST_WHY, needed: 'Enter why responsibility passes on', lines: 'many' }),
    agreedBy: text({ called: 'Who agreed', most: 200, needed: 'Enter who agreed to it, in both boroughs' }),
  }),

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry();
    const changes = await boroughChangesOf(tx, person.id);
    const title = 'Another borough is responsible';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>. Responsible
          now: {person.areaName}
        </p>
        <DeathNotice person={person} />
        <InsetText>
          The new borough’s contacts and coordinators have the record at once, and are told. Those of{' '}
          {person.areaName} have it no longer. A referral that waits, or that support rests on, goes with
          them: the new borough decides and allocates it. One that {person.areaName} has turned down or closed
          stays there. Whoever works with the young person goes on.
        </InsetText>
        <Form>
          <input type="hidden" name="from" value={person.area} />
          <ListQuestion
            name="area"
            label="Which borough is responsible now?"
            entry={typed}
            options={optionsOf(await areasToMoveTo(tx, person.area))}
          />
          <DateQuestion name="movedOn" label="Since when?" hint="For example 27 3 2026" entry={typed} />
          <LongTextQuestion
            name="why"
            label="Why?"
            hint="Such as a move of the family, a placement that became permanent"
            entry={typed}
            most={MOST_WHY}
            rows={3}
          />
          <TextQuestion
            name="agreedBy"
            label="Who agreed to it?"
            hint="Their names and roles, in both boroughs"
            entry={typed}
          />
          <div class="govuk-button-group">
            <Button preventDoubleClick>Pass responsibility on</Button>
            <a class="govuk-link" href={personAddress(person.id)}>
              Cancel
            </a>
          </div>
        </Form>
        {changes.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Before</h2>
            <ul class="govuk-list govuk-list--bullet">
              {changes.map((change) => (
                <li key={change.id}>
                  {formatDate(change.movedOn)}: from {change.from} to {change.to}.{' '}
                  <span dir="auto">{change.why}</span> Agreed by <bdi>{change.agreedBy}</bdi>
                </li>
              ))}
            </ul>
          </>
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person || form.movedOn === null) return missing();
    if (form.movedOn > londonDate(service.clock.now())) {
      return refuse({
        field: 'movedOn',
        control: 'movedOn-day',
        message: 'The day it became responsible cannot be in the future',
      });
    }
    if (!(await areasToMoveTo(tx, person.area)).some(({ code }) => code === form.area))
      return refuse({ field: 'area', message: 'Choose another borough than the one responsible now' });
    const outcome = await movePerson(tx, person.id, { ...form, movedOn: form.movedOn });
    switch (outcome) {
      case 'missing':
        return missing();
      case 'passed-on-meanwhile':
        if (await findPerson(tx, person.id))
          return refuse({
            field: 'area',
            message:
              'Somebody has passed it on meanwhile, and another borough is responsible now: look at it again',
          });
        return redirect('/', { notice: 'Somebody has passed it on meanwhile, so nothing was changed' });
      case 'moved':
      case 'moved-unseen': {
        const stillTheirs = await findPerson(tx, person.id);
        const notice =
          outcome === 'moved'
            ? 'Responsibility is passed on, and both boroughs are told'
            : 'Responsibility is passed on. The record is restricted and names nobody in the new borough, so nobody there was told: ask a manager who is named to name them, and tell them in another way';
        return redirect(stillTheirs ? personAddress(person.id) : '/', { notice });
      }
    }
  },
});
