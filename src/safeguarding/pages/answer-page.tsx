import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { agencies, MOST_CHARACTERS, toldInWords, whenTold } from '../concern.ts';
import { answerConcern } from '../concern-commands.ts';
import { concernsAddress } from '../safeguarding-addresses.ts';
import { About, concernAt, safeguarders } from './concern-ground.tsx';

/** Records what somebody answered who was told of a concern. */
export const answerPage = page({
  path: '/people/:person/concerns/:concern/told/:told',
  for: safeguarders,
  params: z.object({ person: z.uuid(), concern: z.uuid(), told: z.uuid() }),
  form: z.object({
    answer: text({
      called: 'Their answer',
      most: MOST_CHARACTERS.answer,
      needed: 'Enter what they answered',
      lines: 'many',
    }),
    time: text({ called: 'The time', most: 60 }),
    reference: text({ called: 'Their reference', most: MOST_CHARACTERS.reference }),
  }),

  async get({ tx, params, entry }) {
    const found = await concernAt(tx, params);
    const told = found?.concern.told.find(({ id }) => id === params.told);
    if (!found || !told || told.state !== 'told' || told.agency === 'managers') return missing();
    const { person, concern } = found;
    const typed = entry({ reference: told.reference });
    // What was typed while somebody else recorded an answer is not lost with the page.
    if ((told.answeredAt !== null || concern.closedAt !== null) && typed.faults.length === 0)
      return missing();
    await recordLook(tx, {
      action: 'view-concern',
      subject: { kind: 'concern', id: concern.id },
      personId: person.id,
    });
    const who = wordFor(agencies, told.agency);
    return show(
      'Record their answer',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Record their answer</h1>
        <About person={person} />
        <p class="govuk-body">
          {who}. {toldInWords(told.toldAt, told.state)}: <bdi>{told.name}</bdi>
        </p>
        <Form autosave>
          <LongTextQuestion
            name="answer"
            label="What they answered"
            hint="What they will do, by when, and who said so. If you do not wait for them any more, say why"
            entry={typed}
            most={MOST_CHARACTERS.answer}
            rows={6}
          />
          <TextQuestion
            name="time"
            label="When"
            hint="For example 2:05pm, or yesterday 9pm. Leave it empty for now"
            entry={typed}
            width="short"
            autocomplete="off"
          />
          <TextQuestion
            name="reference"
            label="Their reference (optional)"
            entry={typed}
            width="half"
            autocomplete="off"
          />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={concernsAddress(person.id, concern.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: concernsAddress(person.id, concern.id) },
    );
  },

  async post({ tx, service, params }, { answer, time, reference }) {
    const found = await concernAt(tx, params);
    if (!found) return missing();
    const at = whenTold(time, service.clock.now());
    if (at === undefined)
      return refuse({ field: 'time', message: 'Enter when they answered, like 2:05pm or yesterday 9pm' });
    const outcome = await answerConcern(tx, found.concern.id, params.told, { text: answer, at, reference });
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'refused':
        return refuse({ field: 'answer', message: outcome.why });
      case 'answered-meanwhile': {
        const { told } = outcome;
        const when = told.answeredAt === null ? '' : ` on ${formatLondon(told.answeredAt)}`;
        return refuse({
          field: 'answer',
          message: `${told.writtenBy ?? 'Somebody'} has recorded an answer of theirs${when}: “${told.answer}”. Add yours to the concern as what happened since, if it says more`,
        });
      }
      case 'done':
        return redirect(concernsAddress(found.person.id, found.concern.id), {
          notice: 'The answer is recorded',
        });
    }
  },
});
