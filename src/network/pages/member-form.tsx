import { z } from 'zod';
import type { DocumentForm } from '../../people/index.ts';
import { dateAsTyped, dateControls } from '../../platform/forms/amendment.tsx';
import type { Values } from '../../platform/forms/conflict.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, date, type TextRule, text } from '../../platform/forms/fields.ts';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import {
  faultsOfMember,
  type MemberField,
  mayContactAnswers,
  memberDocument,
  memberInWords,
  memberKinds,
  memberValueInWords,
  yesNoNotKnown,
} from '../network-member.ts';

const MOST_LINE = 200;
const MOST = 2_000;

/** As a referrer's own are asked for: what can be rung, and what can be written to. */
const phoneRule: TextRule = {
  holds: (typed) => typed.replace(/\D/g, '').length >= 10,
  otherwise: 'Enter a phone number with its area code, like 020 7946 0000',
};
const emailRule: TextRule = {
  holds: (typed) => z.email().safeParse(typed).success,
  otherwise: 'Enter an email address in the right form, like name@example.org',
};

const shape = z.object({
  kind: choice(codesOf(memberKinds), 'Choose what they are to the young person'),
  name: text({
    called: memberInWords.name,
    most: MOST_LINE,
    needed: 'Enter their name, or what they are called',
  }),
  relationship: text({
    called: memberInWords.relationship,
    most: MOST_LINE,
    needed: 'Enter their relationship to the young person, or their role',
  }),
  agency: text({ called: memberInWords.agency, most: MOST_LINE }),
  phone: text({ called: memberInWords.phone, most: MOST_LINE, rule: phoneRule }),
  email: text({ called: memberInWords.email, most: MOST_LINE, rule: emailRule }),
  address: text({ called: memberInWords.address, most: MOST, lines: 'many' }),
  parentalResponsibility: choice(codesOf(yesNoNotKnown), 'Choose whether they have parental responsibility'),
  livesWith: choice(codesOf(yesNoNotKnown), 'Choose whether they live with the young person'),
  fromOn: date({ called: 'The first day' }),
  untilOn: date({ called: 'The last day' }),
  mayContact: choice(codesOf(mayContactAnswers), 'Choose whether they may be contacted'),
  contactWhy: text({ called: memberInWords.contactWhy, most: MOST, lines: 'many' }),
  notes: text({ called: memberInWords.notes, most: MOST, lines: 'many' }),
});

const controls = [
  'kind',
  'name',
  'relationship',
  'agency',
  'phone',
  'email',
  'address',
  'parentalResponsibility',
  'livesWith',
  ...dateControls('fromOn'),
  ...dateControls('untilOn'),
  'mayContact',
  'contactWhy',
  'notes',
];

function asTyped(values: Values<MemberField>): Record<string, string> {
  return {
    ...values,
    ...dateAsTyped('fromOn', values.fromOn),
    ...dateAsTyped('untilOn', values.untilOn),
  };
}

function typed(form: z.output<typeof shape>): Values<MemberField> {
  return {
    kind: form.kind,
    name: form.name,
    relationship: form.relationship,
    agency: form.agency,
    phone: form.phone,
    email: form.email,
    address: form.address,
    parentalResponsibility: form.parentalResponsibility,
    livesWith: form.livesWith,
    fromOn: form.fromOn ?? '',
    untilOn: form.untilOn ?? '',
    mayContact: form.mayContact,
    contactWhy: form.contactWhy,
    notes: form.notes,
  };
}

function faults(form: z.output<typeof shape>): Fault[] {
  return faultsOfMember(typed(form)).map(({ field, message }) =>
    field === 'untilOn' ? { field, message, control: 'untilOn-day' } : { field, message },
  );
}

function questions(entry: Entry) {
  return (
    <>
      <ChoiceQuestion
        name="kind"
        label="What are they to the young person?"
        entry={entry}
        options={optionsOf(memberKinds)}
      />
      <TextQuestion name="name" label={memberInWords.name} hint="Or what they are called" entry={entry} />
      <TextQuestion
        name="relationship"
        label={memberInWords.relationship}
        hint="Such as mother, mother’s partner, social worker, football coach"
        entry={entry}
      />
      <TextQuestion name="agency" label={`${memberInWords.agency} (optional)`} entry={entry} />
      <ChoiceQuestion
        name="mayContact"
        label="May they be contacted about the young person?"
        hint="Ask the young person who is safe to speak to"
        entry={entry}
        options={optionsOf(mayContactAnswers)}
      />
      <LongTextQuestion
        name="contactWhy"
        label="Why not, or how through the worker (optional if they may be contacted)"
        hint="What could happen if somebody did"
        entry={entry}
        most={MOST}
        rows={2}
      />
      <TextQuestion
        name="phone"
        label={`${memberInWords.phone} (optional)`}
        entry={entry}
        autocomplete="off"
      />
      <TextQuestion
        name="email"
        label={`${memberInWords.email} (optional)`}
        entry={entry}
        autocomplete="off"
      />
      <LongTextQuestion
        name="address"
        label={`${memberInWords.address} (optional)`}
        entry={entry}
        most={MOST}
        rows={3}
      />
      <ChoiceQuestion
        name="parentalResponsibility"
        label="Do they have parental responsibility?"
        hint="In law: a parent may not, and a council may"
        entry={entry}
        options={optionsOf(yesNoNotKnown)}
      />
      <ChoiceQuestion
        name="livesWith"
        label="Do they live with the young person?"
        entry={entry}
        options={optionsOf(yesNoNotKnown)}
      />
      <DateQuestion name="fromOn" label="Since (optional)" hint="For example 27 3 2026" entry={entry} />
      <DateQuestion
        name="untilOn"
        label="Until (optional)"
        hint="The last day, when they have moved out, changed jobs or lost touch"
        entry={entry}
      />
      <LongTextQuestion
        name="notes"
        label={`${memberInWords.notes} (optional)`}
        hint="Do not write that somebody else is known to this service"
        entry={entry}
        most={MOST}
        rows={3}
      />
    </>
  );
}

/** How somebody of a young person's network is asked for. */
export const memberForm: DocumentForm<MemberField, typeof shape> = {
  document: memberDocument,
  form: shape,
  controls,
  questions,
  faults,
  asTyped,
  typed,
  fieldInWords: memberInWords,
  valueInWords: memberValueInWords,
};
