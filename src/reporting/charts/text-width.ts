/**
 * How wide text will be, in units of the font's size, by kinds of letters: the server has no typeface to measure with. Rather
 * too wide than too narrow, so that nothing runs into anything in a reader's own typeface either.
 */
const WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijl.,:;'’|!]/, 0.31],
  [/[frtI()[\]\- /]/, 0.42],
  [/[mwMW%@—]/, 0.95],
  [/[A-HJ-LN-VX-Z&+=<>−]/, 0.7],
];
const OTHERS = 0.6;

/** The width of some words at a size, in the unit of the size; an estimate that is seldom exceeded. */
export function textWidth(words: string, size: number): number {
  const ems = [...words].map((letter) => WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHERS);
  return ems.reduce((sum, width) => sum + width, 0) * size;
}

/** Words in lines of a width at most, broken between words; a word that is wider by itself is broken where it must be. */
export function wrapped(words: string, width: number, size: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (textWidth(line, size) > width && line.length > 1) {
      const letters = [...line];
      const fits = letters.findLastIndex(
        (_letter, at) => at > 0 && textWidth(`${letters.slice(0, at).join('')}-`, size) <= width,
      );
      const cut = Math.max(1, fits);
      lines.push(`${letters.slice(0, cut).join('')}-`);
      line = letters.slice(cut).join('');
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}
