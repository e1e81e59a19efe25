import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { partsOf } from '../clock/plain-date.ts';
import type { AmendmentOutcome, ChangedMeanwhile } from '../history/document.ts';
import { type Answer, missing, redirect, type Shown, show } from '../http/page.ts';
import type { Side } from './conflict.ts';
import { ConflictForm, conflictTitle } from './conflict.tsx';
import type { Entry } from './entry.ts';
import { MOST_INTEGER } from './fields.ts';

const kept = z.enum(['theirs', 'mine']).optional().catch(undefined);
const version = z.coerce.number().int().nonnegative().max(MOST_INTEGER);

/**
 * What the form of a document carries beside its fields: the version it was opened with (`version`, 0 for one that was
 * not there yet), the one its sender has been shown since (`seen`), and for each field what they chose (`keep-FIELD`).
 */
export function amendmentShape<Field extends string>(fields: readonly Field[]) {
  const keeps = Object.fromEntries(fields.map((field) => [`keep-${field}`, kept])) as Record<
    `keep-${Field}`,
    typeof kept
  >;
  return { version, seen: version.optional(), ...keeps };
}

/** The same as it was read. */
export type AmendmentForm<Field extends string> = {
  version: number;
  seen?: number | undefined;
} & Readonly<Partial<Record<`keep-${Field}`, Side | undefined>>>;

/** What was chosen for each field, out of a form that was read. */
export function choicesIn<Field extends string>(
  fields: readonly Field[],
  form: Readonly<Partial<Record<`keep-${Field}`, Side | undefined>>>,
): Partial<Record<Field, Side | undefined>> {
  return Object.fromEntries(fields.map((field) => [field, form[`keep-${field}`]])) as Partial<
    Record<Field, Side | undefined>
  >;
}

interface MeanwhileProps<Field extends string> {
  /** What was changed: "this safety plan". */
  called: string;
  outcome: ChangedMeanwhile<Field>;
  entry: Entry;
  /** The names of the form's controls beside `version`. */
  controls: readonly string[];
  fieldInWords: Readonly<Record<Field, string>>;
  valueInWords(field: Field, value: string): ComponentChildren;
  /** The version that the sender has been shown already. */
  seen: number | undefined;
  leaveTo: string;
}

/** The page that shows the second of two who changed one document what the other did, and lets them choose. */
export function changedMeanwhile<Field extends string>(props: MeanwhileProps<Field>): Shown {
  const { called, outcome, controls, seen, ...rest } = props;
  const { kind: _, ...what } = outcome;
  return show(
    conflictTitle(called),
    <ConflictForm
      {...rest}
      {...what}
      called={called}
      controls={[...controls, 'version']}
      faulty={seen === outcome.version}
    />,
    { status: 409 },
  );
}

interface AnswerProps<Field extends string> extends Omit<MeanwhileProps<Field>, 'outcome'> {
  /** What the next page says when it is saved, and when nothing was to be. */
  notices: { saved: string; nothingChanged?: string };
  /** Records that the asker is shown what the other one wrote. */
  look(): Promise<void>;
}

/** What whoever changed a document is told of it: that it is saved, or what somebody else did to it meanwhile. */
export async function answerAmendment<Field extends string>(
  outcome: AmendmentOutcome<Field>,
  { notices, look, ...meanwhile }: AnswerProps<Field>,
): Promise<Answer> {
  switch (outcome.kind) {
    case 'missing':
      return missing();
    case 'nothing-changed':
      return redirect(meanwhile.leaveTo, { notice: notices.nothingChanged ?? 'Nothing was changed' });
    case 'saved':
      return redirect(meanwhile.leaveTo, { notice: notices.saved });
    case 'changed-meanwhile':
      await look();
      return changedMeanwhile({ outcome, ...meanwhile });
  }
}

/** The controls of a date. */
export const dateControls = (name: string): string[] =>
  ['day', 'month', 'year'].map((part) => `${name}-${part}`);

/** A day, or none, as those controls show it. */
export function dateAsTyped(name: string, on: string): Record<string, string> {
  const [year, month, day] = on === '' ? [] : partsOf(on);
  const shown = (part: number | undefined) => (part === undefined ? '' : String(part));
  return { [`${name}-day`]: shown(day), [`${name}-month`]: shown(month), [`${name}-year`]: shown(year) };
}
