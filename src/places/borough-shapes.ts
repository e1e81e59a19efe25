import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { packageRoot } from '../platform/package-root.ts';
import { type AreaNames, plainName } from './area-names.ts';
import { type Shape, wound } from './shapes.ts';

/** Where a council is, by its GSS code. */
export interface BoroughShape {
  area: string;
  shape: Shape;
}

/** What is printed below a map of them. */
export const BOROUGH_SHAPES_SOURCE =
  'Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database right 2015';

/**
 * The shapes of London's boroughs, which come with Homeward (decision 18), of those areas that this service has.
 *
 * @param file what the build made
 * @throws Error when the build has not run
 */
export async function boroughShapes(
  areas: AreaNames,
  file = join(packageRoot, 'dist', 'borough-shapes.json'),
): Promise<BoroughShape[]> {
  const topology = JSON.parse(await readFile(file, 'utf8')) as Topology<{ boroughs: GeometryCollection }>;
  return feature(topology, topology.objects.boroughs).features.flatMap(({ id, geometry }) => {
    const area = areas.codeOf(plainName(String(id)));
    return area === undefined ? [] : [{ area, shape: wound(geometry as Shape) }];
  });
}
