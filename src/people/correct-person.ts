import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { type Difference, reconcile, type Side } from '../platform/forms/conflict.ts';
import { type Change, changesOf } from '../platform/history/changes.ts';
import { keyOfNames } from './person.ts';
import { bornFromText, type PersonRecord, type RecordField, recordFields } from './person-record.ts';
import { areasToDecideFor, goesByItsBorough, versionsOfPerson } from './person-record-queries.ts';

/** What was typed into the form of a record, and what it was typed over. */
export interface Correction {
  /** The version the form was opened with. */
  version: number;
  /** The version its sender has been shown since, where somebody else had changed the record. */
  seen?: number | undefined;
  typed: PersonRecord;
  /** Whose value stays, in each field that both changed. */
  choices: Readonly<Partial<Record<RecordField, Side | undefined>>>;
}

/** Somebody else changed the record while the form was open; nothing was saved. */
export interface ChangedMeanwhile {
  kind: 'changed-meanwhile';
  /** The version that is to be seen now. */
  version: number;
  differences: Difference<RecordField>[];
  undecided: RecordField[];
  /** What was changed since the form was opened, and by whom. */
  changes: Change<RecordField>[];
}

export type CorrectionOutcome =
  | { kind: 'saved' }
  | { kind: 'nothing-changed' }
  /** The borough is one the asker does not answer for. */
  | { kind: 'area-of-others' }
  /** Something goes by the borough: responsibility is passed on, and the record not merely corrected. */
  | { kind: 'area-to-pass-on' }
  | ChangedMeanwhile
  | { kind: 'missing' };

/** Corrects a young person's record, unless somebody else has changed it and the one who corrects has not seen it. */
export async function correctPerson(
  tx: Transaction,
  personId: string,
  correction: Correction,
): Promise<CorrectionOutcome> {
  // Whoever else is saving this record has finished, or waits until this is.
  await tx.selectFrom('service.person').select('id').where('id', '=', personId).forNoKeyUpdate().execute();
  const versions = await versionsOfPerson(tx, personId, { from: correction.version });
  const [base, now] = [versions[0], versions.at(-1)];
  if (!base || !now || base.version !== correction.version) return { kind: 'missing' };
  const outcome = reconcile({
    base: base.values,
    theirs: now.values,
    mine: correction.typed,
    choices: correction.choices,
    seen: correction.seen === now.version,
  });
  if (outcome.kind === 'to-show') {
    const { differences, undecided } = outcome;
    return {
      kind: 'changed-meanwhile',
      version: now.version,
      differences,
      undecided,
      changes: changesOf(versions),
    };
  }

  const record = outcome.values;
  const changed = recordFields.filter((field) => record[field] !== now.values[field]);
  if (changed.length === 0) return { kind: 'nothing-changed' };
  if (changed.includes('area')) {
    if (await goesByItsBorough(tx, personId)) return { kind: 'area-to-pass-on' };
    const areas = await areasToDecideFor(tx);
    if (!areas.some(({ code }) => code === record.area)) return { kind: 'area-of-others' };
  }
  await recordCommand(tx, {
    action: 'correct-person',
    subject: { kind: 'person', id: personId },
    personId,
    detail: { fields: changed },
  });
  const born = bornFromText(record.born);
  await tx
    .updateTable('service.person')
    .set({
      given_names: record.givenNames,
      family_name: record.familyName,
      known_as: record.knownAs,
      name_key: keyOfNames(record),
      date_of_birth: born.dateOfBirth,
      date_of_birth_precision: born.dateOfBirthPrecision,
      gender: record.gender,
      ethnicity: record.ethnicity,
      postcode: record.postcode,
      area: record.area,
    })
    .where('id', '=', personId)
    .execute();
  return { kind: 'saved' };
}
