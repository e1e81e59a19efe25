import { z } from 'zod';
import { DeathNotice, findPerson, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { reopenSupport } from '../life-event-commands.ts';
import { endedSupport } from '../life-event-queries.ts';
import { reopeners } from './who-records.ts';

const MOST_WHY = 1_000;
/** Instead of a provider: a coordinator chooses one. */
const WAITS = 'waits';
const NEEDS_PROVIDER = 'Choose who supports them now';

const notNow = {
  open: 'Support goes on: somebody has opened it again meanwhile',
  died: 'A death is recorded: support is not opened again',
  nothing: 'No support of theirs has ended, so there is none to open again',
} as const;

/** Opens support again that has ended: a new episode, which names the one before. */
export const reopenSupportPage = page({
  path: '/people/:person/reopen',
  for: reopeners,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    askedBy: text({ called: 'Who asked', most: 200, needed: 'Enter who asked for it' }),
    why: text({ called: 'Why', most: MOST_WHY, needed: 'Enter why support begins again', lines: 'many' }),
    goesTo: z.union([z.literal(WAITS), z.uuid(NEEDS_PROVIDER)], NEEDS_PROVIDER),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const ended = await endedSupport(tx, person.id);
    const typed = entry();
    const title = 'Open support again';
    const why = person.diedOn !== null ? notNow.died : ended === null ? notNow.nothing : undefined;
    const offered = (ended?.providers ?? []).filter(
      ({ id }) => asker.role === 'coordinator' || id === asker.organisationId,
    );
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
          {ended &&
            `. Supported from ${formatDate(londonDate(ended.openedAt))} to ${formatDate(londonDate(ended.closedAt))}`}
        </p>
        <DeathNotice person={person} />
        {why !== undefined ? (
          <p class="govuk-body">{why}.</p>
        ) : (
          <>
            <p class="govuk-body">
              A new episode of support begins, and names the one before. What was recorded then stays as it
              is.
            </p>
            <Form>
              <TextQuestion
                name="askedBy"
                label="Who asked for it?"
                hint="Such as the young person, their mother, their social worker"
                entry={typed}
              />
              <LongTextQuestion name="why" label="Why now?" entry={typed} most={MOST_WHY} rows={4} />
              <ChoiceQuestion
                name="goesTo"
                label="Who supports them now?"
                entry={typed}
                options={[
                  ...offered.map(({ id, name }) => ({ value: id, text: `${name}, as before` })),
                  {
                    value: WAITS,
                    text:
                      asker.role === 'coordinator'
                        ? 'Not decided: they wait for a provider'
                        : 'Somebody else: a coordinator chooses a provider',
                  },
                ]}
              />
              <div class="govuk-button-group">
                <Button preventDoubleClick>Open support again</Button>
                <a class="govuk-link" href={personAddress(person.id)}>
                  Cancel
                </a>
              </div>
            </Form>
          </>
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, service, params }, { askedBy, why, goesTo }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const againWith = goesTo === WAITS ? null : goesTo;
    const outcome = await reopenSupport(tx, person.id, { askedBy, why, againWith }, service.clock.now());
    if (outcome === 'missing') return missing();
    if (outcome !== 'reopened') return refuse({ field: 'goesTo', message: notNow[outcome] });
    return redirect(personAddress(person.id), { notice: 'Support is open again' });
  },
});
