import { type EthnicGroup, ethnicGroupOf } from '../reference/ethnic-groups.ts';
import type { AreaNames } from './area-names.ts';
import {
  type CsvTable,
  missingColumn,
  NOTHING_IN_IT,
  openTable,
  type TableColumn,
  type TableHeader,
} from './csv-table.ts';
import { inOrder, MOST_FAULTS, type PlaceFault, type ReadPlaces } from './place-fault.ts';
import { readNumber } from './read-number.ts';

/** How many people live in an area: in all, or of an age, an ethnic group, a sex. */
export interface PeopleOf {
  area: string;
  /** In completed years, both included; null is not told apart, and a null `ageTo` beside an `ageFrom` is "and over". */
  ageFrom: number | null;
  ageTo: number | null;
  ethnicGroup: KnownGroup | null;
  sex: 'female' | 'male' | null;
  people: number;
}
type KnownGroup = Exclude<EthnicGroup, 'unknown'>;

export interface ReadPopulation extends ReadPlaces<PeopleOf> {
  kind: 'population-by-age' | 'population-by-ethnic-group';
}

const AREA = [
  /^(ltla|lad)\d\d_?(code|cd)$/,
  /^(lower tier local authorities|local authority|la|area|geography|borough|gss)[ _]?code$/,
  /^(gss|code)$/,
  /^(ltla|lad)\d\d_?(name|nm)$/,
  /^(local authority|area|geography|borough)([ _]?name)?$/,
];
const ETHNIC_GROUP = [/^ethnic[ _]?group( \(\d+ categories\))?$/, /^ethnicity$/];
const SEX = [/^sex( \(\d+ categories\))?$/, /^gender$/];
const AGE = [/^age( \(\d+ categories\))?$/, /^age[ _](group|band)$/];
const AGE_FROM = [/^age[ _]from$/];
const AGE_TO = [/^age[ _]to$/];
const PEOPLE = [/^(people|population|value|observation|count|number)$/];
/** One column an age, as the ONS lays out its estimates: `0`, `age_17`, `90+`. */
const AGE_AS_COLUMN = /^(?:age[ _]?)?(\d{1,3})(\+| ?and over| ?plus)?$/;

/** One number of the file, before those that tell of the same people twice are left out. */
interface Entry extends Omit<PeopleOf, 'sex'> {
  sex: PeopleOf['sex'] | 'all';
  /** Of a part of an ethnic group; the group's own total tells of the same people again. */
  isPart: boolean;
}
type Taken = Entry | 'of no use' | { fault: PlaceFault };

/**
 * Reads a population table in one of two layouts: a column for each single year of age, or a row for each number, with columns for
 * the ethnic group, the age and the sex as far as there are any. Only this service's areas are taken.
 */
export async function readPopulation(
  pieces: AsyncIterable<Uint8Array>,
  areas: AreaNames,
): Promise<ReadPopulation> {
  const table = await openTable(pieces);
  if (table === null) return { kind: 'population-by-age', rows: [], faults: [NOTHING_IN_IT], passedOver: 0 };
  const { header } = table;
  const kind = header.find(...ETHNIC_GROUP) ? 'population-by-ethnic-group' : 'population-by-age';
  const area = header.find(...AREA);
  const columnOfAge = header.all(AGE_AS_COLUMN);
  const people = header.find(...PEOPLE);
  const ages = columnOfAge.length > 0 && !people;
  const faults: PlaceFault[] = [];
  if (!area) faults.push(missingColumn('area code', 'ltla21_code, LAD24CD (of any year), area_code or code'));
  if (!ages && !people) {
    faults.push(
      missingColumn(
        'people',
        'value, people, population or Observation, one row a number, beside ethnic_group, age and sex as far as they are told apart; or there is one column for each year of age, 0 to 90+',
      ),
    );
  }
  if (!area || faults.length > 0) return { kind, rows: [], faults, passedOver: 0 };
  const take = people ? rowReader(header, people) : ageReader(columnOfAge);
  return { kind, ...(await readEntries(table, area, areas, take)) };
}

type RowReader = (line: number, cells: readonly string[], area: string) => Taken[];

async function readEntries(
  table: CsvTable,
  area: TableColumn,
  areas: AreaNames,
  take: RowReader,
): Promise<ReadPlaces<PeopleOf>> {
  const entries: Entry[] = [];
  const faults: PlaceFault[] = [];
  let passedOver = 0;
  for await (const batch of table.batches) {
    for (const { line, cells } of batch) {
      const code = areas.codeOf(cells[area.index] ?? '');
      if (code === undefined) {
        passedOver += 1;
        continue;
      }
      for (const taken of take(line, cells, code)) {
        if (taken === 'of no use') passedOver += 1;
        else if (!('fault' in taken)) entries.push(taken);
        else if (faults.length < MOST_FAULTS) faults.push(taken.fault);
      }
    }
  }
  const rows = withoutTotals(entries);
  if (rows.length === 0 && faults.length === 0 && table.faults.length === 0) {
    const what = 'no row is of a council of this service (set up under “Patches and areas”)';
    faults.push({ line: 1, column: area.name, what });
  }
  return { rows, faults: inOrder([...table.faults, ...faults]), passedOver };
}

