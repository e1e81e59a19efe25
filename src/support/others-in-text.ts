const IN_WORDS = '(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const NUMBER = `(?:\\d{1,2}|${IN_WORDS}|a couple of|a dozen)`;
const PEOPLE =
  '(?:(?:young|other|more|different|teenage|of|the|our|my|these|those)\\s+)*' +
  '(?:people|persons|youngsters|children|kids|teens|teenagers|boys|girls|lads|others|friends|mates|peers|siblings|brothers|sisters|cousins)';

/** What tells how many there were, or that it was about others as well; the longest of a kind first. */
const tellings = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[
    `(?:all|the|the other|another)\\s+(?:the\\s+)?${IN_WORDS}(?:\\s+of\\s+(?:them|us|you))?(?!\\s+(?:hours?|days?|weeks?|months?|times?|minutes?))`,
    `${NUMBER}\\s+of\\s+(?:them|us|you)`,
    `${NUMBER}\\s+${PEOPLE}`,
    '(?:all|none|neither|either|each|both)\\s+of\\s+(?:them|us|you)',
    'one\\s+(?:other|more)',
    'each other',
    'one another',
    'both',
    'together',
  ].join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);

/**
 * The words of a text that tell how many people it is about, or that it is about others as well: "both", "all three of them",
 * "two other lads". A number of anything else is none of them. In English, and "together" may be said of a worker and one
 * young person: this warns and does not decide. Pure.
 */
export function othersInText(text: string): string[] {
  const found = [...text.matchAll(tellings)].map(([words]) => words.replace(/\s+/g, ' '));
  return [...new Map(found.map((words) => [words.toLowerCase(), words])).values()];
}
