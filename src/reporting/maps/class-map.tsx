import { missingEntries, missingInWords, sampleOf } from '../charts/key.tsx';
import { type Filling, ground, hidden, ink } from '../charts/palette.ts';
import { extremesInWords, valueInWords } from '../charts/value-in-words.ts';
import type { Figure } from '../figure.ts';
import type { DrawnPlace, MapPlace } from './drawn-places.ts';
import { classOf, fillingsOf, type MapBand, naturalBands } from './map-classes.ts';
import { MapFigure, type MapProps, useDrawnPlaces } from './map-figure.tsx';
import { marksIn } from './marks-in.ts';
import { numbered, PlaceNumbers } from './numbered-names.tsx';
import { outlinesOf } from './outlines.ts';

export interface ClassMapProps extends MapProps {
  /** What is drawn, in a word for one and for many: `borough`, `boroughs`. */
  readonly one: string;
  readonly many: string;
  readonly places: readonly (MapPlace & { readonly name: string })[];
  /** The classes from the fewest to the most; natural breaks of what is more than nothing unless given. */
  readonly bands?: readonly MapBand[];
  /** The group of a place, whose outlines are drawn over the places. */
  readonly groupOf?: (key: string) => string;
  /** Whether each place bears a number, and its name stands below: for a few dozen places at most. */
  readonly named?: boolean;
  readonly sources: readonly string[];
}

/** Places filled by the class of their numbers: darker, and more densely marked, is more. */
export function ClassMap({
  one,
  many,
  places,
  bands: given,
  groupOf,
  named = false,
  sources,
  ...map
}: ClassMapProps) {
  const { rows, valueHeading } = map;
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  const figureOf = (key: string): Figure => values.get(key) ?? 0;
  const names = new Map(places.map(({ key, name }) => [key, name]));
  const { places: drawn, height } = useDrawnPlaces(places);
  const numbers = named ? numbered(places) : [];
  const figures = places.map(({ key }) => figureOf(key));
  const bands = given ?? naturalBands(figures);
  const none = figures.filter((figure) => typeof figure === 'number' && classOf(bands, figure) === -1).length;
  // What has none is left white, and the fewest are then told from it by more than a shade.
  const fillings = none > 0 ? fillingsOf(bands.length + 1).slice(1) : fillingsOf(bands.length);
  const fillingOf = (figure: Figure): Filling => {
    if (figure === 'hidden') return hidden;
    const at = typeof figure === 'number' ? classOf(bands, figure) : -1;
    return fillings[at] ?? NONE;
  };
  // What is hidden is of a class that nobody is told, so none can say how many are of it.
  const isWhole = !figures.includes('hidden');
  const how = (count: number) => (isWhole ? `: ${countOf(count, one, many)}` : '');
  const inClass = (at: number) =>
    figures.filter((figure) => typeof figure === 'number' && classOf(bands, figure) === at).length;
  const classes = bands.map((band, at) => ({
    sample: sampleOf(fillings[at] ?? NONE),
    words: `${bandInWords(band)}${how(inClass(at))}`,
  }));
  const entries = [
    ...classes,
    ...(none > 0 ? [{ sample: sampleOf(NONE), words: `none${how(none)}` }] : []),
    ...missingEntries(figures),
  ];
  const described = drawn.map(({ key }) => ({ label: names.get(key) ?? key, value: figureOf(key) }));
  const classWords = entries.map(({ words }) => words).join('; ');
  return (
    <MapFigure
      {...map}
      description={`A map of ${countOf(places.length, one, many)}: ${valueHeading}. ${classWords}.${extremesInWords(described, {})}${missingInWords(figures)}`}
      height={height}
      entries={entries}
      names={numbers}
      drawn={new Set(names.keys())}
      sources={sources}
    >
      <g stroke={ink} stroke-width={groupOf ? 0.2 : 0.5} stroke-linejoin="round" fill-rule="evenodd">
        {drawn.map(({ key, path }) => (
          <path key={key} d={path} fill={fillingOf(figureOf(key)).fill}>
            <title>{`${names.get(key) ?? key}: ${inWords(figureOf(key))}`}</title>
          </path>
        ))}
      </g>
      {[...fillings, hidden].map((filling) => (
        <Marks
          key={filling.fill}
          filling={filling}
          places={drawn.filter(({ key }) => fillingOf(figureOf(key)) === filling)}
        />
      ))}
      {groupOf && (
        <path
          class="hw-map__outline"
          d={outlinesOf(drawn, groupOf)}
          fill="none"
          stroke={ink}
          stroke-width={0.9}
          stroke-linejoin="round"
        />
      )}
      {named && <PlaceNumbers names={numbers} places={drawn} />}
    </MapFigure>
  );
}

const NONE: Filling = { fill: ground };

interface MarksProps {
  readonly filling: Filling;
  readonly places: readonly DrawnPlace[];
}

/** The marks of a filling on all the places that have it. */
function Marks({ filling: { marks }, places }: MarksProps) {
  if (!marks || places.length === 0) return null;
  const path = places.map(({ rings }) => marksIn(rings, marks.kind)).join('');
  const style =
    marks.kind === 'dots'
      ? { 'stroke-width': 1, 'stroke-linecap': 'round' as const }
      : { 'stroke-width': 0.4 };
  return <path class="hw-map__marks" d={path} fill="none" stroke={marks.colour} {...style} />;
}

/** A number by itself, or why there is none. */
export function inWords(value: Figure): string {
  return value === 'hidden' ? 'hidden to protect people' : valueInWords(value, {});
}

const bandInWords = ({ from, to }: MapBand): string => (from === to ? String(from) : `${from} to ${to}`);

export const countOf = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
