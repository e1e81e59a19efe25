export type { MapBand } from './map-classes.ts';
export type { MapProps, MapRow } from './map-figure.tsx';
export { findMapShapes, type MapShapes } from './map-shapes.ts';
export { BoroughMap, DeprivationMap, ForceMap, RescueMap, TownMap, WardMap } from './maps.tsx';
