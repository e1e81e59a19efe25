import type { z } from 'zod';
import { type PlainDate, parsePlainDate } from '../platform/clock/plain-date.ts';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Fault } from '../platform/forms/fault.ts';
import { spread } from '../platform/forms/fields.ts';
import { readForm } from '../platform/forms/read-form.ts';
import { readAnswers } from './referral-answers.ts';
import type { Answers } from './referral-answers-so-far.ts';
import { ageOrYear } from './referral-birth.ts';
import { formOfPart, isNeeded, parts } from './referral-form.ts';
import { isReached, type Part } from './referral-question.ts';

/** The fields of a page as a browser sends them, so that they can be shown again and read again. */
export type Fields = Record<string, string | string[]>;

interface SavedPart {
  /** The version of the draft that this page was last saved as. */
  savedAs: number;
  fields: Fields;
}

/** What is in a draft: the pages that were saved so far, by name. */
export type DraftContent = Partial<Record<string, SavedPart>>;

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

/** What a draft says so far. @param today the day on which ages are counted. */
export function answersSoFar(content: DraftContent, today: PlainDate): Answers {
  return readAnswers(({ name }) => content[name]?.fields, today);
}

/** The draft with a page's answers in it, as it will be in its next version. */
export function withPart(
  content: DraftContent,
  part: Part,
  answers: Record<string, unknown>,
  nextVersion: number,
): DraftContent {
  return { ...content, [part.name]: { savedAs: nextVersion, fields: fieldsOf(formOfPart(part), answers) } };
}

/** Whether a page was saved by somebody else since a form of it was opened. Other pages do not matter to it. */
export function changedSince(content: DraftContent, part: Part, formVersion: number): boolean {
  return (content[part.name]?.savedAs ?? 0) > formVersion;
}

/** Whether a page was saved, and its answers are still what it takes. */
export function isSaved(content: DraftContent, part: Part): boolean {
  const saved = content[part.name];
  return saved !== undefined && readForm(formOfPart(part), saved.fields).ok;
}

/** The pages that this referral is asked, in order: those that its answers so far leave worth asking. */
export function partsAsked(answers: Answers): Part[] {
  return parts.filter(({ isAsked }) => isAsked?.(answers) ?? true);
}

/** The first page that has to be answered before the referral can be sent and is not; null when none has. */
export function firstNeeded(content: DraftContent, answers: Answers): Part | null {
  return partsAsked(answers).find((part) => isNeeded(part) && !isSaved(content, part)) ?? null;
}

/** The first page that was not seen yet, needed or not; null when all were. */
export function firstNotSaved(content: DraftContent, answers: Answers): Part | null {
  return partsAsked(answers).find((part) => !isSaved(content, part)) ?? null;
}

/** What is wrong with a page's answers today, or with a council that is none: what its form alone cannot know. */
export function faultsToday(
  part: Part,
  page: Record<string, unknown>,
  today: PlainDate,
  areas: readonly { code: string }[],
): Fault[] {
  return part.questions.flatMap((question): Fault[] => {
    const typed = page[question.key];
    if (typeof typed !== 'string' || !isReached(question, part.questions, page)) return [];
    const field = question.key;
    if (question.kind === 'date' && !question.future) {
      const date = parsePlainDate(typed);
      const isToCome = date !== undefined && date > today;
      const message = `${question.called} must be today or in the past`;
      return isToCome ? [{ field, message, control: `${field}-day` }] : [];
    }
    if (question.kind === 'area')
      return areas.some(({ code }) => code === typed)
        ? []
        : [{ field, message: 'Choose a council from the list, or “Not known yet”' }];
    if (field === 'about') {
      const about = ageOrYear(typed);
      const isToCome = about !== null && 'year' in about && about.year > Number(today.slice(0, 4));
      return isToCome ? [{ field, message: 'The year they were born must be this year or earlier' }] : [];
    }
    return [];
  });
}
