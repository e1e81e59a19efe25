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

/** The part before the space, which names a post town's district and no single home: `SW1A`. */
export function outwardPart(postcode: Postcode): string {
  return postcode.slice(0, -INWARD_LETTERS - 1);
}
