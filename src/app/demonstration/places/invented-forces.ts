import type { Position } from 'geojson';
import type { ForceShape } from '../../../places/index.ts';
import { policeForces } from '../../../reference/code-lists.ts';
import { nearestTo } from './nearest.ts';

/** England and Wales as a pencil would draw them: their capes and bays, by hand, from Berwick along the east coast round. */
const coast: readonly Position[] = [
  [-2.03, 55.81],
  [-1.6, 55.6],
  [-1.42, 55.02],
  [-1.15, 54.65],
  [-0.6, 54.49],
  [-0.08, 54.12],
  [-0.2, 53.9],
  [0.12, 53.58],
  [0.0, 53.5],
  [0.35, 53.15],
  [0.05, 52.9],
  [0.35, 52.8],
  [0.5, 52.95],
  [1.3, 52.93],
  [1.72, 52.6],
  [1.76, 52.48],
  [1.6, 52.1],
  [1.3, 51.93],
  [0.95, 51.75],
  [0.72, 51.53],
  [0.4, 51.46],
  [0.75, 51.46],
  [1.42, 51.39],
  [1.35, 51.13],
  [0.97, 50.91],
  [0.25, 50.74],
  [-0.79, 50.73],
  [-1.1, 50.79],
  [-1.55, 50.71],
  [-1.95, 50.6],
  [-2.45, 50.55],
  [-2.95, 50.72],
  [-3.4, 50.61],
  [-3.64, 50.22],
  [-4.14, 50.33],
  [-4.75, 50.33],
  [-5.2, 49.97],
  [-5.7, 50.07],
  [-5.45, 50.22],
  [-5.03, 50.55],
  [-4.53, 51.02],
  [-4.1, 51.21],
  [-3.45, 51.22],
  [-2.98, 51.33],
  [-2.7, 51.52],
  [-2.35, 51.8],
  [-2.65, 51.62],
  [-3.0, 51.53],
  [-3.18, 51.4],
  [-3.6, 51.42],
  [-3.95, 51.6],
  [-4.3, 51.55],
  [-4.7, 51.65],
  [-5.3, 51.87],
  [-4.7, 52.1],
  [-4.1, 52.42],
  [-4.06, 52.72],
  [-4.7, 52.8],
  [-4.32, 53.1],
  [-4.62, 53.3],
  [-4.3, 53.42],
  [-3.87, 53.33],
  [-3.15, 53.33],
  [-3.17, 53.42],
  [-3.05, 53.55],
  [-3.05, 53.9],
  [-2.85, 54.13],
  [-3.2, 54.08],
  [-3.62, 54.5],
  [-3.35, 54.9],
  [-3.05, 54.99],
  [-2.6, 55.3],
  [-2.2, 55.45],
];

/** About where the middle of each force’s area is, and how far it reaches, by their codes of the ONS. */
const middles: Readonly<
  Record<string, readonly [code: string, longitude: number, latitude: number, reach: number]>
> = {
  'avon-and-somerset': ['E23000036', -2.85, 51.2, 0.38],
  bedfordshire: ['E23000026', -0.45, 52.05, 0.18],
  cambridgeshire: ['E23000023', 0, 52.35, 0.32],
  cheshire: ['E23000006', -2.6, 53.18, 0.3],
  cleveland: ['E23000013', -1.15, 54.58, 0.12],
  cumbria: ['E23000002', -2.95, 54.55, 0.45],
  derbyshire: ['E23000018', -1.6, 53.1, 0.3],
  'devon-and-cornwall': ['E23000035', -4.2, 50.65, 0.7],
  dorset: ['E23000039', -2.25, 50.78, 0.28],
  durham: ['E23000008', -1.75, 54.68, 0.25],
  'dyfed-powys': ['W15000004', -3.9, 52.15, 0.5],
  essex: ['E23000028', 0.6, 51.8, 0.35],
  gloucestershire: ['E23000037', -2.15, 51.83, 0.28],
  'greater-manchester': ['E23000005', -2.25, 53.5, 0.2],
  gwent: ['W15000002', -3, 51.72, 0.2],
  hampshire: ['E23000030', -1.3, 51.08, 0.38],
  hertfordshire: ['E23000027', -0.2, 51.83, 0.2],
  humberside: ['E23000012', -0.45, 53.72, 0.3],
  kent: ['E23000032', 0.75, 51.2, 0.38],
  lancashire: ['E23000003', -2.6, 53.85, 0.3],
  leicestershire: ['E23000021', -1, 52.68, 0.3],
  lincolnshire: ['E23000020', -0.25, 53.1, 0.42],
  merseyside: ['E23000004', -2.95, 53.42, 0.15],
  metropolitan: ['E23000001', -0.1, 51.5, 0.22],
  norfolk: ['E23000024', 0.95, 52.67, 0.42],
  'north-wales': ['W15000001', -3.6, 53, 0.45],
  'north-yorkshire': ['E23000009', -1.4, 54.15, 0.5],
  northamptonshire: ['E23000022', -0.9, 52.3, 0.25],
  northumbria: ['E23000007', -1.95, 55.15, 0.5],
  nottinghamshire: ['E23000019', -1, 53.1, 0.28],
  'south-wales': ['W15000003', -3.5, 51.62, 0.25],
  'south-yorkshire': ['E23000011', -1.3, 53.45, 0.2],
  staffordshire: ['E23000015', -2, 52.85, 0.3],
  suffolk: ['E23000025', 1.05, 52.2, 0.35],
  surrey: ['E23000031', -0.45, 51.25, 0.22],
  sussex: ['E23000033', -0.05, 50.93, 0.35],
  'thames-valley': ['E23000029', -1.1, 51.7, 0.45],
  warwickshire: ['E23000017', -1.5, 52.3, 0.22],
  'west-mercia': ['E23000016', -2.6, 52.4, 0.45],
  'west-midlands': ['E23000014', -1.85, 52.5, 0.18],
  'west-yorkshire': ['E23000010', -1.65, 53.75, 0.25],
  wiltshire: ['E23000038', -1.95, 51.3, 0.32],
};

/**
 * The police forces of England and Wales as a sketch: what lies nearest to the middle of each, within a coast drawn by hand.
 * The City of London’s, British Transport Police, Scotland and Northern Ireland are not on it.
 */
export function inventedForces(): ForceShape[] {
  const found = Object.entries(middles);
  const shapes = nearestTo(
    [[...coast]],
    found.map(([, [, longitude, latitude, reach]]) => ({ at: [longitude, latitude], reach })),
  );
  const names = new Map<string, string>(policeForces.map(({ code, text }) => [code, text]));
  return found.flatMap(([force, [code]], n) => {
    const shape = shapes[n];
    return shape ? [{ force, code, name: (names.get(force) ?? force).replace(/ \(.*/, ''), shape }] : [];
  });
}
