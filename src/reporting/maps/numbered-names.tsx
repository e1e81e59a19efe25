import { TEXT } from '../charts/chart-figure.tsx';
import { ground } from '../charts/palette.ts';
import type { DrawnPlace } from './drawn-places.ts';
import { roomIn } from './room-in.ts';

/** A place of a map that is too small for its name: its number stands on it, and its name below the map. */
export interface Numbered {
  readonly key: string;
  readonly number: number;
  readonly name: string;
}

/** Numbers for places, in the order of their names: the same from report to report. */
export function numbered(places: readonly { readonly key: string; readonly name: string }[]): Numbered[] {
  return places
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB'))
    .map(({ key, name }, at) => ({ key, name, number: at + 1 }));
}

/** The number of each place, where it has most room; ringed in white, so that it is read on any filling and in grey. */
export function PlaceNumbers({
  names,
  places,
}: {
  names: readonly Numbered[];
  places: readonly DrawnPlace[];
}) {
  const numbers = new Map(names.map(({ key, number }) => [key, number]));
  return (
    <g
      class="hw-map__numbers"
      font-size={TEXT - 1}
      font-weight="bold"
      text-anchor="middle"
      stroke={ground}
      stroke-width={3}
      stroke-linejoin="round"
      paint-order="stroke"
    >
      {places.map(({ key, rings: [largest = []] }) => {
        const [x, y] = roomIn(largest);
        return (
          <text key={key} x={Math.round(x) / 10} y={Math.round(y) / 10} dy="0.35em">
            {numbers.get(key)}
          </text>
        );
      })}
    </g>
  );
}

/** Which number is which place. */
export function NumberedNames({ names }: { names: readonly Numbered[] }) {
  return (
    <ol class="hw-map__names" aria-label="The numbers on the map">
      {names.map(({ number, name }) => (
        <li key={number}>{name}</li>
      ))}
    </ol>
  );
}
