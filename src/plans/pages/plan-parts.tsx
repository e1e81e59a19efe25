import type { ComponentChildren } from 'preact';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Details, Tag } from '../../platform/govuk/index.ts';
import type { Change } from '../../platform/history/changes.ts';

/** What the pages of plans have in common. */

/** Who reads plans, and who of them writes them. */
export const readersOfPlans = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];
export const writersOfPlans = ['caseworker', 'provider-manager'] as const satisfies readonly Role[];

/** A day by which something is due, pointed out where it has passed. */
export function Due({ on, today }: { on: PlainDate; today: PlainDate }) {
  return (
    <>
      {formatDate(on)}
      {on < today && (
        <>
          {' '}
          <Tag classes="govuk-tag--red">Overdue</Tag>
        </>
      )}
    </>
  );
}

/** Something that somebody typed, under what it is called; nothing where nothing was typed. */
export function Said({ called, text, level = 3 }: { called: string; text: string; level?: 3 | 4 }) {
  const Heading = level === 3 ? 'h3' : 'h4';
  if (text === '') return null;
  return (
    <>
      <Heading class="govuk-heading-s govuk-!-margin-bottom-1">{called}</Heading>
      <p class="hw-note__text govuk-!-margin-bottom-4" dir="auto">
        {text}
      </p>
    </>
  );
}

interface EarlierProps<Field extends string> {
  /** The newest last. */
  changes: readonly Change<Field>[];
  fieldInWords: Readonly<Record<Field, string>>;
  valueInWords(field: Field, value: string): ComponentChildren;
}

/** What was changed, the newest first: what each field said before. */
export function Earlier<Field extends string>({ changes, fieldInWords, valueInWords }: EarlierProps<Field>) {
  if (changes.length === 0) return null;
  return (
    <>
      <h3 class="govuk-heading-s">What it said before</h3>
      {changes.toReversed().map(({ version, at, by, fields }) => (
        <Details
          key={version}
          summaryText={
            <>
              Before <bdi>{by ?? 'the service'}</bdi> changed it on {formatLondon(at)}
            </>
          }
        >
          {fields.map(({ field, from }) => (
            <div key={field}>
              <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">{fieldInWords[field]}</p>
              <p class="govuk-body hw-text" dir="auto">
                {valueInWords(field, from)}
              </p>
            </div>
          ))}
        </Details>
      ))}
    </>
  );
}
