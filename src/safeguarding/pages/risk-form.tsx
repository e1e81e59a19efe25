import type { ComponentChildren } from 'preact';
import { formatDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, partsOf } from '../../platform/clock/plain-date.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { MOST_CHARACTERS, type Risk, riskFieldInWords, riskLevels } from '../risk.ts';

const { level, reasons, protective, beingDone, reviewOn } = riskFieldInWords;

/** What the form of an assessment takes, when it is new and when it is corrected. */
export const riskShape = {
  level: choice(codesOf(riskLevels), 'Choose how great the risk is'),
  reasons: text({
    called: reasons,
    most: MOST_CHARACTERS,
    needed: 'Enter the reasons: without them nobody can tell what would change it',
    lines: 'many',
  }),
  protective: text({ called: protective, most: MOST_CHARACTERS, lines: 'many' }),
  beingDone: text({ called: beingDone, most: MOST_CHARACTERS, lines: 'many' }),
  reviewOn: date({ called: 'The day to look at it again', needed: 'Enter the day to look at it again' }),
};

export const riskControls = [
  'level',
  'reasons',
  'protective',
  'beingDone',
  'reviewOn-day',
  'reviewOn-month',
  'reviewOn-year',
] as const;

/** A day as the controls of a date hold it. */
export function dayAsTyped(name: string, day: PlainDate): Record<string, string> {
  const [year, month, date] = partsOf(day);
  return { [`${name}-day`]: String(date), [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
}

/** An assessment as its form shows it. */
export const riskAsTyped = (risk: Risk): Record<string, string> => ({
  level: risk.level,
  reasons: risk.reasons,
  protective: risk.protective,
  beingDone: risk.beingDone,
  ...dayAsTyped('reviewOn', risk.reviewOn),
});

/** The questions of an assessment; its buttons come last. */
export function RiskForm({
  entry,
  latest,
  children,
}: {
  entry: Entry;
  latest: PlainDate;
  children: ComponentChildren;
}) {
  return (
    <Form autosave>
      <ChoiceQuestion
        name="level"
        label={level}
        hint="Your judgement, and that of whoever you have talked it over with. Nothing is decided by it alone"
        entry={entry}
        options={optionsOf(riskLevels)}
      />
      <LongTextQuestion
        name="reasons"
        label={reasons}
        hint="What you know, from whom and since when. The young person may read this"
        entry={entry}
        most={MOST_CHARACTERS}
        rows={6}
      />
      <LongTextQuestion
        name="protective"
        label={`${protective} (optional)`}
        hint="People, places, what they are good at and what they want"
        entry={entry}
        most={MOST_CHARACTERS}
        rows={4}
      />
      <LongTextQuestion
        name="beingDone"
        label={`${beingDone} (optional)`}
        hint="By whom, and by when"
        entry={entry}
        most={MOST_CHARACTERS}
        rows={4}
      />
      <DateQuestion name="reviewOn" label={reviewOn} hint={`${formatDate(latest)} or sooner`} entry={entry} />
      <p class="hw-autosave" data-autosave-status></p>
      {children}
    </Form>
  );
}
