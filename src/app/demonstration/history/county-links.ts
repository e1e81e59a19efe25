import { addDays, addMonths, type PlainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import {
  individuals,
  individualsByBorough,
  individualsByForce,
  individualsByTown,
  individualsOfYear,
  withForce,
} from './county-line-tables.ts';
import { deal, dealAs, type Hand, handsOf, totalOf } from './deal.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import { years } from './periods.ts';

interface Individual {
  readonly identifiedOn: PlainDate;
  readonly lastActivityOn: PlainDate;
  bornOn: PlainDate | null;
  gender: string;
  ethnicity: string;
  borough: string;
  source: string;
  confirmed: 'yes' | 'no';
  readonly links: Link[];
}

interface Link {
  force: string;
  town: string;
}

/** Everybody identified in the two years: a row for each force that they are linked to, or one where none is known. */
export function countyLinkRows(chance: Chance): HistoryRow<'county_links.csv'>[] {
  const identified = [...identify(chance, 0), ...identify(chance, 1)];
  identified.sort(inOrderOf((one) => one.identifiedOn));
  return identified.flatMap((one, index) =>
    one.links.map(({ force, town }) => ({
      individual_ref: `I-${String(index + 1).padStart(4, '0')}`,
      date_of_birth: one.bornOn ?? '',
      gender: one.gender,
      ethnicity: one.ethnicity,
      residence_borough: one.borough,
      identified_on: one.identifiedOn,
      last_activity_on: one.lastActivityOn,
      police_force: force,
      town,
      source: one.source,
      confirmed: one.confirmed,
    })),
  );
}

function identify(chance: Chance, year: 0 | 1): Individual[] {
  const { from, to } = years[year];
  const about = individualsOfYear[year];
  const all = Array.from({ length: individuals[year] }, (): Individual => {
    const identifiedOn = chance.workingDay(from, to);
    return {
      identifiedOn,
      lastActivityOn: addDays(identifiedOn, -chance.between(0, about.daysSinceActive)),
      bornOn: null,
      gender: '',
      ethnicity: '',
      borough: '',
      source: '',
      confirmed: 'yes',
      links: [],
    };
  });
  deal(chance, all, handsOf(about.ages), (one, band) => {
    const ages = { 'under-18': [14, 17], '18-25': [18, 25], 'over-25': [26, 44] } as const;
    if (band === 'unknown') return;
    const [least, most] = ages[band];
    one.bornOn = addDays(addMonths(one.identifiedOn, -12 * chance.between(least, most)), -chance.below(360));
  });
  dealAs(chance, 'gender', all, handsOf(about.genders));
  dealAs(chance, 'ethnicity', all, handsOf(about.ethnicities));
  dealAs(chance, 'source', all, handsOf(about.sources));
  dealAs(chance, 'confirmed', all, handsOf(about.confirmed));
  const boroughs = ofYear(individualsByBorough, year);
  const unknown: Hand<Individual, string> = ['', all.length - totalOf(boroughs)];
  dealAs(chance, 'borough', all, [...handsOf(boroughs), unknown]);
  linkToForces(chance, year, all);
  return all;
}

/** Each with a force gets one of the table's, and what is left of it goes to those with two. */
function linkToForces(chance: Chance, year: 0 | 1, all: readonly Individual[]): void {
  const forces = chance.shuffled(
    handsOf(ofYear(individualsByForce, year)).flatMap(([force, count]) =>
      Array.from({ length: count }, () => force),
    ),
  );
  const linked = chance.shuffled(all);
  const links: Link[] = [];
  const link = (one: Individual, force: string) => {
    const made = { force, town: '' };
    one.links.push(made);
    links.push(made);
  };
  for (const one of linked.splice(withForce[year])) one.links.push({ force: '', town: '' });
  for (const one of linked) link(one, forces.shift() ?? '');
  for (const force of forces) {
    const other = linked.findIndex(({ links: [first] }) => first?.force !== force);
    for (const one of linked.splice(other, 1)) link(one, force);
  }
  const towns = Object.entries(individualsByTown).map(
    ([town, [force, ...counts]]): Hand<Link, string> => [town, counts[year], (one) => one.force === force],
  );
  const inTowns = towns.reduce((sum, [, count]) => sum + count, 0);
  dealAs(chance, 'town', links, [...towns, ['', links.length - inTowns]]);
}

/** One year's column of a table of both. */
function ofYear(
  table: Readonly<Record<string, readonly [number, number]>>,
  year: 0 | 1,
): Record<string, number> {
  return Object.fromEntries(Object.entries(table).map(([key, counts]) => [key, counts[year]]));
}
