import type { CodedWord } from '../reference/code-lists.ts';

/** Whom a team works with, where it is not everybody. */
export const worksWithChoices = [
  { code: 'everybody', text: 'All young people' },
  { code: 'young-women', text: 'Young women only' },
  { code: 'young-men', text: 'Young men only' },
] as const satisfies readonly CodedWord[];
export type WorksWith = (typeof worksWithChoices)[number]['code'];

/** What a provider's team offers. */
export interface TeamProfile {
  worksWith: WorksWith;
  /** Codes of the list of reasons `specialism`. */
  specialisms: readonly string[];
  /** As people call them: "Somali". */
  languages: readonly string[];
  /** Codes of the areas it serves; none for everywhere. */
  areas: readonly string[];
  isOpenToNew: boolean;
}

/** What is taken of a team whose profile nobody has written: it works with everybody, everywhere. */
export const unwrittenProfile: TeamProfile = {
  worksWith: 'everybody',
  specialisms: [],
  languages: [],
  areas: [],
  isOpenToNew: true,
};

/** Languages as they were typed, "Somali, french and Somali", each once and with a capital. */
export function languagesTyped(typed: string): string[] {
  const named = typed
    .split(/[,;\n]|\band\b/)
    .map((each) => each.trim().replace(/\s+/g, ' '))
    .filter((each) => each !== '')
    .map((each) => each.charAt(0).toLocaleUpperCase('en-GB') + each.slice(1));
  const once = new Map(named.map((each) => [each.toLocaleLowerCase('en-GB'), each]));
  return [...once.values()];
}
