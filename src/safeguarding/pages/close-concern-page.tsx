import { z } from 'zod';
import { reasonsOf } from '../../organisations/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { MOST_CHARACTERS, whyNotClose } from '../concern.ts';
import { closeConcern } from '../concern-commands.ts';
import { concernsAddress } from '../safeguarding-addresses.ts';
import { About, concernAt, safeguarders } from './concern-ground.tsx';
import { Developments } from './concern-page.tsx';

/** Closes a concern: what came of it, why, and who decided so. */
export const closeConcernPage = page({
  path: '/people/:person/concerns/:concern/close',
  for: safeguarders,
  params: z.object({ person: z.uuid(), concern: z.uuid() }),
  form: z.object({
    outcome: z.string({ error: 'Choose what came of it' }),
    reason: text({
      called: 'Why it is closed',
      most: MOST_CHARACTERS.reason,
      needed: 'Enter why it is closed',
      lines: 'many',
    }),
    decidedBy: text({
      called: 'Who decided it',
      most: MOST_CHARACTERS.name,
      needed: 'Enter who decided it',
    }),
    seen: z.coerce.number().int().nonnegative().max(MOST_INTEGER).default(0),
  }),

  async get({ tx, params, entry }) {
    const found = await concernAt(tx, params);
    const typed = entry({ seen: String(found?.concern.developments.length ?? 0) });
    if (!found || (found.concern.closedAt !== null && typed.faults.length === 0)) return missing();
    const { person, concern } = found;
    await recordLook(tx, {
      action: 'view-concern',
      subject: { kind: 'concern', id: concern.id },
      personId: person.id,
    });
    const why = whyNotClose(concern.told);
    const since = concern.developments.slice(Number(typed.value('seen')) || 0);
    const outcomes = (await reasonsOf(tx, 'concern-outcome')).filter(({ isRetired }) => !isRetired);
    return show(
      'Close this concern',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Close this concern</h1>
        <About person={person} />
        {why !== undefined && <InsetText>{why}.</InsetText>}
        {since.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Added since you opened this page</h2>
            <Developments developments={since} />
          </>
        )}
        <Form autosave>
          <input type="hidden" name="seen" value={concern.developments.length} />
          <ChoiceQuestion
            name="outcome"
            label="What came of it"
            entry={typed}
            options={outcomes.map(({ code, text: words }) => ({ value: code, text: words }))}
          />
          <LongTextQuestion
            name="reason"
            label="Why it is closed"
            entry={typed}
            most={MOST_CHARACTERS.reason}
            rows={4}
          />
          <TextQuestion
            name="decidedBy"
            label="Who decided it"
            hint="Name and job"
            entry={typed}
            autocomplete="off"
          />
          <div class="govuk-button-group">
            <Button>Close the concern</Button>
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
    const outcomes = await reasonsOf(tx, 'concern-outcome');
    if (!outcomes.some(({ code, isRetired }) => code === form.outcome && !isRetired))
      return refuse({ field: 'outcome', message: 'Choose what came of it' });
    const outcome = await closeConcern(tx, { asker, clock: service.clock }, found.concern.id, form);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'refused':
        return refuse({ field: 'outcome', message: outcome.why });
      case 'done':
        return redirect(concernsAddress(found.person.id, found.concern.id), {
          notice: 'The concern is closed',
        });
    }
  },
});
