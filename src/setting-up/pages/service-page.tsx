import { z } from 'zod';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { changeServiceDetails, findServiceDetails } from '../service-details.ts';

const ADDRESS_MOST = 500;

/** What the service is called, how it is reached, and who answers for what it keeps. */
export const servicePage = page({
  path: '/set-up/service',
  for: ['administrator'],
  form: z.object({
    version: z.coerce.number().int().min(0).max(MOST_INTEGER),
    serviceName: text({
      called: 'The name of the service',
      most: 60,
      needed: 'Enter the name of the service',
    }),
    telephone: text({ called: 'The telephone number', most: 40 }),
    email: emailOrNothing('Enter an email address like referrals@example.org'),
    hours: text({ called: 'When somebody answers', most: 200 }),
    postalAddress: text({ called: 'The postal address', most: ADDRESS_MOST, lines: 'many' }),
    controller: text({ called: 'The organisation that answers for it', most: 200 }),
    dataProtectionContact: emailOrNothing('Enter an email address like data.protection@example.org'),
  }),

  async get({ tx, entry }) {
    const { version, ...details } = await findServiceDetails(tx);
    const form = entry({ ...details, version: String(version) });
    return show(
      'The service',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <h1 class="govuk-heading-l">The service</h1>
          <Form>
            <input type="hidden" name="version" value={form.value('version')} />
            <TextQuestion
              name="serviceName"
              label="Name of the service"
              hint="At the top of every page, and as the sender of its emails."
              entry={form}
            />
            <h2 class="govuk-heading-m">How it is reached</h2>
            <p class="govuk-body">Everybody can read this, on the page “Help now”.</p>
            <TextQuestion
              name="telephone"
              type="tel"
              label="Telephone (optional)"
              width="half"
              entry={form}
            />
            <TextQuestion name="email" type="email" label="Email (optional)" entry={form} />
            <TextQuestion
              name="hours"
              label="When somebody answers (optional)"
              hint="For example, Monday to Friday, 9am to 5pm."
              entry={form}
            />
            <LongTextQuestion
              name="postalAddress"
              label="Postal address (optional)"
              most={ADDRESS_MOST}
              rows={4}
              entry={form}
            />
            <h2 class="govuk-heading-m">Who answers for what it keeps</h2>
            <p class="govuk-body">Everybody can read this, on the page “Privacy”.</p>
            <TextQuestion
              name="controller"
              label="Organisation (optional)"
              hint="It decides what is kept and why: the controller, in the words of data protection law."
              entry={form}
            />
            <TextQuestion
              name="dataProtectionContact"
              type="email"
              label="Email of the data protection lead (optional)"
              entry={form}
            />
            <Button preventDoubleClick>Save</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/set-up' },
    );
  },

  async post({ tx }, details) {
    if (!(await changeServiceDetails(tx, details))) {
      return refuse({
        field: 'serviceName',
        message:
          'Somebody has changed these details since you opened them: open the page again, and make your changes to what it says now',
      });
    }
    return redirect('/set-up', { notice: 'The details are saved. Every page shows them within a minute' });
  },
});

/** An address, or none. */
function emailOrNothing(wrong: string) {
  return text({ called: 'The email address', most: 254 }).refine(
    (typed) => typed === '' || z.email().safeParse(typed).success,
    wrong,
  );
}
