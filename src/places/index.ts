export { AreaNames, findAreaNames } from './area-names.ts';
export { BOROUGH_SHAPES_SOURCE, type BoroughShape, boroughShapes } from './borough-shapes.ts';
export {
  type ImportedPlaces,
  type ImportOutcome,
  importPlaces,
  type PlacesProgress,
} from './import-places.ts';
export { placePages } from './pages/edition-pages.tsx';
export { faultInWords, type PlaceFault } from './place-fault.ts';
export { type FileKind, fileKinds, type PlaceKind } from './place-kind.ts';
export { type ForceShape, readForces } from './read-forces.ts';
export { readWards, type Ward } from './read-wards.ts';
export type { Shape } from './shapes.ts';
export { forcesInUse, type ShapesInUse, wardsInUse } from './shapes-in-use.ts';
