/**
 * The colours and patterns of charts. No chart says anything by colour alone: what is told apart has a pattern, a shape or a
 * name of its own besides, and an outline of ink. That they can be told apart in grey, by people who do not see some colours,
 * and against the ground they lie on is tested in palette.test.ts.
 */

export const ground = '#ffffff';
export const ink = '#0b0c0c';

/** Lines that help the eye along and tell nothing. */
export const faint = '#b5cccd';

/** What a chart is about. */
export const current = '#14424c';

/** Points that are more than the usual variation, and what marks the limits of that. */
export const signal = '#9c3d12';

/** Marks upon a fill. */
export type MarkKind = 'stripes' | 'counter-stripes' | 'dots' | 'lines' | 'checks';

/** What a box is filled with: a colour, and unless it is the darkest or the lightest of its kind, marks upon it. */
export interface Filling {
  readonly fill: string;
  readonly marks?: { readonly kind: MarkKind; readonly colour: string };
}

export const thisYear: Filling = { fill: current };
export const lastYear: Filling = { fill: '#cfe3e3', marks: { kind: 'stripes', colour: current } };
export const hidden: Filling = { fill: ground, marks: { kind: 'counter-stripes', colour: ink } };

/** The parts of a whole, in the order in which they are drawn: each differs from its neighbours by much. */
export const parts: readonly Filling[] = [
  { fill: '#14424c' },
  { fill: '#f3c877', marks: { kind: 'stripes', colour: ink } },
  { fill: '#4f7fbf', marks: { kind: 'dots', colour: ground } },
  { fill: '#f4f1ea' },
  { fill: '#a8552b', marks: { kind: 'lines', colour: ground } },
  { fill: '#bda6cf', marks: { kind: 'checks', colour: ink } },
];
