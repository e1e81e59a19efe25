import type { Names } from '../people/index.ts';
import { nameKey } from '../platform/text/name-key.ts';

/** A word of one letter is an initial, and a word of the language. */
const SHORTEST = 2;

/**
 * The names of people that a text has in it, as they are written in their records: any word of a given, family or other
 * name, in any case and spelling of accents, and with a possessive "s". An ordinary word may be somebody's name ("May"), so
 * this warns and does not decide. Pure.
 */
export function namesInText(text: string, people: readonly Names[]): string[] {
  const written = new Set(wordsOf(text.replace(/['’‘]s(?![\p{L}\p{N}])/giu, '')));
  const names = people.flatMap(({ givenNames, familyName, knownAs }) =>
    [givenNames, familyName, knownAs].flatMap((name) => name.split(/[\s-]+/)),
  );
  return [...new Set(names)].filter((name) => {
    const words = wordsOf(name);
    return words.length > 0 && words.every((word) => word.length >= SHORTEST && written.has(word));
  });
}

function wordsOf(text: string): string[] {
  return nameKey(text)
    .split(' ')
    .filter((word) => word !== '');
}
