import { z } from 'zod';
import { personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { partsOf } from '../../platform/clock/plain-date.ts';
import { timeAsTyped, whenItHappened } from '../../platform/clock/typed-time.ts';
import {
  amendmentShape,
  changedMeanwhile,
  choicesIn,
  dateControls,
} from '../../platform/forms/amendment.tsx';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { Button, Details, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { changesOf } from '../../platform/history/changes.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { staffRoles } from '../../platform/identity/staff-roles.ts';
import {
  allegationFieldInWords,
  allegationFields,
  allegationValueInWords,
  MOST_CHARACTERS,
} from '../allegation.ts';
import { recordProgress } from '../allegation-commands.ts';
import { findAllegation, versionsOfAllegation } from '../allegation-queries.ts';
import { allegationsAddress } from '../safeguarding-addresses.ts';
import { Typed } from './concern-ground.tsx';

const { officerName, officerReference, beingDone, outcome } = allegationFieldInWords;

/** An allegation, and what is done about it, for those who receive it. */
export const allegationPage = page({
  path: '/allegations/:allegation',
  isConfidential: true,
  for: staffRoles,
  params: z.object({ allegation: z.uuid() }),
  form: z.object({
    officerName: text({ called: officerName, most: MOST_CHARACTERS.name }),
    toldOn: date({ called: 'The day the designated officer was told' }),
    toldTime: text({ called: 'The time the designated officer was told', most: 40 }),
    officerReference: text({ called: officerReference, most: MOST_CHARACTERS.reference }),
    beingDone: text({ called: beingDone, most: MOST_CHARACTERS.done, lines: 'many' }),
    outcome: text({ called: outcome, most: MOST_CHARACTERS.done, lines: 'many' }),
    closed: choice(['no', 'yes'], 'Choose whether it is closed'),
    ...amendmentShape(allegationFields),
  }),

  async get({ tx, params, entry }) {
    const allegation = await findAllegation(tx, params.allegation);
    if (!allegation) return missing();
    await recordLook(tx, {
      action: 'confidential-read',
      subject: { kind: 'confidential', id: allegation.id },
      personId: null,
    });
    const changes = changesOf(await versionsOfAllegation(tx, allegation.id));
    const { officerToldAt } = allegation;
    const [year, month, day] = officerToldAt === null ? ['', '', ''] : partsOf(londonDate(officerToldAt));
    const typed = entry({
      officerName: allegation.officerName,
      'toldOn-day': String(day),
      'toldOn-month': String(month),
      'toldOn-year': String(year),
      toldTime: officerToldAt === null ? '' : timeAsTyped(officerToldAt),
      officerReference: allegation.officerReference,
      beingDone: allegation.beingDone,
      outcome: allegation.outcome,
      closed: allegation.isClosed ? 'yes' : 'no',
      version: String(allegation.version),
    });
    return show(
      'Allegation against staff',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Allegation against staff</h1>
        {officerToldAt === null && !allegation.isClosed && (
          <WarningText>
            The local authority designated officer (LADO) must be told within one working day
          </WarningText>
        )}
        <SummaryList
          rows={[
            {
              key: { text: 'About' },
              value: {
                text: (
                  <>
                    <bdi>{allegation.aboutName}</bdi>, <bdi>{allegation.organisationName}</bdi>
                  </>
                ),
              },
            },
            {
              key: { text: 'What they are said to have done' },
              value: { text: <Typed>{allegation.what}</Typed> },
            },
            allegation.happened !== '' && {
              key: { text: 'When and where' },
              value: { text: <Typed>{allegation.happened}</Typed> },
            },
            {
              key: { text: 'Raised by' },
              value: {
                text: (
                  <>
                    <bdi>{allegation.raisedByName}</bdi>, {formatLondon(allegation.raisedAt)}
                  </>
                ),
              },
            },
            allegation.youngPerson !== null && {
              key: { text: 'Young person' },
              value: {
                text: (
                  <>
                    <a class="govuk-link" href={personAddress(allegation.youngPerson.personId)}>
                      Their record, if you may open it
                    </a>
                    {allegation.youngPerson.what !== '' && <Typed>{allegation.youngPerson.what}</Typed>}
                  </>
                ),
              },
            },
          ]}
        />
        <h2 class="govuk-heading-m">What is done about it</h2>
        <Form autosave>
          <input type="hidden" name="version" value={typed.value('version')} />
          <TextQuestion
            name="officerName"
            label={officerName}
            hint="The local authority designated officer (LADO), and the council"
            entry={typed}
            autocomplete="off"
          />
          <DateQuestion name="toldOn" label="The day they were told" entry={typed} />
          <TextQuestion
            name="toldTime"
            label="The time they were told"
            hint="For example 2:05pm"
            entry={typed}
            width="short"
            autocomplete="off"
          />
          <TextQuestion
            name="officerReference"
            label={officerReference}
            entry={typed}
            width="half"
            autocomplete="off"
          />
          <LongTextQuestion name="beingDone" label={beingDone} entry={typed} most={MOST_CHARACTERS.done} />
          <LongTextQuestion
            name="outcome"
            label={outcome}
            entry={typed}
            most={MOST_CHARACTERS.done}
            rows={3}
          />
          <ChoiceQuestion
            name="closed"
            label="Is it closed?"
            entry={typed}
            options={[
              { value: 'no', text: 'No' },
              { value: 'yes', text: 'Yes' },
            ]}
            inline
          />
          <p class="hw-autosave" data-autosave-status></p>
          <Button>Save</Button>
        </Form>
        {changes.length > 0 && <h2 class="govuk-heading-m">What was written before</h2>}
        {changes.toReversed().map((change) => (
          <Details
            key={change.version}
            summaryText={`${change.by ?? 'The service'}, ${formatLondon(change.at)}`}
          >
            {change.fields.map(({ field, from, to }) => (
              <p key={field} class="govuk-body hw-text" dir="auto">
                {allegationFieldInWords[field]}: from “{allegationValueInWords(field, from)}” to “
                {allegationValueInWords(field, to)}”
              </p>
            ))}
          </Details>
        ))}
      </>,
      { backTo: allegationsAddress() },
    );
  },

  async post({ tx, service, params, entry }, form) {
    if ((form.toldOn === null) !== (form.toldTime === '')) {
      return refuse(
        form.toldOn === null
          ? {
              field: 'toldOn',
              control: 'toldOn-day',
              message: 'Enter the day the designated officer was told',
            }
          : { field: 'toldTime', message: 'Enter the time the designated officer was told, like 2:05pm' },
      );
    }
    const when =
      form.toldOn === null ? null : whenItHappened(form.toldOn, form.toldTime, service.clock.now());
    if (when !== null && !when.ok) {
      return refuse(
        when.field === 'happenedOn'
          ? {
              field: 'toldOn',
              control: 'toldOn-day',
              message: 'The day the designated officer was told must be today or in the past',
            }
          : { field: 'toldTime', message: when.message },
      );
    }
    const done = await recordProgress(tx, service.clock, params.allegation, {
      version: form.version,
      seen: form.seen,
      progress: {
        officerToldAt: when === null ? null : when.at,
        officerName: form.officerName,
        officerReference: form.officerReference,
        beingDone: form.beingDone,
        outcome: form.outcome,
        isClosed: form.closed === 'yes',
      },
      choices: choicesIn(allegationFields, form),
    });
    switch (done.kind) {
      case 'missing':
        return missing();
      case 'refused':
        return refuse({ field: done.field, message: done.why });
      case 'nothing-changed':
        return redirect(allegationsAddress(params.allegation), { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(allegationsAddress(params.allegation), { notice: 'Saved' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'confidential-read',
          subject: { kind: 'confidential', id: params.allegation },
          personId: null,
        });
        return changedMeanwhile({
          called: 'this allegation',
          outcome: done,
          entry: entry(),
          controls: [
            'officerName',
            ...dateControls('toldOn'),
            'toldTime',
            'officerReference',
            'beingDone',
            'outcome',
            'closed',
          ],
          fieldInWords: allegationFieldInWords,
          valueInWords: allegationValueInWords,
          seen: form.seen,
          leaveTo: allegationsAddress(params.allegation),
        });
    }
  },
});
