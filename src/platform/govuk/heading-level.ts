/** The level of a heading, 1 being the page's own. */
export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6;

/** The element for a heading of that level. */
export function headingElement(level: HeadingLevel): `h${HeadingLevel}` {
  return `h${level}`;
}
