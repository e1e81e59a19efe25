/** Postcodes of the United Kingdom, by their shape. Whether one exists is for the ONS Postcode Directory to say. */

declare const brand: unique symbol;

/** A postcode in capitals with one space before the inward part: `SW1A 1AA`. */
export type Postcode = string & { readonly [brand]: 'Postcode' };

/**
 * The shapes of BS 7666 with the letters that are used in each place: no Q, V or X first, no I, J or Z second, and
 * none of C, I, K, M, O and V in the inward part.
 */
const SHAPE = new RegExp(
  '^(?:' +
    [
      '[A-PR-UWYZ][0-9]{1,2}',
      '[A-PR-UWYZ][0-9][A-HJKPSTUW]',
      '[A-PR-UWYZ][A-HK-Y][0-9]{1,2}',
      '[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]',
      'GIR(?=0AA$)',
    ].join('|') +
    ')[0-9][ABD-HJLNP-UW-Z]{2}$',
);
const INWARD_LETTERS = 3;

/** Reads a postcode however it is spaced or capitalised. @returns undefined if no postcode has that shape */
export function parsePostcode(typed: string): Postcode | undefined {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\p{Dash}]/gu, '');
  if (!SHAPE.test(letters)) return undefined;
  return `${letters.slice(0, -INWARD_LETTERS)} ${letters.slice(-INWARD_LETTERS)}` as Postcode;
}

/** The part before the space, as `SE1`; and as much of the part after it as somebody has typed. */
const DISTRICT = /^[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]?$/;
const INWARD_BEGINNING = /^(?:[0-9][ABD-HJLNP-UW-Z]?)?$/;

/**
 * Reads the beginning of a postcode however it is spaced or capitalised. `SE1` is that district and not SE15. Typed without
 * a space some can be read in two ways, `SW98` as a district or as the beginning of SW9 8.
 * @returns with what a postcode may begin, none if what was typed begins no postcode
 */
export function postcodeBeginnings(typed: string): readonly string[] {
  const written = typed.normalize('NFKC').toUpperCase().trim();
  const letters = written.replace(/[\s.\p{Dash}]/gu, '');
  const whole = parsePostcode(letters);
  if (whole !== undefined) return [whole];
  if (!/^[A-Z0-9]{2,7}$/.test(letters)) return [];
  const space = written.search(/\s/);
  // Where a district may end: at the space that was typed, or wherever one can.
  const ends = space === -1 ? [letters.length, letters.length - 1, letters.length - 2] : [space];
  return ends.flatMap((end) => {
    const [outward, inward] = [letters.slice(0, end), letters.slice(end)];
    return DISTRICT.test(outward) && INWARD_BEGINNING.test(inward) ? [`${outward} ${inward}`] : [];
  });
}

/** The part before the space, which names a post town's district and no single home: `SW1A`. */
export function outwardPart(postcode: Postcode): string {
  return postcode.slice(0, -INWARD_LETTERS - 1);
}
