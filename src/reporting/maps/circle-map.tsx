import { scaleSqrt } from 'd3-scale';
import { missingEntries, missingInWords } from '../charts/key.tsx';
import { current, ground, hidden, ink, lastYear } from '../charts/palette.ts';
import { extremesInWords } from '../charts/value-in-words.ts';
import type { Figure } from '../figure.ts';
import { countOf, inWords } from './class-map.tsx';
import type { DrawnPlaces, MapPlace, Point } from './drawn-places.ts';
import { MapFigure, type MapProps, useDrawnPlaces } from './map-figure.tsx';
import { marksIn } from './marks-in.ts';

export interface CircleMapProps extends MapProps {
  readonly one: string;
  readonly many: string;
  /** The ground on which the circles lie. */
  readonly places: readonly (MapPlace & { readonly name: string })[];
  /** Where the circle of a row is drawn, in units; undefined where it cannot be. */
  readonly middleOf: (key: string, drawn: DrawnPlaces) => readonly [x: number, y: number] | undefined;
  readonly sources: readonly string[];
}

/** Units: the largest circle, and the one that stands for a number that is hidden. */
const LARGEST = 24;
const HIDDEN = 6;

/** A circle for each number, as large as the number; the small ones lie on the large ones. */
export function CircleMap({ one, many, places, middleOf, sources, ...map }: CircleMapProps) {
  const { rows, valueHeading } = map;
  const drawn = useDrawnPlaces(places);
  const circles = rows.flatMap(({ key, label, value }) => {
    const middle = value === 0 ? undefined : middleOf(key, drawn);
    return middle && value !== 'not-available' && value !== 'not-applicable'
      ? [{ key, label, value, middle }]
      : [];
  });
  const numbers = circles.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const most = Math.max(...numbers, 1);
  const radius = scaleSqrt([0, most], [0, LARGEST]);
  const sizes = samplesOf(most);
  const figures = circles.map(({ value }): Figure => value);
  const onMap = new Set(rows.filter(({ key }) => middleOf(key, drawn) !== undefined).map(({ key }) => key));
  const height = Math.max(drawn.height, ...circles.map(({ middle: [, y] }) => y + LARGEST));
  return (
    <MapFigure
      {...map}
      description={`A map with a circle for each of ${countOf(circles.length, one, many)}, as large as its number: ${valueHeading}.${extremesInWords(circles, {})}${missingInWords(figures)}`}
      height={height + sampleHeight(sizes, radius)}
      entries={missingEntries(figures)}
      drawn={onMap}
      sources={sources}
    >
      <g fill={lastYear.fill} stroke={ground} stroke-width={0.6} stroke-linejoin="round" fill-rule="evenodd">
        {drawn.places.map(({ key, path }) => (
          <path key={key} d={path} />
        ))}
      </g>
      <g stroke={ground} stroke-width={0.8}>
        {circles
          .toSorted((a, b) => sizeOf(b.value) - sizeOf(a.value))
          .map(({ key, label, value, middle: [x, y] }) => (
            <g key={key}>
              <title>{`${label}: ${inWords(value)}`}</title>
              {typeof value === 'number' ? (
                <circle cx={x} cy={y} r={toTenths(radius(value))} fill={current} fill-opacity={0.85} />
              ) : (
                <HiddenCircle x={x} y={y} />
              )}
            </g>
          ))}
      </g>
      <Sizes top={height} sizes={sizes} radius={radius} />
    </MapFigure>
  );
}

/** Of one size, whatever the number. */
function HiddenCircle({ x, y }: { x: number; y: number }) {
  const ring = Array.from({ length: 24 }, (_point, n): Point => {
    const turn = (n * Math.PI) / 12;
    return [10 * (x + HIDDEN * Math.cos(turn)), 10 * (y + HIDDEN * Math.sin(turn))];
  });
  return (
    <>
      <circle cx={x} cy={y} r={HIDDEN} fill={hidden.fill} stroke={ink} stroke-dasharray="3 2" />
      <path d={marksIn([ring], 'counter-stripes')} stroke={ink} stroke-width={0.4} />
    </>
  );
}

const toTenths = (units: number): number => Math.round(units * 10) / 10;

const sizeOf = (value: Figure): number => (typeof value === 'number' ? value : 0);

/** Round numbers that show how large a circle is: the most, and a part of it. */
function samplesOf(most: number): number[] {
  const part = most >= 8 ? Math.round(most / 4) : 1;
  return [...new Set([part, most])];
}

type Radius = (value: number) => number;
const BESIDE = 8;

const sampleHeight = (sizes: readonly number[], radius: Radius): number =>
  Math.max(...sizes.map(radius)) * 2 + BESIDE * 2;

/** Circles with their numbers, beside each other. */
function Sizes({ top, sizes, radius }: { top: number; sizes: readonly number[]; radius: Radius }) {
  const middle = top + BESIDE + Math.max(...sizes.map(radius));
  let left = 2;
  return (
    <>
      {sizes.map((size) => {
        const x = left + radius(size);
        left = x + radius(size) + BESIDE * 7;
        return (
          <g key={size}>
            <circle cx={x} cy={middle} r={radius(size)} fill={current} fill-opacity={0.85} />
            <text x={x + radius(size) + BESIDE} y={middle} dy="0.35em">
              {size}
            </text>
          </g>
        );
      })}
    </>
  );
}
