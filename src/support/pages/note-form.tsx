import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { londonWallTime } from '../../platform/clock/london-time.ts';
import { partsOf } from '../../platform/clock/plain-date.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Form } from '../../platform/forms/form.tsx';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { MOST_CHARACTERS, noteFieldInWords, noteKinds, timeAsTyped } from '../case-note.ts';

const { present, fact, opinion, voice } = noteFieldInWords;

/** What the form of a note takes, when it is new and when it is changed. */
export const noteForm = z.object({
  kind: choice(codesOf(noteKinds), 'Choose what kind of note it is'),
  happenedOn: date({ called: 'The day it happened', needed: 'Enter the day it happened' }),
  happenedTime: text({
    called: 'The time it happened',
    most: 40,
    needed: 'Enter the time it happened, like 2:05pm',
  }),
  present: text({ called: present, most: MOST_CHARACTERS.present, lines: 'many' }),
  fact: text({ called: fact, most: MOST_CHARACTERS.fact, needed: 'Enter what happened', lines: 'many' }),
  opinion: text({ called: opinion, most: MOST_CHARACTERS.opinion, lines: 'many' }),
  voice: text({ called: voice, most: MOST_CHARACTERS.voice, lines: 'many' }),
});

/** The controls of the form. */
export const noteControls = [
  'kind',
  'happenedOn-day',
  'happenedOn-month',
  'happenedOn-year',
  'happenedTime',
  'present',
  'fact',
  'opinion',
  'voice',
] as const;

/** When something happened, as the form shows it. */
export function happenedAsTyped(at: Date): Record<string, string> {
  const [year, month, day] = partsOf(londonWallTime(at).date);
  return {
    'happenedOn-day': String(day),
    'happenedOn-month': String(month),
    'happenedOn-year': String(year),
    happenedTime: timeAsTyped(at),
  };
}

/** The questions of a note; what else its page asks, and its button, come last. */
export function NoteForm({ entry, children }: { entry: Entry; children: ComponentChildren }) {
  return (
    <Form autosave>
      <ChoiceQuestion
        name="kind"
        label={noteFieldInWords.kind}
        entry={entry}
        options={optionsOf(noteKinds)}
      />
      <DateQuestion
        name="happenedOn"
        label="The day it happened"
        hint="For example 27 3 2026"
        entry={entry}
      />
      <TextQuestion
        name="happenedTime"
        label="The time it happened"
        hint="For example 2:05pm"
        entry={entry}
        width="short"
        autocomplete="off"
      />
      <LongTextQuestion
        name="present"
        label={present}
        hint="Everybody who was there, and what they do"
        entry={entry}
        most={MOST_CHARACTERS.present}
        rows={2}
      />
      <LongTextQuestion
        name="fact"
        label={fact}
        hint="What you saw and heard, and who told you what you did not. The young person may read this"
        entry={entry}
        most={MOST_CHARACTERS.fact}
        rows={10}
      />
      <LongTextQuestion
        name="voice"
        label={voice}
        hint="In their own words, as far as you can"
        entry={entry}
        most={MOST_CHARACTERS.voice}
      />
      <LongTextQuestion
        name="opinion"
        label={opinion}
        hint="Your professional opinion, and what it rests on"
        entry={entry}
        most={MOST_CHARACTERS.opinion}
      />
      <p class="hw-autosave" data-autosave-status></p>
      {children}
    </Form>
  );
}
