import type { z } from 'zod';
import { beginning } from './referral-form-beginning.ts';
import { concern } from './referral-form-concern.ts';
import { life } from './referral-form-life.ts';
import { youngPerson } from './referral-form-young-person.ts';
import { formOf, type Part, type Section } from './referral-question.ts';

/**
 * The whole referral, as data: the pages in the order they are asked, each with its questions, its form and the answers
 * that make it matter. The pages, the check before sending, the answers as they are kept and the columns that are counted
 * are all made from it. docs/decisions/0010-what-a-referral-asks.md says what is asked of the field's own list, and why
 * the rest is not.
 */
export const sections: readonly Section[] = [...beginning, ...youngPerson, ...concern, ...life];

/** Every page, in order. */
export const parts: readonly Part[] = sections.flatMap((section) => section.parts);

export const FIRST_PART = 'danger';

const forms = new Map(parts.map((part) => [part.name, formOf(part.questions)]));

/** The form of a page. @throws Error when the form has no such page. */
export function formOfPart(part: Part): z.ZodObject {
  const form = forms.get(part.name);
  if (!form) throw new Error(`A referral has no page ${part.name}`);
  return form;
}

/** The section that a page is in. */
export function sectionOf(part: Part): Section {
  const section = sections.find((each) => each.parts.includes(part));
  if (!section) throw new Error(`The page ${part.name} is in no section`);
  return section;
}

/** Whether a page has to be answered before a referral can be sent; on any other all may be left empty. */
export const isNeeded = (part: Part): boolean =>
  part.questions.some(({ needed, under }) => needed !== undefined && under === undefined);
