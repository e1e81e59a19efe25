import { geoArea, geoContains } from 'd3-geo';
import { expect, test } from 'vitest';
import { AreaNames, boroughShapes } from '../../../places/index.ts';
import { towns } from '../../../reference/towns.ts';
import { inventedForces } from './invented-forces.ts';
import { inventedWards } from './invented-wards.ts';

const areas = new AreaNames([
  { code: 'E09000001', name: 'City of London' },
  { code: 'E09000022', name: 'Lambeth' },
  { code: 'E09000027', name: 'Richmond upon Thames' },
]);

test('invented wards divide their borough: together they are as large as it is, and none is empty', async () => {
  const boroughs = await boroughShapes(areas);
  const wards = inventedWards(boroughs, areas);
  for (const { area, shape } of boroughs.filter(({ area: code }) => code !== 'E09000001')) {
    const theirs = wards.filter((ward) => ward.area === area).map((ward) => geoArea(ward.shape));
    expect(theirs).toHaveLength(area === 'E09000022' ? 21 : 18);
    expect(Math.min(...theirs)).toBeGreaterThan(geoArea(shape) / 200);
    const together = theirs.reduce((sum, size) => sum + size, 0);
    expect(together / geoArea(shape)).toBeCloseTo(1, 2);
  }
  expect(wards.find(({ code }) => code === 'E05000420')?.name).toBe('Coldharbour');
  expect(wards.find(({ code }) => code === 'E05000417')?.name).toBe('Lambeth ward 2 (invented)');
  expect(wards.filter(({ area }) => area === 'E09000001')).toEqual([]);
});

test('the sketch of police forces has most towns within the force that works there', () => {
  const forces = new Map(inventedForces().map(({ force, shape }) => [force, shape]));
  expect(forces.size).toBe(42);
  const known = towns.filter(({ force }) => forces.has(force));
  const within = known.filter(({ force, longitude, latitude }) => {
    const shape = forces.get(force);
    return shape && geoContains(shape, [longitude, latitude]);
  });
  expect(within.length / known.length).toBeGreaterThan(0.6);
});
