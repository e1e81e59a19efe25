import { CircleMap } from './circle-map.tsx';
import { ClassMap } from './class-map.tsx';
import type { MapBand } from './map-classes.ts';
import type { MapProps } from './map-figure.tsx';
import type { MapShapes } from './map-shapes.ts';
import { townAt } from './towns.ts';

interface WithBands {
  /** The classes; natural breaks of what is more than nothing unless given. */
  readonly bands?: readonly MapBand[];
}

/** Boroughs by class. Keys of rows are GSS codes; rows such as `out-of-london` are told below the map. */
export function BoroughMap({ boroughs, bands, ...map }: MapProps & WithBands & Pick<MapShapes, 'boroughs'>) {
  const places = boroughs.places.map(({ area, name, shape }) => ({ key: area, name, shape }));
  return (
    <ClassMap
      {...map}
      one="borough"
      many="boroughs"
      places={places}
      named
      {...(bands && { bands })}
      sources={[boroughs.source]}
    />
  );
}

/**
 * Wards by class, with the outlines of boroughs; those of one borough are numbered, and named below. Keys of rows are GSS codes; a
 * ward without a row has none.
 */
export function WardMap({
  wards,
  boroughs,
  bands,
  ...map
}: MapProps & WithBands & { wards: NonNullable<MapShapes['wards']> } & Pick<MapShapes, 'boroughs'>) {
  const names = new Map(boroughs.places.map(({ area, name }) => [area, name]));
  const areas = new Map(wards.places.map(({ code, area }) => [code, area]));
  const isOfOne = new Set(areas.values()).size === 1;
  const places = wards.places.map(({ code, name, area, shape }) => ({
    key: code,
    name: isOfOne ? name : `${name}, ${names.get(area) ?? area}`,
    shape,
  }));
  return (
    <ClassMap
      {...map}
      one="ward"
      many="wards"
      places={places}
      named={isOfOne}
      {...(bands && { bands })}
      groupOf={(code) => areas.get(code) ?? ''}
      sources={[wards.source]}
    />
  );
}

/** Wards by how deprived they are, in the natural breaks of whole scores; wards that the index does not know are named below. */
export function DeprivationMap({
  wards,
  boroughs,
  deprivation,
  ...map
}: Omit<MapProps, 'rows' | 'rowHeading' | 'valueHeading'> & {
  wards: NonNullable<MapShapes['wards']>;
  deprivation: NonNullable<MapShapes['deprivation']>;
} & Pick<MapShapes, 'boroughs'>) {
  const scores = new Map(deprivation.scores.map(({ ward, score }) => [ward, Math.round(score)]));
  const rows = wards.places.map(({ code, name }) => ({
    key: code,
    label: name,
    value: scores.get(code) ?? ('not-available' as const),
  }));
  return (
    <WardMap
      {...map}
      rowHeading="Ward"
      valueHeading="Score of the index of deprivation, to the nearest whole number"
      rows={rows}
      wards={{ ...wards, source: `${wards.source} ${deprivation.source}.` }}
      boroughs={boroughs}
    />
  );
}

type WithForces = { forces: NonNullable<MapShapes['forces']> };

/** Police forces by class. Keys of rows are their slugs, as records have them. */
export function ForceMap({ forces, bands, ...map }: MapProps & WithBands & WithForces) {
  return (
    <ClassMap
      {...map}
      one="police force"
      many="police forces"
      places={placesOf(forces)}
      {...(bands && { bands })}
      sources={[forces.source]}
    />
  );
}

/** A circle on each police force, such as of rescues; keys of rows are slugs. */
export function RescueMap({ forces, ...map }: MapProps & WithForces) {
  return (
    <CircleMap
      {...map}
      one="police force"
      many="police forces"
      places={placesOf(forces)}
      middleOf={(force, drawn) => drawn.places.find(({ key }) => key === force)?.middle}
      sources={[forces.source]}
    />
  );
}

/** A circle on each town; keys of rows are names of towns. A town that we cannot place is told below the map. */
export function TownMap({ forces, ...map }: MapProps & WithForces) {
  return (
    <CircleMap
      {...map}
      one="town"
      many="towns"
      places={placesOf(forces)}
      middleOf={(name, drawn) => {
        const town = townAt(name);
        return town && drawn.pointAt(town.longitude, town.latitude);
      }}
      sources={[forces.source]}
    />
  );
}

const placesOf = (forces: NonNullable<MapShapes['forces']>) =>
  forces.places.map(({ force, name, shape }) => ({ key: force, name, shape }));
