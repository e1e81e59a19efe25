import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { liftHold } from '../disposal-commands.ts';
import { findHold } from '../disposal-queries.ts';
import { disposalAddress } from './disposal-address.ts';

/** Lets a record go again when its time comes. */
export const liftHoldPage = page({
  path: '/disposal/holds/:hold/lift',
  for: ['data-protection-lead', 'operations-manager'],
  params: z.object({ hold: z.uuid() }),
  async get({ tx, params }) {
    const hold = await findHold(tx, params.hold);
    if (!hold) return missing();
    const title = `Lift the legal hold on ${hold.reference}?`;
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <SummaryList
          rows={[
            {
              key: { text: 'Why it is held' },
              value: {
                text: (
                  <span class="hw-text" dir="auto">
                    {hold.reason}
                  </span>
                ),
              },
            },
            { key: { text: 'Placed by' }, value: { text: <span dir="auto">{hold.placedByName}</span> } },
            { key: { text: 'Placed' }, value: { text: formatLondon(hold.placedAt) } },
          ]}
        />
        <p class="govuk-body">Once it is lifted, a disposal that was approved before is carried out.</p>
        <Form>
          <Button preventDoubleClick>Lift the hold</Button>
        </Form>
      </>,
      { backTo: disposalAddress() },
    );
  },
  async post({ tx, asker, service, params }) {
    const lifted = await liftHold(tx, asker, params.hold, service.clock.now());
    return lifted ? redirect(disposalAddress(), { notice: 'The legal hold is lifted' }) : missing();
  },
});
