import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { partsOf } from '../../platform/clock/plain-date.ts';
import { ConflictForm, conflictTitle } from '../../platform/forms/conflict.tsx';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, date, MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, ListQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { parsePostcode } from '../../platform/text/postcode.ts';
import {
  type CodedWord,
  codesOf,
  datePrecisions,
  ethnicities,
  genders,
  optionsOf,
} from '../../reference/code-lists.ts';
import { correctPerson } from '../correct-person.ts';
import { DeathNotice } from '../death-notice.tsx';
import { fullName, type Person } from '../person.ts';
import { personAddress } from '../person-address.ts';
import { findPerson } from '../person-queries.ts';
import {
  bornAsText,
  nothingInWords,
  type PersonRecord,
  recordFieldInWords,
  recordFields,
  recordValueInWords,
} from '../person-record.ts';
import { areaNames, areasToDecideFor, goesByItsBorough } from '../person-record-queries.ts';
import { correctorsOfRecords } from './person-page.tsx';

const kept = z.enum(['theirs', 'mine']).optional().catch(undefined);
const version = z.coerce.number().int().positive().max(MOST_INTEGER);

const recordForm = z.object({
  givenNames: text({ called: 'First names', most: 100 }),
  familyName: text({ called: 'Family name', most: 100 }),
  knownAs: text({ called: 'Known as', most: 200 }),
  precision: choice(codesOf(datePrecisions), 'Choose how surely the date of birth is known'),
  dateOfBirth: date({ called: 'Date of birth' }),
  gender: choice(codesOf(genders), 'Choose a gender, or not known'),
  ethnicity: choice(codesOf(ethnicities), 'Choose an ethnicity, or not known'),
  postcode: text({
    called: 'Postcode',
    most: 10,
    rule: {
      holds: (typed) => parsePostcode(typed) !== undefined,
      otherwise: 'Enter a full postcode, like SE1 7PB, or leave it empty',
    },
  }).transform((typed) => parsePostcode(typed) ?? ''),
  area: z.string().min(1, 'Choose the borough responsible'),
  version,
  seen: version.optional(),
  'keep-givenNames': kept,
  'keep-familyName': kept,
  'keep-knownAs': kept,
  'keep-born': kept,
  'keep-gender': kept,
  'keep-ethnicity': kept,
  'keep-postcode': kept,
  'keep-area': kept,
});

/** The controls of the form that a page in between carries on. */
const controls = [
  'givenNames',
  'familyName',
  'knownAs',
  'precision',
  'dateOfBirth-day',
  'dateOfBirth-month',
  'dateOfBirth-year',
  'gender',
  'ethnicity',
  'postcode',
  'area',
  'version',
] as const;

/** Corrects a young person's record. */
export const editPersonPage = page({
  path: '/people/:person/edit',
  for: correctorsOfRecords,
  params: z.object({ person: z.uuid() }),
  form: recordForm,

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    // Null where the borough is not corrected here.
    const areas = (await goesByItsBorough(tx, person.id)) ? null : await areasToDecideFor(tx);
    return show(
      'Correct the record',
      <RecordForm person={person} areas={areas} entry={entry(typedOf(person))} />,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, service, params, entry }, form) {
    if (form.dateOfBirth !== null && form.dateOfBirth > londonDate(service.clock.now())) {
      return refuse({
        field: 'dateOfBirth',
        control: 'dateOfBirth-day',
        message: 'Date of birth must be today or in the past',
      });
    }
    if (form.precision === 'not-known' && form.dateOfBirth !== null) {
      return refuse({
        field: 'precision',
        message: 'Choose exact or approximate, or take the date of birth away',
      });
    }
    if (form.precision !== 'not-known' && form.dateOfBirth === null) {
      return refuse({
        field: 'dateOfBirth',
        control: 'dateOfBirth-day',
        message: 'Enter the date of birth, or choose not known',
      });
    }
    const typed: PersonRecord = {
      givenNames: form.givenNames,
      familyName: form.familyName,
      knownAs: form.knownAs,
      born: bornAsText({ dateOfBirth: form.dateOfBirth, dateOfBirthPrecision: form.precision }),
      gender: form.gender,
      ethnicity: form.ethnicity,
      postcode: form.postcode,
      area: form.area,
    };
    const choices = Object.fromEntries(recordFields.map((field) => [field, form[`keep-${field}`]]));
    const outcome = await correctPerson(tx, params.person, {
      version: form.version,
      seen: form.seen,
      typed,
      choices,
    });
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'area-of-others':
        return refuse({
          field: 'area',
          message:
            'Choose a borough that you cover; a coordinator who covers both can move the record to another',
        });
      case 'area-to-pass-on':
        return refuse({
          field: 'area',
          message:
            'Borough responsible cannot be corrected here, because referrals or support go by it: pass responsibility on instead',
        });
      case 'nothing-changed':
        return redirect(personAddress(params.person), { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(personAddress(params.person), { notice: 'The record is corrected' });
      case 'changed-meanwhile': {
        const names = await areaNames(tx);
        await recordLook(tx, {
          action: 'view-person',
          subject: { kind: 'person', id: params.person },
          personId: params.person,
        });
        return show(
          conflictTitle('this record'),
          <ConflictForm
            called="this record"
            differences={outcome.differences}
            undecided={outcome.undecided}
            changes={outcome.changes}
            version={outcome.version}
            entry={entry()}
            controls={controls}
            fieldInWords={recordFieldInWords}
            valueInWords={(field, value) => recordValueInWords(field, value, names) || nothingInWords(field)}
            faulty={form.seen === outcome.version}
            leaveTo={personAddress(params.person)}
          />,
          { status: 409 },
        );
      }
    }
  },
});

