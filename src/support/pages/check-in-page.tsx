import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { checkIn } from '../check-in-commands.ts';
import { findCheckIn } from '../check-in-queries.ts';
import { checkInAddress } from './support-addresses.ts';

/** Says that a worker is back: they do it themselves, or a manager who has reached them. */
export const checkInPage = page({
  path: '/check-ins/:checkIn',
  for: ['caseworker', 'provider-manager'],
  params: z.object({ checkIn: z.uuid() }),

  async get({ tx, asker, params, service }) {
    const out = await findCheckIn(tx, params.checkIn);
    if (!out) return missing();
    await recordLook(tx, {
      action: 'view-check-ins',
      subject: { kind: 'check-in', id: out.id },
      personId: null,
    });
    const isOwn = out.workerId === asker.accountId;
    const heading = isOwn ? 'Are you back?' : 'Is the worker safe?';
    const isOverdue = out.checkedInAt === null && out.expectedBackAt < service.clock.now();
    return show(
      heading,
      <>
        <h1 class="govuk-heading-l">{heading}</h1>
        <SummaryList
          rows={[
            { key: { text: 'Who' }, value: { text: <bdi>{out.workerName}</bdi> } },
            { key: { text: 'Where' }, value: { text: <bdi>{out.goingTo}</bdi> } },
            { key: { text: 'Went' }, value: { text: formatLondon(out.wentAt) } },
            {
              key: { text: isOverdue ? 'Should be back since' : 'Back by' },
              value: { text: formatLondon(out.expectedBackAt) },
            },
            out.checkedInAt !== null && {
              key: { text: 'Was back' },
              value: { text: formatLondon(out.checkedInAt) },
            },
          ]}
        />
        {out.checkedInAt === null && (
          <>
            {!isOwn && (
              <p class="govuk-body">
                Speak with them yourself first. If nobody answers, do what your lone working rules say.
              </p>
            )}
            <Form>
              <div class="govuk-button-group">
                <Button>{isOwn ? 'I am back' : 'I have reached them, and they are safe'}</Button>
                {isOwn && (
                  <a class="govuk-link" href={checkInAddress(out.id, 'longer')}>
                    I will be longer
                  </a>
                )}
              </div>
            </Form>
          </>
        )}
      </>,
      { backTo: isOwn ? '/my-day' : '/check-ins' },
    );
  },

  async post({ tx, asker, service, params }) {
    if (!(await checkIn(tx, asker, params.checkIn, service.clock.now()))) return missing();
    return redirect(asker.role === 'caseworker' ? '/my-day' : '/check-ins', {
      notice: 'Recorded as back',
    });
  },
});
