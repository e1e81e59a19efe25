import { z } from 'zod';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { addPartner } from '../partner-commands.ts';
import { PROVED_WITHIN } from './administering.ts';

const kinds = [
  { value: 'provider', text: 'A provider', hint: 'It works with young people in teams.' },
  { value: 'local-authority', text: 'A local authority', hint: 'It has borough contacts.' },
  { value: 'police', text: 'A police force' },
];

/** Another organisation that works with the service. The service itself is there from the first account on. */
export const newPartnerPage = page({
  path: '/partners/new',
  for: ['administrator'],
  provedWithin: PROVED_WITHIN,
  form: z.object({
    name: text({ called: 'Name', most: 200, needed: 'Enter its name' }),
    kind: choice(['provider', 'local-authority', 'police'], 'Choose what kind of organisation it is'),
  }),

  async get({ entry }) {
    const form = entry();
    return show(
      'Add a partner',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <h1 class="govuk-heading-l">Add a partner</h1>
          <Form>
            <TextQuestion name="name" label="Name" autocomplete="off" entry={form} />
            <ChoiceQuestion
              name="kind"
              label="What kind of organisation is it?"
              entry={form}
              options={kinds}
            />
            <Button preventDoubleClick>Add it</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/partners' },
    );
  },

  async post({ tx }, partner) {
    const id = await addPartner(tx, partner);
    if (id === null)
      return refuse({ field: 'name', message: 'There is an organisation of this name already' });
    return redirect(`/partners/${id}`, { notice: 'The partner is added' });
  },
});
