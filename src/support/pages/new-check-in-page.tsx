import { z } from 'zod';
import { londonDate } from '../../platform/clock/london-time.ts';
import { partsOf } from '../../platform/clock/plain-date.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { goOut } from '../check-in-commands.ts';
import { BackByQuestions, backBy, backByForm } from './back-by.tsx';

/** Says where a worker goes alone and by when they will be back. */
export const newCheckInPage = page({
  path: '/check-ins/new',
  for: ['caseworker'],
  form: z.object({
    goingTo: text({ called: 'Where you are going', most: 300, needed: 'Enter where you are going' }),
    ...backByForm,
  }),

  async get({ service, entry }) {
    const [year, month, day] = partsOf(londonDate(service.clock.now()));
    const typed = entry({
      'backOn-day': String(day),
      'backOn-month': String(month),
      'backOn-year': String(year),
    });
    return show(
      'Where you are going',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Where you are going</h1>
        <p class="govuk-body">
          Your managers see this, and that you are overdue if you do not say that you are back. Nobody is
          called by this service: agree with somebody that they look. In danger call 999.
        </p>
        <Form>
          <TextQuestion
            name="goingTo"
            label="Where you are going"
            hint="The place, and how you go. Do not name a young person"
            entry={typed}
            autocomplete="off"
          />
          <BackByQuestions entry={typed} />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href="/my-day">
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: '/my-day' },
    );
  },

  async post({ tx, asker, service }, form) {
    if (form.backOn === null) return missing();
    const back = backBy({ ...form, backOn: form.backOn }, service.clock.now());
    if (!back.ok) return refuse(back.fault);
    await goOut(tx, asker, { goingTo: form.goingTo, expectedBackAt: back.at });
    return redirect('/my-day', { notice: 'Say here when you are back' });
  },
});
