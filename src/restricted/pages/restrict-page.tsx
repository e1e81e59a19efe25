import { z } from 'zod';
import { DeathNotice, findPerson, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { spread, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Checkboxes, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { liftRestriction, nameReaders, restrictRecord } from '../restriction-commands.ts';
import { findRestriction, type LeftWithout, leftWithout, possibleReaders } from '../restriction-queries.ts';
import { mayRestrict } from '../who-restricts.ts';

const MOST_WHY = 1_000;
/** The restriction as the page showed it; empty where there was none. */
const shown = text({ called: 'The restriction', most: 100 });

/** Restricts a record to named people, or changes who they are. */
export const restrictPage = page({
  path: '/people/:person/restrict',
  for: mayRestrict,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    readers: z.array(z.uuid('Choose who may open the record')).default([]).register(spread, { as: 'many' }),
    why: text({ called: 'Why', most: MOST_WHY, lines: 'many' }),
    goesOn: z.literal('elsewhere').optional(),
    shown,
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const restriction = await findRestriction(tx, person.id);
    const readers = await possibleReaders(tx, person.id);
    const typed = entry({
      readers: restriction
        ? readers.filter(({ named }) => named).map(({ accountId }) => accountId)
        : [asker.accountId],
      shown: restriction?.state ?? '',
    });
    const unchosen = typed.fault('readers');
    const unnamed = typed.fault('goesOn');
    const title = restriction ? 'Change who may open this record' : 'Restrict this record';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(person)}</bdi>
        </p>
        <h1 class="govuk-heading-l">{title}</h1>
        <DeathNotice person={person} />
        {restriction ? (
          <p class="govuk-body">
            Restricted by {restriction.placedBy} on {formatLondon(restriction.placedAt)}:{' '}
            <span class="hw-text" dir="auto">
              {restriction.why}
            </span>
          </p>
        ) : (
          <>
            <p class="govuk-body">
              Do this when somebody who could open the record must not: a worker is a relative, or whoever is
              after the young person may learn where they are. For everybody whom you do not tick the record
              is not there: not in a list, not in a search, not in an emergency.
            </p>
            <WarningText>
              Tick yourself, and a coordinator of their area or an operations manager, who can lift the
              restriction. Of each provider that works with them tick the worker; or, if it is the worker who
              must not open it, a manager there, who chooses another.
            </WarningText>
          </>
        )}
        <Form>
          <input type="hidden" name="shown" value={typed.value('shown')} />
          <Checkboxes
            name="readers"
            idPrefix="readers"
            fieldset={{
              legend: { text: 'Who may open it?', classes: 'govuk-fieldset__legend--m' },
            }}
            hint={{ text: 'Those who have the record by their role and their work' }}
            errorMessage={unchosen === undefined ? undefined : { text: unchosen }}
            values={typed.values('readers')}
            items={readers.map(({ accountId, name, role }) => ({
              value: accountId,
              text: <bdi>{name}</bdi>,
              hint: { text: roleInWords[role] },
            }))}
          />
          {unnamed !== undefined && (
            <Checkboxes
              name="goesOn"
              idPrefix="goesOn"
              fieldset={{
                legend: { text: 'Who works with them now?', classes: 'govuk-fieldset__legend--m' },
              }}
              errorMessage={{ text: unnamed }}
              items={[
                {
                  value: 'elsewhere',
                  text: 'Nobody of this provider may open it, and I have agreed who works with them now',
                },
              ]}
            />
          )}
          {!restriction && (
            <LongTextQuestion
              name="why"
              label="Why must it be restricted?"
              hint="Those who may open it can read this"
              most={MOST_WHY}
              rows={3}
              entry={typed}
            />
          )}
          <div class="govuk-button-group">
            <Button preventDoubleClick>{restriction ? 'Save' : 'Restrict the record'}</Button>
            {restriction && (
              <a class="govuk-link" href={liftRestrictionPage.url({ person: person.id })}>
                Lift the restriction
              </a>
            )}
          </div>
        </Form>
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, asker, params }, { readers, why, goesOn, shown }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const possible = new Map((await possibleReaders(tx, person.id)).map((one) => [one.accountId, one]));
    if (readers.length === 0 || readers.some((reader) => !possible.has(reader)))
      return refuse({ field: 'readers', message: 'Choose who may open the record: at least one person' });
    if (!readers.some((reader) => possible.get(reader)?.answers)) {
      return refuse({
        field: 'readers',
        message:
          'Choose a coordinator of their area or an operations manager as well: somebody who answers for the record must be able to open it',
      });
    }
    const [left] = await leftWithout(tx, person.id, readers);
    if (left && goesOn === undefined) return refuse({ field: 'goesOn', message: leftInWords(left) });
    if (shown === '' && why.length < 10)
      return refuse({ field: 'why', message: 'Enter why it must be restricted, in at least a few words' });
    const done =
      shown === ''
        ? await restrictRecord(tx, person.id, why, readers)
        : await nameReaders(tx, person.id, shown, readers);
    if (!done) {
      return refuse({
        field: 'readers',
        message: 'Somebody changed this restriction meanwhile: look at it again before you save',
      });
    }
    const notice =
      'The record is open to the people you named. Nobody else finds it, but the data protection lead where the young person asks for a copy';
    return redirect(readers.includes(asker.accountId) ? personAddress(person.id) : '/', { notice });
  },
});

function leftInWords({ organisation, worker }: LeftWithout): string {
  const stays = `Choose ${worker === null ? '' : 'them, or '}a manager there, who chooses who works with the young person now`;
  return worker === null
    ? `${organisation} works with them, and nobody there who can choose a worker will be able to open it. ${stays}`
    : `${worker} of ${organisation}, who works with them, will not be able to open it. ${stays}`;
}

/** Lifts a restriction: the record is seen again by everybody who needs to know. */
export const liftRestrictionPage = page({
  path: '/people/:person/restrict/lift',
  for: mayRestrict,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    why: text({
      called: 'Why',
      most: MOST_WHY,
      needed: 'Enter why the restriction is no longer needed',
      lines: 'many',
    }),
    shown,
  }),

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    const restriction = person && (await findRestriction(tx, person.id));
    if (!person || !restriction) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry({ shown: restriction.state });
    const title = 'Lift the restriction';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(person)}</bdi>
        </p>
        <h1 class="govuk-heading-l">{title}</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          Everybody whose role and work give them this record will see it again, at once. It was restricted on{' '}
          {formatLondon(restriction.placedAt)}:{' '}
          <span class="hw-text" dir="auto">
            {restriction.why}
          </span>
        </p>
        <Form>
          <input type="hidden" name="shown" value={typed.value('shown')} />
          <LongTextQuestion
            name="why"
            label="Why is it no longer needed?"
            most={MOST_WHY}
            rows={3}
            entry={typed}
          />
          <Button classes="govuk-button--warning" preventDoubleClick>
            Lift the restriction
          </Button>
        </Form>
      </>,
      { backTo: restrictPage.url({ person: person.id }) },
    );
  },

  async post({ tx, params }, { why, shown }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    if (!(await liftRestriction(tx, person.id, shown, why)))
      return refuse({
        field: 'why',
        message: 'Somebody changed this restriction meanwhile: look at it again before you lift it',
      });
    return redirect(personAddress(person.id), { notice: 'The restriction is lifted' });
  },
});