/** Adds up what tells of the same people, and leaves out totals of what the file tells apart. */
function withoutTotals(entries: readonly Entry[]): PeopleOf[] {
  const hasParts = entries.some(({ isPart }) => isPart);
  const hasSexes = entries.some(({ sex }) => sex === 'female' || sex === 'male');
  const sums = new Map<string, PeopleOf>();
  for (const { isPart, sex, ...entry } of entries) {
    if ((hasParts && !isPart) || (hasSexes && sex === 'all')) continue;
    const row: PeopleOf = { ...entry, sex: sex === 'all' ? null : sex };
    const key = [row.area, row.ageFrom, row.ageTo, row.ethnicGroup, row.sex].join(' ');
    const before = sums.get(key);
    if (before) before.people += row.people;
    else sums.set(key, row);
  }
  return [...sums.values()];
}

function ageReader(columns: readonly TableColumn[]): RowReader {
  const ages = columns.map((column) => {
    const [, age = '', andOver] = AGE_AS_COLUMN.exec(column.name.toLowerCase()) ?? [];
    return { column, ageFrom: Number(age), ageTo: andOver === undefined ? Number(age) : null };
  });
  return (line, cells, area) =>
    ages.map(({ column, ageFrom, ageTo }): Taken => {
      const people = peopleIn(line, cells, column);
      if (typeof people !== 'number') return people;
      return { area, ageFrom, ageTo, ethnicGroup: null, sex: null, people, isPart: false };
    });
}

function rowReader(header: TableHeader, value: TableColumn): RowReader {
  const group = header.find(...ETHNIC_GROUP);
  const sex = header.find(...SEX);
  const age = header.find(...AGE);
  const [from, to] = [header.find(...AGE_FROM), header.find(...AGE_TO)];
  return (line, cells, area) => {
    const cell = (column: TableColumn | undefined) => (column ? (cells[column.index]?.trim() ?? '') : '');
    const fault = (column: TableColumn | undefined, what: string): Taken[] => [
      { fault: { line, column: column?.name ?? '', what } },
    ];
    const label = cell(group).replace(/\s*\((number|percent)\)$/i, '');
    if (/\(percent\)$|%/i.test(cell(group)) || /^total\b|^does not apply$/i.test(label)) return ['of no use'];
    const ethnicGroup = group ? groupNamed(label) : null;
    if (ethnicGroup === undefined) {
      return fault(group, `“${label}” is in none of the ethnic groups Asian, Black, Mixed, White and Other`);
    }
    const aged = agesIn(cell(age), cell(from), cell(to));
    if (aged === null) {
      const text = [cell(age), cell(from), cell(to)].filter((each) => each !== '').join(' to ');
      return fault(age ?? from, `“${text}” is no age: write 17, 10 to 17 or 90+`);
    }
    const whose = sexNamed(cell(sex));
    if (whose === undefined) return fault(sex, `“${cell(sex)}” must be female, male or persons`);
    const people = peopleIn(line, cells, value);
    if (typeof people !== 'number') return [people];
    const isPart = label.includes(':') || ethnicGroupOf(label.toUpperCase()) !== 'unknown';
    return [{ area, ...aged, ethnicGroup, sex: sex ? whose : null, people, isPart }];
  };
}

function peopleIn(
  line: number,
  cells: readonly string[],
  column: TableColumn,
): number | { fault: PlaceFault } {
  const text = cells[column.index]?.trim() ?? '';
  const people = readNumber(text);
  if (people !== undefined && people >= 0 && Number.isInteger(people)) return people;
  const what = `“${text}” is no number of people: it must be whole, 0 or more`;
  return { fault: { line, column: column.name, what } };
}

/** The group that an ONS category of 2021, one of the DfE's codes or the name of a group is in. */
function groupNamed(label: string): KnownGroup | undefined {
  const byCode = ethnicGroupOf(label.toUpperCase());
  if (byCode !== 'unknown') return byCode;
  const first = /^(asian|black|mixed|white|other)\b/i.exec(label)?.[1]?.toLowerCase();
  return first as KnownGroup | undefined;
}

function sexNamed(text: string): PeopleOf['sex'] | 'all' | undefined {
  if (/^(females?|f|women|girls)$/i.test(text)) return 'female';
  if (/^(males?|m|men|boys)$/i.test(text)) return 'male';
  return /^(persons|people|all|both|total|)$/i.test(text) ? 'all' : undefined;
}

/** The ages that one cell tells, `10 to 17`, or two. @returns null where they cannot be read */
function agesIn(age: string, from: string, to: string): Pick<PeopleOf, 'ageFrom' | 'ageTo'> | null {
  if (from !== '' || to !== '') {
    if (!/^\d{1,3}$/.test(from) || !/^\d{0,3}$/.test(to)) return null;
    return spanOf(Number(from), to === '' ? null : Number(to));
  }
  if (age === '' || /^(all|total)\b/i.test(age)) return { ageFrom: null, ageTo: null };
  const span = /(\d{1,3})\s*(?:to|-|–)\s*(\d{1,3})/i.exec(age);
  if (span) return spanOf(Number(span[1]), Number(span[2]));
  const under = /under (\d{1,3})/i.exec(age);
  if (under) return spanOf(0, Number(under[1]) - 1);
  const one = /(\d{1,3})\s*(\+|(?:years )?and over|(?:years )?or over)?/i.exec(age);
  return one ? spanOf(Number(one[1]), one[2] === undefined ? Number(one[1]) : null) : null;
}

const spanOf = (ageFrom: number, ageTo: number | null) =>
  ageTo !== null && ageTo < ageFrom ? null : { ageFrom, ageTo };
