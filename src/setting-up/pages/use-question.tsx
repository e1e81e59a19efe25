import type { Entry } from '../../platform/forms/entry.ts';
import { choice } from '../../platform/forms/fields.ts';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';

/** Whether something is offered to choose from. */
export const useField = choice(['in-use', 'retired'], 'Choose whether it is used');

export function UseQuestion({ entry }: { entry: Entry }) {
  return (
    <ChoiceQuestion
      name="use"
      label="Is it used?"
      entry={entry}
      options={[
        { value: 'in-use', text: 'Yes, it is offered to choose from' },
        { value: 'retired', text: 'No, it is retired', hint: 'Records that have it still say it.' },
      ]}
    />
  );
}
