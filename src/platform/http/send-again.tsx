import { Form } from '../forms/form.tsx';
import { Button } from '../govuk/index.ts';

/** What was typed in a form that could not be carried out, in a form to send it again with; secrets are not among it. */
export function SendAgain({ typed }: { typed: Readonly<Record<string, string | string[]>> }) {
  return (
    <Form>
      {Object.entries(typed).flatMap(([name, values]) =>
        [values].flat().map((value) => <input key={name + value} type="hidden" name={name} value={value} />),
      )}
      <Button preventDoubleClick>Send it again</Button>
    </Form>
  );
}