/** A record as its form shows it. */
function typedOf(person: Person): Record<string, string> {
  const [year, month, day] = person.dateOfBirth === null ? ['', '', ''] : partsOf(person.dateOfBirth);
  return {
    givenNames: person.givenNames,
    familyName: person.familyName,
    knownAs: person.knownAs,
    precision: person.dateOfBirthPrecision,
    'dateOfBirth-day': String(day),
    'dateOfBirth-month': String(month),
    'dateOfBirth-year': String(year),
    gender: person.gender,
    ethnicity: person.ethnicity,
    postcode: person.postcode,
    area: person.area,
    version: String(person.version),
  };
}

interface RecordFormProps {
  person: Person;
  /** The boroughs to choose from; null where it is not corrected here. */
  areas: readonly CodedWord[] | null;
  entry: Entry;
}

function RecordForm({ person, areas, entry }: RecordFormProps) {
  return (
    <>
      <Faults entry={entry} />
      <h1 class="govuk-heading-l">Correct the record</h1>
      <DeathNotice person={person} />
      <p class="govuk-body">
        <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>. What stood here
        before is kept, with who changed it and when.
      </p>
      <Form autosave>
        <input type="hidden" name="version" value={entry.value('version')} />
        <TextQuestion name="givenNames" label="First names (optional)" entry={entry} autocomplete="off" />
        <TextQuestion
          name="familyName"
          label="Family name (optional)"
          hint="Where they use one name only, write it here"
          entry={entry}
          autocomplete="off"
        />
        <TextQuestion
          name="knownAs"
          label="Known as (optional)"
          hint="Other names they use or have used"
          entry={entry}
          autocomplete="off"
        />
        <ChoiceQuestion
          name="precision"
          label="How surely is the date of birth known?"
          entry={entry}
          options={optionsOf(datePrecisions)}
        />
        <DateQuestion
          name="dateOfBirth"
          label="Date of birth"
          hint="For example 27 3 2010. Leave it empty where it is not known"
          entry={entry}
        />
        <ChoiceQuestion name="gender" label="Gender" entry={entry} options={optionsOf(genders)} />
        <ListQuestion name="ethnicity" label="Ethnicity" entry={entry} options={optionsOf(ethnicities)} />
        <TextQuestion
          name="postcode"
          label="Postcode (optional)"
          hint="Where they live most of the time"
          entry={entry}
          width="short"
          autocomplete="off"
        />
        {areas === null ? (
          <div class="govuk-form-group" id="area">
            <input type="hidden" name="area" value={person.area} />
            <p class="govuk-body">
              Borough responsible: {person.areaName}. Their referrals and support go by it:{' '}
              <a class="govuk-link" href={`${personAddress(person.id)}/borough`}>
                pass responsibility on to another borough
              </a>{' '}
              instead of correcting it here.
            </p>
          </div>
        ) : (
          <ListQuestion
            name="area"
            label="Borough responsible"
            hint="Those that you cover. A coordinator who covers both can move the record to another"
            entry={entry}
            options={optionsOf(areas)}
          />
        )}
        <div class="govuk-button-group">
          <Button>Save</Button>
          <a class="govuk-link" href={personAddress(person.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  );
}
