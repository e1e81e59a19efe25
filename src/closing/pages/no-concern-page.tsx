import { z } from 'zod';
import { AboutPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { recordNoConcern } from '../closing-commands.ts';
import { findPersonToFollowUp, unsafeFollowUpToAnswer } from '../closing-queries.ts';
import { followUpAddress } from './follow-up-address.ts';

const MOST_WHY = 2_000;

/** Says why no concern is raised about somebody who said at a follow-up that they are not safe. */
export const noConcernPage = page({
  path: '/people/:person/follow-up/no-concern',
  for: ['caseworker', 'provider-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    why: text({
      called: 'Why no concern is needed',
      most: MOST_WHY,
      needed: 'Enter why no concern is needed, and what is done instead',
      lines: 'many',
    }),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPersonToFollowUp(tx, asker, params.person);
    const said = person && (await unsafeFollowUpToAnswer(tx, asker, person.id));
    if (!person || !said) return missing();
    await recordLook(tx, {
      action: 'view-closing',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry();
    const title = 'No concern is needed';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <AboutPerson person={person} />
        <InsetText>
          On {formatDate(said.saidOn)} <bdi>{fullName(person)}</bdi> said that they are not safe.
          {said.what !== '' && (
            <div class="hw-text" dir="auto">
              {said.what}
            </div>
          )}
        </InsetText>
        <Form autosave>
          <LongTextQuestion
            name="why"
            label="Why is no concern needed?"
            hint="What you know, who you asked, and what is done instead. It is kept with your name"
            entry={typed}
            most={MOST_WHY}
            rows={4}
          />
          <p class="hw-autosave" data-autosave-status></p>
          <div class="govuk-button-group">
            <Button preventDoubleClick>Save</Button>
            <a class="govuk-link" href={followUpAddress(person.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: followUpAddress(person.id) },
    );
  },

  async post({ tx, asker, params }, { why }) {
    const person = await findPersonToFollowUp(tx, asker, params.person);
    const said = person && (await unsafeFollowUpToAnswer(tx, asker, person.id));
    if (!person || !said || !(await recordNoConcern(tx, said, why))) return missing();
    return redirect(followUpAddress(person.id), { notice: 'It is saved why no concern is needed' });
  },
});
