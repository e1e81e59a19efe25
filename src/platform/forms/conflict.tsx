import type { ComponentChildren } from 'preact';
import { formatLondon } from '../clock/london-time.ts';
import { Button, ErrorSummary, Radios, Table } from '../govuk/index.ts';
import { type Change, lastChangeTo } from '../history/changes.ts';
import type { Difference } from './conflict.ts';
import type { Entry } from './entry.ts';
import { Form } from './form.tsx';

interface ConflictFormProps<Field extends string> {
  /** What was changed: "this record". */
  called: string;
  differences: readonly Difference<Field>[];
  undecided: readonly Field[];
  changes: readonly Change<Field>[];
  /** The version that is shown here as it is now. */
  version: number;
  /** What was typed, which goes with the form from page to page. */
  entry: Entry;
  /** The names of the form's controls, `version` among them. */
  controls: readonly string[];
  fieldInWords: Readonly<Record<Field, string>>;
  valueInWords(field: Field, value: string): ComponentChildren;
  /** Whether the sender has been here before and left a field undecided. */
  faulty: boolean;
  /** Where nothing that was typed is saved and what is there now can be read. */
  leaveTo: string;
}

/**
 * The page of a form whose record somebody else changed while it was open: what each of them did, field by field, and a
 * choice where both did. It posts what was typed again to the page it stands on, with `seen` and, for each field that
 * needs it, `keep-FIELD`.
 */
export function ConflictForm<Field extends string>(props: ConflictFormProps<Field>) {
  const { called, differences, changes, entry, fieldInWords, valueInWords } = props;
  const clashes = differences.filter(({ changedBy }) => changedBy === 'both-differently');
  const last = changes.at(-1);
  return (
    <>
      <ErrorSummary
        titleText={props.faulty ? 'There is a problem' : 'Your changes are not saved yet'}
        errorList={
          clashes.length === 0
            ? [{ text: 'Check both changes, then save them together', href: '#save' }]
            : clashes
                .filter(({ field }) => !props.faulty || props.undecided.includes(field))
                .map(({ field }) => ({
                  text: `Choose what to keep for ${lowerFirst(fieldInWords[field])}`,
                  href: `#keep-${field}`,
                }))
        }
      />
      <h1 class="govuk-heading-l">{heading(called)}</h1>
      <p class="govuk-body">
        {last && (
          <>
            <bdi>{last.by ?? 'The service'}</bdi> saved a change on {formatLondon(last.at)}.{' '}
          </>
        )}
        Nothing that you typed is lost.
      </p>
      <Table
        caption="What was changed"
        captionClasses="govuk-table__caption--m"
        classes="hw-conflict"
        firstCellIsHeader
        head={[
          { text: 'Field' },
          { text: 'When you opened it' },
          { text: 'Now' },
          { text: 'What you typed' },
          { text: 'What happens' },
        ]}
        rows={differences.map((difference) => {
          const { field, changedBy } = difference;
          const cell = (heading: string, value: string, isChanged: boolean) => ({
            text: <Typed>{valueInWords(field, value)}</Typed>,
            classes: isChanged ? 'govuk-table__cell--changed' : undefined,
            attributes: { 'data-heading': heading },
          });
          const change = lastChangeTo(field, changes);
          return [
            { text: fieldInWords[field] },
            cell('When you opened it', difference.base, false),
            {
              ...cell('Now', difference.theirs, changedBy !== 'me'),
              text: (
                <>
                  <Typed>{valueInWords(field, difference.theirs)}</Typed>
                  {change && (
                    <p class="govuk-hint govuk-!-margin-bottom-0">
                      <bdi>{change.by ?? 'The service'}</bdi>, {formatLondon(change.at)}
                    </p>
                  )}
                </>
              ),
            },
            cell('What you typed', difference.mine, changedBy !== 'them'),
            { text: whatHappens[changedBy], attributes: { 'data-heading': 'What happens' } },
          ];
        })}
      />
      <Form autosave>
        {props.controls.flatMap((control) =>
          entry
            .values(control)
            .map((value, place) => (
              <input key={`${control} ${place}`} type="hidden" name={control} value={value} />
            )),
        )}
        <input type="hidden" name="seen" value={props.version} />
        {clashes.map(({ field, theirs, mine }) => (
          <Radios
            key={field}
            name={`keep-${field}`}
            value={entry.value(`keep-${field}`)}
            fieldset={{
              legend: {
                text: `${fieldInWords[field]}: which is right?`,
                classes: 'govuk-fieldset__legend--s',
              },
            }}
            errorMessage={
              props.faulty && props.undecided.includes(field)
                ? { text: `Choose what to keep for ${lowerFirst(fieldInWords[field])}` }
                : undefined
            }
            items={[
              {
                value: 'theirs',
                text: <Choice whose="As it is now" value={theirs} inWords={valueInWords(field, theirs)} />,
              },
              {
                value: 'mine',
                text: <Choice whose="What you typed" value={mine} inWords={valueInWords(field, mine)} />,
              },
            ]}
          />
        ))}
        <div class="govuk-button-group">
          <Button id="save">{clashes.length === 0 ? 'Save both changes' : 'Save'}</Button>
          <a class="govuk-link" href={props.leaveTo}>
            Leave it as it is now
          </a>
        </div>
      </Form>
    </>
  );
}

/** The title of the page. */
export function conflictTitle(called: string): string {
  return `Error: ${heading(called)}`;
}

function heading(called: string): string {
  return `${called.charAt(0).toUpperCase()}${called.slice(1)} was changed while you had it open`;
}

const whatHappens: Record<Difference['changedBy'], string> = {
  them: 'Their change stays',
  me: 'Your change will be saved',
  'both-alike': 'You both typed the same',
  'both-differently': 'You choose below',
};

/** The longest text that is written out again beside its button, in characters; the table has every one. */
const SHORT = 200;

function Choice({ whose, value, inWords }: { whose: string; value: string; inWords: ComponentChildren }) {
  if (value.length > SHORT) return <>{whose}</>;
  return (
    <>
      {whose}: <Typed>{inWords}</Typed>
    </>
  );
}

function Typed({ children }: { children: ComponentChildren }) {
  return (
    <span dir="auto" class="hw-text">
      {children}
    </span>
  );
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
