import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { date, text } from '../../platform/forms/fields.ts';
import { DateQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { timeToCome } from '../time-to-come.ts';

/** By when a worker who is out alone will be back: the fields, the questions and what is read of them. */
export const backByForm = {
  backOn: date({ called: 'The day you will be back', needed: 'Enter the day you will be back' }),
  backTime: text({
    called: 'The time you will be back',
    most: 40,
    needed: 'Enter the time you will be back, like 2:05pm',
  }),
};

export function BackByQuestions({ entry }: { entry: Entry }) {
  return (
    <>
      <DateQuestion
        name="backOn"
        label="The day you will be back"
        hint="For example 27 3 2026"
        entry={entry}
      />
      <TextQuestion
        name="backTime"
        label="The time you will be back"
        hint="For example 2:05pm"
        entry={entry}
        width="short"
        autocomplete="off"
      />
    </>
  );
}

/** The instant they will be back: by tomorrow at the latest. */
export function backBy(
  { backOn, backTime }: { backOn: PlainDate; backTime: string },
  now: Date,
): { ok: true; at: Date } | { ok: false; fault: Fault } {
  const read = timeToCome(backOn, backTime, now, { called: 'you will be back', withinDays: 1 });
  if (read.ok) return read;
  return {
    ok: false,
    fault:
      read.about === 'day'
        ? { field: 'backOn', message: read.message, control: 'backOn-day' }
        : { field: 'backTime', message: read.message },
  };
}
