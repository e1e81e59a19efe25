import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import {
  boroughShapes,
  type FileKind,
  faultInWords,
  findAreaNames,
  importPlaces,
  type Shape,
} from '../../../places/index.ts';
import { londonDate } from '../../../platform/clock/london-time.ts';
import type { Connections } from '../../../platform/database/connections.ts';
import { asOwner } from '../../../platform/database/reach-database.ts';
import { Database } from '../../../platform/database/transaction.ts';
import { csvText } from '../../../platform/text/csv-text.ts';
import { makeHistory } from '../history/make-history.ts';
import { years } from '../history/periods.ts';
import { inventedScores } from './invented-deprivation.ts';
import { inventedForces } from './invented-forces.ts';
import { inventedWards } from './invented-wards.ts';

const EDITION = 'demonstration-2021';
const INVENTED = 'Invented for this demonstration';

/** People of 10 to 25 by ethnic group, in a hundred (page 18, where they come to 101 for being rounded: one of `other` is left out). */
const population = { white: 49, black: 16, asian: 20, mixed: 9, other: 6 } as const;
const OF_EACH_BOROUGH = 450;

interface InventedFile {
  readonly kind: FileKind;
  readonly source: string;
  readonly text: string;
}

/**
 * Brings wards, police forces, deprivation and population into a demonstration that has none, as any service imports them. No file
 * of others’ comes with Homeward but the boroughs, so they are invented, and everything that is made of them says so. Does
 * nothing where the database is no demonstration, or has places already.
 */
export async function bringPlacesIn(connections: Connections, now: Date): Promise<void> {
  if (!(await asOwner(connections, isWithoutPlaces))) return;
  const jobs = new Database(connections.jobs, { connections: 1, patience: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'homeward-places-'));
  try {
    for (const { kind, source, text } of await inventedFiles(jobs)) {
      const file = join(folder, kind);
      await writeFile(file, text);
      const outcome = await importPlaces(
        jobs,
        { kind, file, edition: EDITION, source, wardEdition: EDITION },
        londonDate(now),
      );
      if ('faults' in outcome)
        throw new Error(
          `The demonstration's ${kind} cannot be imported: ${outcome.faults.map((fault) => faultInWords(kind, fault))[0]}`,
        );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await jobs.close();
  }
}

async function isWithoutPlaces(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ without: boolean }>(
    'select exists (select from homeward.nature where demonstration) and not exists (select from reference.place_edition) as without',
  );
  return rows[0]?.without ?? false;
}

async function inventedFiles(jobs: Database): Promise<InventedFile[]> {
  const areas = await jobs.asTask('importing', findAreaNames);
  const boroughs = await boroughShapes(areas);
  const wards = inventedWards(boroughs, areas);
  const referred = new Map<string, number>();
  const [, { to }] = years;
  for (const { residence_ward, received_on } of makeHistory()['referrals.csv'])
    if (received_on <= to) referred.set(residence_ward, (referred.get(residence_ward) ?? 0) + 1);
  const scores = inventedScores(
    wards.map(({ code, area }) => ({ ward: code, area, referrals: referred.get(code) ?? 0 })),
  );
  return [
    {
      kind: 'wards',
      source: `${INVENTED}: these are not the boundaries of any wards.`,
      text: geoJson(
        wards.map(({ code, name, area, shape }) => ({ properties: { code, name, lad: area }, shape })),
      ),
    },
    {
      kind: 'forces',
      source: `${INVENTED}: a sketch, and not the boundaries of police force areas.`,
      text: geoJson(inventedForces().map(({ code, name, shape }) => ({ properties: { code, name }, shape }))),
    },
    {
      kind: 'deprivation',
      source: `${INVENTED}: no index gave these scores`,
      text: csvOf([
        ['ward_code', 'ward_name', 'borough_code', 'imd_average_score'],
        ...wards.map(({ code, name, area }) => [code, name, area, String(scores.get(code) ?? 0)]),
      ]),
    },
    {
      kind: 'population',
      source: `${INVENTED}, in the shares that were printed of London`,
      text: csvOf([
        ['area_code', 'ethnic_group', 'age', 'people'],
        ...boroughs.flatMap(({ area }) =>
          Object.entries(population).map(([group, share]) => [
            area,
            group,
            '10 to 25',
            String(share * OF_EACH_BOROUGH),
          ]),
        ),
      ]),
    },
  ];
}

const geoJson = (
  places: readonly { readonly properties: Readonly<Record<string, string>>; readonly shape: Shape }[],
): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: places.map(({ properties, shape }) => ({ type: 'Feature', properties, geometry: shape })),
  });

const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(csvText).join(',')}\n`).join('');
