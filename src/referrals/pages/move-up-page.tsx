import { z } from 'zod';
import { reasonsOf } from '../../organisations/index.ts';
import { fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { optionsOf } from '../../reference/code-lists.ts';
import { moveBack, moveUp } from '../waiting-commands.ts';
import { everybodyWaiting } from '../waiting-queries.ts';
import { waitingAddress } from './waiting-address.ts';

/** The answer that puts somebody back to where they stand by when they were accepted. */
const BACK = 'back';
const MOST_WHY = 2000;

/** Moves somebody who waits before all who were not moved up, with the reason; or back. */
export const moveUpPage = page({
  path: '/people/:person/waiting/move-up',
  for: ['coordinator'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    reason: z.string().max(100).default(''),
    why: text({ called: 'Why', most: MOST_WHY, lines: 'many' }),
    version: z.coerce.number().int().nonnegative().max(MOST_INTEGER),
  }),

  async get({ tx, params, entry }) {
    const [waiting] = await everybodyWaiting(tx, params.person);
    if (!waiting) return missing();
    await recordLook(tx, {
      action: 'view-waiting',
      subject: { kind: 'episode', id: waiting.episodeId },
      personId: params.person,
    });
    const { movedUpReason, movedUpWhy, version } = waiting.entry;
    const typed = entry({ reason: movedUpReason, why: movedUpWhy });
    const reasons = await reasonsOf(tx, 'queue-jump');
    return show(
      'Move them up',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(waiting)}</bdi>, <span class="hw-reference">{waiting.reference}</span>,{' '}
          {waiting.areaName}
        </p>
        <h1 class="govuk-heading-l">Move them up</h1>
        <p class="govuk-body">
          They will stand before everybody who waits in the order of acceptance. Whoever they pass waits
          longer, so the reason is kept.
        </p>
        <Form autosave>
          <input type="hidden" name="version" value={version} />
          <ChoiceQuestion
            name="reason"
            label="Why should they go first?"
            entry={typed}
            options={[
              ...optionsOf(reasons.filter(({ code, isRetired }) => !isRetired || code === movedUpReason)),
              ...(movedUpReason === ''
                ? []
                : [{ value: BACK, text: 'They should not: put them back in the order of acceptance' }]),
            ]}
          />
          <LongTextQuestion name="why" label="Why, in your words" entry={typed} most={MOST_WHY} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: waitingAddress(params.person) },
    );
  },

  async post({ tx, service, params }, { reason, why, version }) {
    const reasons = await reasonsOf(tx, 'queue-jump');
    if (reason !== BACK) {
      if (!reasons.some(({ code }) => code === reason))
        return refuse({ field: 'reason', message: 'Choose why they should go first' });
      if (why === '') return refuse({ field: 'why', message: 'Enter why, in your words' });
    }
    const outcome =
      reason === BACK
        ? await moveBack(tx, params.person, version)
        : await moveUp(tx, params.person, { reason, why, version }, service.clock);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'changed-meanwhile':
        return refuse({
          field: 'reason',
          message:
            'Somebody else recorded something about them since you opened this page: save again if you still want this',
        });
      case 'saved':
        return redirect(waitingAddress(params.person), {
          notice: reason === BACK ? 'They wait in the order of acceptance again' : 'They are moved up',
        });
    }
  },
});
