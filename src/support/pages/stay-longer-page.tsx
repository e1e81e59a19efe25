import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { stayLonger } from '../check-in-commands.ts';
import { findCheckIn } from '../check-in-queries.ts';
import { BackByQuestions, backBy, backByForm } from './back-by.tsx';
import { happenedAsTyped } from './note-form.tsx';
import { checkInAddress } from './support-addresses.ts';

/** Says that a worker who is out alone will be back later than they had said. */
export const stayLongerPage = page({
  path: '/check-ins/:checkIn/longer',
  for: ['caseworker'],
  params: z.object({ checkIn: z.uuid() }),
  form: z.object(backByForm),

  async get({ tx, params, entry }) {
    const out = await findCheckIn(tx, params.checkIn);
    if (!out || out.checkedInAt !== null) return missing();
    await recordLook(tx, {
      action: 'view-check-ins',
      subject: { kind: 'check-in', id: out.id },
      personId: null,
    });
    const said = happenedAsTyped(out.expectedBackAt);
    const typed = entry({
      'backOn-day': said['happenedOn-day'] ?? '',
      'backOn-month': said['happenedOn-month'] ?? '',
      'backOn-year': said['happenedOn-year'] ?? '',
    });
    return show(
      'How much longer will you be?',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">How much longer will you be?</h1>
        <p class="govuk-body">
          <bdi>{out.goingTo}</bdi>. You said that you would be back by {formatLondon(out.expectedBackAt)}.
        </p>
        <Form>
          <BackByQuestions entry={typed} />
          <Button>Save</Button>
        </Form>
      </>,
      { backTo: checkInAddress(out.id) },
    );
  },

  async post({ tx, service, params }, form) {
    if (form.backOn === null) return missing();
    const back = backBy({ ...form, backOn: form.backOn }, service.clock.now());
    if (!back.ok) return refuse(back.fault);
    if (!(await stayLonger(tx, params.checkIn, back.at))) return missing();
    return redirect('/my-day', { notice: 'Say here when you are back' });
  },
});
