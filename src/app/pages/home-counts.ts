/** Nothing is counted further: whoever has a hundred of something needs the list, and no number. */
export const MOST_COUNTED = 100;

/** Something that is counted, with the list that it opens. */
export interface Counted {
  count: number;
  /** What there is so many of. */
  text: string;
  /** The same of one, where it reads otherwise. */
  one?: string;
  href: string;
}

/** Counts that belong together on a home page. */
export interface CountGroup {
  id: string;
  heading: string;
  counts: readonly Counted[];
}
