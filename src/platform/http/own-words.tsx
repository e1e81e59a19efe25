type Typed = Readonly<Record<string, string | string[]>>;

const isWords = (value: string): boolean => /\S\s+\S/.test(value);

/** Whether somebody wrote something: more than a choice, a number or a name that a form carries by itself. */
export const hasWords = (typed: Typed): boolean => Object.values(typed).flat().some(isWords);

/** What somebody wrote and could not send, for them to copy. */
export function OwnWords({ typed }: { typed: Typed }) {
  return (
    <>
      <h2 class="govuk-heading-m">What you wrote</h2>
      {Object.entries(typed).flatMap(([name, values]) =>
        [values]
          .flat()
          .filter(isWords)
          .map((words) => (
            <p key={name + words} class="govuk-body hw-text" dir="auto">
              {words}
            </p>
          )),
      )}
    </>
  );
}
