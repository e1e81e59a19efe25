import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Radios } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { agencies, MOST_CHARACTERS, namedAgencies, whenTold } from '../concern.ts';
import { tellOfConcern } from '../concern-commands.ts';
import { concernsAddress } from '../safeguarding-addresses.ts';
import { About, concernAt, safeguarders } from './concern-ground.tsx';
import { how, ToldQuestions } from './telling-questions.tsx';

const tellable = [...namedAgencies, { code: 'other', text: 'Somebody else' }] as const;

/** Says that somebody was told of a concern, or need not be. */
export const tellPage = page({
  path: '/people/:person/concerns/:concern/tell',
  for: safeguarders,
  params: z.object({ person: z.uuid(), concern: z.uuid() }),
  query: z.object({ agency: z.enum(codesOf(tellable)).optional().catch(undefined) }),
  form: z.object({
    agency: choice(codesOf(tellable), 'Choose who it is about'),
    state: choice(['told', 'not-needed'], 'Choose whether they were told'),
    name: text({ called: 'The name', most: MOST_CHARACTERS.name }),
    time: text({ called: 'The time', most: 60 }),
    how,
    reference: text({ called: 'Their reference', most: MOST_CHARACTERS.reference }),
    whyNot: text({ called: 'Why they need not be told', most: MOST_CHARACTERS.whyNot, lines: 'many' }),
  }),

  async get({ tx, params, query, entry }) {
    const found = await concernAt(tx, params);
    if (!found || found.concern.closedAt !== null) return missing();
    const { person, concern } = found;
    await recordLook(tx, {
      action: 'view-concern',
      subject: { kind: 'concern', id: concern.id },
      personId: person.id,
    });
    const typed = entry({ agency: query.agency ?? '', state: query.agency === undefined ? '' : 'told' });
    const stateFault = typed.fault('state');
    return show(
      'Who was told?',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Who was told?</h1>
        <About person={person} />
        <Form autosave>
          <ChoiceQuestion name="agency" label="Who it is about" entry={typed} options={optionsOf(tellable)} />
          <Radios
            name="state"
            value={typed.value('state')}
            fieldset={{ legend: { text: 'Were they told?', classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={stateFault === undefined ? undefined : { text: stateFault }}
            items={[
              { value: 'told', text: 'Told', conditional: <ToldQuestions prefix="" entry={typed} /> },
              {
                value: 'not-needed',
                text: 'Not needed',
                conditional: (
                  <LongTextQuestion
                    name="whyNot"
                    label="Why it is not needed"
                    entry={typed}
                    most={MOST_CHARACTERS.whyNot}
                    rows={2}
                  />
                ),
              },
            ]}
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

  async post({ tx, asker, service, params }, form) {
    const found = await concernAt(tx, params);
    if (!found) return missing();
    const acting = { asker, clock: service.clock };
    const { agency } = form;
    let outcome: Awaited<ReturnType<typeof tellOfConcern>>;
    if (form.state === 'told') {
      if (form.name === '') return refuse({ field: 'name', message: 'Enter whom you told' });
      const at = whenTold(form.time, service.clock.now());
      if (at === undefined)
        return refuse({ field: 'time', message: 'Enter when they were told, like 2:05pm or yesterday 9pm' });
      const { name, how: way, reference } = form;
      outcome = await tellOfConcern(tx, acting, found.concern.id, {
        agency,
        state: 'told',
        name,
        how: way,
        at,
        reference,
      });
    } else {
      if (agency === 'other')
        return refuse({ field: 'state', message: 'Choose told: nobody else has to be told' });
      if (form.whyNot === '') {
        return refuse({
          field: 'whyNot',
          message: `Enter why it is not needed: ${wordFor(agencies, agency)}`,
        });
      }
      outcome = await tellOfConcern(tx, acting, found.concern.id, {
        agency,
        state: 'not-needed',
        whyNot: form.whyNot,
      });
    }
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'refused':
        return refuse({ field: 'agency', message: outcome.why });
      case 'done':
        return redirect(concernsAddress(found.person.id, found.concern.id), { notice: 'Saved' });
    }
  },
});
