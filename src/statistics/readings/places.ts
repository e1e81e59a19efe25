import { sql } from 'kysely';
import type { QueryReading } from '../reading.ts';

/** The areas of the service, as they are named now. */
export interface Area {
  readonly code: string;
  readonly name: string;
  readonly kind: 'borough' | 'elsewhere' | 'not-known';
}

export const areas: QueryReading<Area> = {
  kind: 'query',
  statement: 'areas',
  words: true,
  sql: () => sql<Area>`select code, name, kind from reference.area order by name, code`,
};

export interface WardName {
  readonly code: string;
  readonly name: string;
}

export const wardNames: QueryReading<WardName> = {
  kind: 'query',
  statement: 'ward names',
  words: true,
  sql: ({ asAt }) => sql<WardName>`select code, name from reference.ward_names(${asAt})`,
};

export interface WardDeprivation {
  readonly ward: string;
  readonly area: string;
  readonly score: number;
  readonly edition: string;
  readonly source: string;
}

/** The score of every ward of the service's areas, of the edition in use on the last day of the period. */
export const wardDeprivation: QueryReading<WardDeprivation> = {
  kind: 'query',
  statement: 'deprivation',
  sql: ({ asAt, period }) => sql<WardDeprivation>`
    select ward, area, score, edition, source from reference.ward_deprivation(${asAt}, ${period.to}::date)`,
};

export interface GroupPopulation {
  readonly group: string;
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  readonly people: number;
  readonly edition: string;
  readonly year: number | null;
  readonly source: string;
}

/** How many people of each ethnic group live in the service's areas, of the edition in use on the last day of the period. */
export const groupPopulation: QueryReading<GroupPopulation> = {
  kind: 'query',
  statement: 'population by ethnic group',
  sql: ({ asAt, period }) => sql<GroupPopulation>`
    select ethnic_group as "group", age_from as "ageFrom", age_to as "ageTo", sum(people)::int as people, edition, year, source
    from reference.population_of('population-by-ethnic-group', ${asAt}, ${period.to}::date)
    where ethnic_group is not null
    group by ethnic_group, age_from, age_to, edition, year, source`,
};

export interface Setting {
  readonly value: unknown;
}

/** What the service had set under a name, by the moment that figures are as at. */
export function setting(name: 'borough-bands'): QueryReading<Setting> {
  return {
    kind: 'query',
    statement: `setting ${name}`,
    sql: ({ asAt }) => sql<Setting>`
      select value from reference.figure_setting where name = ${name} and set_at <= ${asAt} order by set_at desc limit 1`,
  };
}
