import { type Filling, hidden, ink, type MarkKind } from './palette.ts';

/** A rectangle of a picture, in its units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface FilledBoxProps {
  readonly box: Box;
  readonly filling: Filling;
  readonly dashed?: boolean;
}

/**
 * A box with its outline, its colour and its marks. The marks are lines of their own and not an SVG pattern, of which a browser
 * makes a coarse picture when it prints.
 */
export function FilledBox({ box, filling: { fill, marks }, dashed = false }: FilledBoxProps) {
  const outline = dashed ? { 'stroke-dasharray': '3 2' } : {};
  return (
    <>
      <rect {...box} fill={fill} stroke={marks ? 'none' : ink} />
      {marks && (
        <path
          d={markPath(marks.kind, box)}
          stroke={marks.colour}
          {...(marks.kind === 'dots' ? { 'stroke-width': 2.5, 'stroke-linecap': 'round' } : {})}
        />
      )}
      {marks && <rect {...box} fill="none" stroke={ink} {...outline} />}
    </>
  );
}

/** Stands where a number is hidden. */
export function HiddenMark({ box }: { box: Box }) {
  return <FilledBox box={box} filling={hidden} dashed />;
}

/** Units between one mark and the next. */
const APART: Readonly<Record<MarkKind, number>> = {
  stripes: 8,
  'counter-stripes': 5,
  dots: 5,
  lines: 4,
  checks: 6,
};

function markPath(kind: MarkKind, box: Box): string {
  const apart = APART[kind];
  const across = steps(box.width, apart).map((add) => box.x + add);
  const down = steps(box.height, apart).map((add) => box.y + add);
  switch (kind) {
    case 'stripes':
      return diagonals(box, apart, 1);
    case 'counter-stripes':
      return diagonals(box, apart, -1);
    case 'dots':
      return down.flatMap((y) => across.map((x) => `M${two(x)} ${two(y)}h0`)).join('');
    case 'lines':
      return down.map((y) => `M${two(box.x)} ${two(y)}h${two(box.width)}`).join('');
    case 'checks':
      return [
        ...down.map((y) => `M${two(box.x)} ${two(y)}h${two(box.width)}`),
        ...across.map((x) => `M${two(x)} ${two(box.y)}v${two(box.height)}`),
      ].join('');
  }
}

/** Lines at half a right angle, cut off where the box ends: rising with 1, falling with -1. */
function diagonals({ x, y, width, height }: Box, apart: number, way: 1 | -1): string {
  return steps(width + height, apart)
    .map((along) => {
      // From the left or lower edge to the upper or right one, told for lines that rise; those that fall are their mirror image.
      const [fromX, fromY] = along <= height ? [0, along] : [along - height, height];
      const [toX, toY] = along <= width ? [along, 0] : [width, along - width];
      const place = (right: number) => two(way === 1 ? x + right : x + width - right);
      return `M${place(fromX)} ${two(y + fromY)}L${place(toX)} ${two(y + toY)}`;
    })
    .join('');
}

/** Places within a length, one at least, evenly from its middle outwards so that a narrow box has one in its middle. */
function steps(length: number, apart: number): number[] {
  const many = Math.max(1, Math.floor(length / apart));
  const margin = (length - (many - 1) * apart) / 2;
  return Array.from({ length: many }, (_, at) => margin + at * apart);
}

const two = (units: number) => Math.round(units * 100) / 100;
