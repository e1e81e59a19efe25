import type { z } from 'zod';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Fault } from '../platform/forms/fault.ts';
import { spread } from '../platform/forms/fields.ts';
import { readForm } from '../platform/forms/read-form.ts';
import { ageOrYear, forms, type Part, type PartAnswers, parts } from './referral-form.ts';

/** The fields of a page as a browser sends them, so that they can be shown again and read again. */
export type Fields = Record<string, string | string[]>;

interface SavedPart {
  /** The version of the draft that this page was last saved as. */
  savedAs: number;
  fields: Fields;
}

/** What is in a draft: the pages that were saved so far. */
export type DraftContent = Partial<Record<Part, SavedPart>>;

/** A referral whose every page is answered. */
export type WholeReferral = PartAnswers;

/** Seals a draft for the database; only the draft with this id opens it again. */
export function sealDraft(keyring: Keyring, draftId: string, content: DraftContent): Buffer {
  return Buffer.from(keyring.box('referral-draft').seal(Buffer.from(JSON.stringify(content)), draftId));
}

/** @throws SealedBoxError when it is not this draft's, or was changed. */
export function openDraft(keyring: Keyring, draftId: string, sealed: Uint8Array): DraftContent {
  const opened = keyring.box('referral-draft').open(sealed, draftId);
  return JSON.parse(Buffer.from(opened).toString()) as DraftContent;
}

/** The fields that a browser would send to give these answers: reading them gives the answers again. */
export function fieldsOf(form: z.ZodObject, answers: Record<string, unknown>): Fields {
  const fields: Fields = {};
  for (const [name, field] of Object.entries(form.shape)) {
    const answer = answers[name];
    if (typeof answer === 'string' && spread.get(field)?.as === 'date') {
      const [year = '', month = '', day = ''] = answer.split('-');
      Object.assign(fields, { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year });
    } else if (typeof answer === 'string') {
      fields[name] = answer;
    } else if (Array.isArray(answer)) {
      fields[name] = answer.map(String);
    }
  }
  return fields;
}

/** The names under which a browser sends the answers of a page. */
export function fieldNames(form: z.ZodObject): string[] {
  return Object.entries(form.shape).flatMap(([name, field]) =>
    spread.get(field)?.as === 'date' ? [`${name}-day`, `${name}-month`, `${name}-year`] : [name],
  );
}

/** The answers of a page, if it was saved and they are still what the page takes. */
export function readPart<Name extends Part>(content: DraftContent, part: Name): PartAnswers[Name] | null {
  const saved = content[part];
  if (!saved) return null;
  const read = readForm(forms[part], saved.fields);
  return read.ok ? (read.value as PartAnswers[Name]) : null;
}

/** The draft with a page's answers in it, as it will be in its next version. */
export function withPart(
  content: DraftContent,
  part: Part,
  answers: Record<string, unknown>,
  nextVersion: number,
): DraftContent {
  return { ...content, [part]: { savedAs: nextVersion, fields: fieldsOf(forms[part], answers) } };
}

/** Whether a page was saved by somebody else since a form of it was opened. Other pages do not matter to it. */
export function changedSince(content: DraftContent, part: Part, formVersion: number): boolean {
  return (content[part]?.savedAs ?? 0) > formVersion;
}

/** The first page that still has to be answered before the referral can be sent; null when none has. */
export function firstUnanswered(content: DraftContent): Part | null {
  const you = readPart(content, 'you');
  for (const part of parts) {
    const answers = readPart(content, part);
    if (answers === null) return part;
    if (part === 'concern' && you && contactFault(you.kind, answers as PartAnswers['concern'])) return part;
  }
  return null;
}

/** A draft whose every page is answered; null for any other. */
export function wholeReferral(content: DraftContent): WholeReferral | null {
  if (firstUnanswered(content) !== null) return null;
  const you = readPart(content, 'you');
  const youngPerson = readPart(content, 'young-person');
  const concern = readPart(content, 'concern');
  return you && youngPerson && concern ? { you, 'young-person': youngPerson, concern } : null;
}

/** Support cannot begin without knowing how to reach somebody safely; intelligence asks for no contact. */
export function contactFault(
  kind: PartAnswers['you']['kind'],
  concern: Pick<PartAnswers['concern'], 'safeContact' | 'safeContactNotKnown'>,
): Fault | null {
  if (kind === 'intelligence' || concern.safeContact !== '' || concern.safeContactNotKnown.length > 0)
    return null;
  return { field: 'safeContact', message: 'Enter the safe ways to contact them, or tick “Not known”' };
}

/** Nobody was born after today. */
export function birthFault(
  they: Pick<PartAnswers['young-person'], 'birthKnown' | 'dateOfBirth' | 'about'>,
  today: PlainDate,
): Fault | null {
  if (they.birthKnown === 'exact' && they.dateOfBirth !== null && they.dateOfBirth > today) {
    return {
      field: 'dateOfBirth',
      message: 'Date of birth must be today or in the past',
      control: 'dateOfBirth-day',
    };
  }
  const about = they.birthKnown === 'approximate' ? ageOrYear(they.about) : null;
  if (about && 'year' in about && about.year > Number(today.slice(0, 4)))
    return { field: 'about', message: 'The year they were born must be this year or earlier' };
  return null;
}
