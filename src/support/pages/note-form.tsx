import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { formatLondon, londonWallTime } from '../../platform/clock/london-time.ts';
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
import { optionsOf } from '../../reference/code-lists.ts';
import { MOST_CHARACTERS, noteFieldInWords, timeAsTyped, workersKinds } from '../case-note.ts';

const { present, sharedText, fact, voice, opinion, thirdParty } = noteFieldInWords;

/** When a note's event happened, and of what kind it was: what every note is asked. */
export const noteHead = {
  kind: choice(
    workersKinds.map(({ code }) => code) as [string, ...string[]],
    'Choose what kind of note it is',
  ),
  happenedOn: date({ called: 'The day it happened', needed: 'Enter the day it happened' }),
  happenedTime: text({
    called: 'The time it happened',
    most: 40,
    needed: 'Enter the time it happened, like 2:05pm',
  }),
  present: text({ called: present, most: MOST_CHARACTERS.present, lines: 'many' }),
};

/** What the form of a note takes, when it is new and when it is changed. */
export const noteForm = z.object({
  ...noteHead,
  fact: text({ called: fact, most: MOST_CHARACTERS.fact, needed: 'Enter what happened', lines: 'many' }),
  voice: text({ called: voice, most: MOST_CHARACTERS.voice, lines: 'many' }),
  opinion: text({ called: opinion, most: MOST_CHARACTERS.opinion, lines: 'many' }),
  thirdParty: text({ called: thirdParty, most: MOST_CHARACTERS.thirdParty, lines: 'many' }),
});

/** The controls of the form. */
export const noteControls = [
  'kind',
  'happenedOn-day',
  'happenedOn-month',
  'happenedOn-year',
  'happenedTime',
  'present',
  'sharedText',
  'fact',
  'voice',
  'opinion',
  'thirdParty',
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

/** When it happened and of what kind it was. */
export function NoteHead({ entry }: { entry: Entry }) {
  return (
    <>
      <ChoiceQuestion
        name="kind"
        label={noteFieldInWords.kind}
        entry={entry}
        options={optionsOf(workersKinds)}
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
    </>
  );
}

/** Where it is said when what is typed was last kept: by the page's script, and before it by what is kept already. */
export function LastKept({ at }: { at: Date | null }) {
  return (
    <p class="hw-autosave" data-autosave-status>
      {at !== null && `What you typed was last kept on ${formatLondon(at)}`}
    </p>
  );
}

interface NoteFormProps {
  entry: Entry;
  /** Whether the note has a part that is in the notes of several people. */
  isShared?: boolean;
  /** When what it shows was kept, where it shows that. */
  keptAt: Date | null;
  children: ComponentChildren;
}

/** The questions of a note; what else its page asks, and its button, come last. */
export function NoteForm({ entry, isShared = false, keptAt, children }: NoteFormProps) {
  return (
    <Form autosave>
      <NoteHead entry={entry} />
      <LongTextQuestion
        name="present"
        label={optional(present)}
        hint="Everybody who was there, and what they do"
        entry={entry}
        most={MOST_CHARACTERS.present}
        rows={2}
      />
      {isShared && (
        <LongTextQuestion
          name="sharedText"
          label={optional(sharedText)}
          hint="You wrote this for more than one young person. What you change here is changed in this note alone"
          entry={entry}
          most={MOST_CHARACTERS.sharedText}
          rows={8}
        />
      )}
      <LongTextQuestion
        name="fact"
        label={isShared ? optional('What happened, about this young person alone') : fact}
        hint="What you saw and heard, and who told you what you did not. The young person may read this"
        entry={entry}
        most={MOST_CHARACTERS.fact}
        rows={10}
      />
      <LongTextQuestion
        name="voice"
        label={optional(voice)}
        hint="In their own words, as far as you can"
        entry={entry}
        most={MOST_CHARACTERS.voice}
      />
      <LongTextQuestion
        name="opinion"
        label={optional(opinion)}
        hint="Your professional opinion, and what it rests on"
        entry={entry}
        most={MOST_CHARACTERS.opinion}
      />
      <LongTextQuestion
        name="thirdParty"
        label={optional(thirdParty)}
        hint="What is about another person, or came from one who may not be named. It is marked, to be taken out before the young person is given the note"
        entry={entry}
        most={MOST_CHARACTERS.thirdParty}
        rows={4}
      />
      <LastKept at={keptAt} />
      {children}
    </Form>
  );
}

/** The label of a question that may be left unanswered. */
export const optional = (label: string) => `${label} (optional)`;
