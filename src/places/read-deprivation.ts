import type { AreaNames } from './area-names.ts';
import {
  type CsvTable,
  missingColumn,
  NOTHING_IN_IT,
  openTable,
  type TableColumn,
  type TableHeader,
  yearIn,
} from './csv-table.ts';
import { isGssCode } from './gss-code.ts';
import { inOrder, MOST_FAULTS, type PlaceFault, type ReadPlaces } from './place-fault.ts';
import { readNumber } from './read-number.ts';

/** How deprived a ward is: the mean of its neighbourhoods' scores by population; the higher, the more deprived. */
export interface WardScore {
  ward: string;
  name: string;
  area: string;
  score: number;
}

export interface ReadDeprivation extends ReadPlaces<WardScore> {
  /** The year of the wards' boundaries, where the name of the column tells it. */
  wardEdition: string | null;
}

const LSOA = [/^lsoa\d\d_?(code|cd)$/, /^lsoa code\b/];
const WARD = [/^wd\d\dcd$/, /^ward\d\d_?code$/, /^(new )?ward[_ ]code$/, /^gss(_code)?$/];
const WARD_NAME = [/^wd\d\dnm$/, /^ward\d\d_?name$/, /^ward[_ ]name$/, /^name$/];
const AREA = [
  /^lad\d\dcd$/,
  /^local authority district code\b/,
  /^(lb_gss_cd|borough_?code)$/,
  /^lad\d\dnm$/,
  /^local authority district name\b/,
  /^borough(_?name)?$/,
];
const WARD_SCORE = [/^imd[_ ]average[_ ]score$/, /^average score$/];
const LSOA_SCORE = [/^imd[_ ]score$/, /^index of multiple deprivation \(imd\) score$/];
const PEOPLE = [/^total population\b/, /^census\d\d_pop$/, /^(total_)?population$/];

interface Columns {
  ward: TableColumn;
  name: TableColumn | undefined;
  area: TableColumn;
  score: TableColumn;
  /** Of a file by LSOA: what weighs its scores. */
  people: TableColumn | undefined;
}

/**
 * Reads how deprived wards are: the GLA's summary by ward, or File 7 of the Indices of Deprivation by LSOA (2019 and 2025) with a
 * column that says the ward of each LSOA. Only this service's areas are taken.
 */
export async function readDeprivation(
  pieces: AsyncIterable<Uint8Array>,
  areas: AreaNames,
): Promise<ReadDeprivation> {
  const nothing = { rows: [], passedOver: 0, wardEdition: null };
  const table = await openTable(pieces);
  if (table === null) return { ...nothing, faults: [NOTHING_IN_IT] };
  const columns = columnsOf(table.header);
  if (Array.isArray(columns)) return { ...nothing, faults: columns };
  const year = yearIn(columns.ward.name);
  return {
    ...(await readScores(table, columns, areas)),
    wardEdition: year === 0 ? null : String(2000 + year),
  };
}

function columnsOf(header: TableHeader): Columns | PlaceFault[] {
  const byLsoa = header.find(...LSOA) !== undefined;
  const [ward, name, area] = [header.find(...WARD), header.find(...WARD_NAME), header.find(...AREA)];
  const score = byLsoa ? header.find(...LSOA_SCORE) : header.find(...WARD_SCORE);
  const people = byLsoa ? header.find(...PEOPLE) : undefined;
  const faults: PlaceFault[] = [];
  if (!ward) {
    const lookup = byLsoa ? ': add the ward of each LSOA from the lookup of the ONS' : '';
    faults.push(missingColumn('ward code', `WD25CD (of any year), ward25_code, ward_code or GSS${lookup}`));
  }
  if (!area) {
    const called =
      'LAD24CD (of any year), Local Authority District code (2024), or by its name LAD24NM or borough';
    faults.push(missingColumn('council', called));
  }
  if (!score) {
    const called = byLsoa ? 'IMD_score or Index of Multiple Deprivation (IMD) Score' : 'imd_average_score';
    faults.push(missingColumn('score', called));
  }
  if (byLsoa && !people) {
    faults.push(
      missingColumn('population', 'Total population: mid 2022 (of any year), census21_pop or population'),
    );
  }
  return ward && area && score && faults.length === 0 ? { ward, name, area, score, people } : faults;
}

interface Sums {
  line: number;
  name: string;
  /** How many people of each area: the boundary of a council may have been drawn anew through a neighbourhood. */
  areas: Map<string, number>;
  /** Of scores, each by the people it is of. */
  weighted: number;
  people: number;
}

async function readScores(
  table: CsvTable,
  columns: Columns,
  areas: AreaNames,
): Promise<ReadPlaces<WardScore>> {
  const wards = new Map<string, Sums>();
  const faults: PlaceFault[] = [];
  let passedOver = 0;
  for await (const batch of table.batches) {
    for (const { line, cells } of batch) {
      const cell = (column: TableColumn) => cells[column.index]?.trim() ?? '';
      const area = areas.codeOf(cell(columns.area));
      if (area === undefined) {
        passedOver += 1;
        continue;
      }
      const fault = (column: TableColumn, what: string) => {
        if (faults.length < MOST_FAULTS) faults.push({ line, column: column.name, what });
      };
      const ward = cell(columns.ward);
      const score = readNumber(cell(columns.score));
      const people = columns.people ? readNumber(cell(columns.people)) : 1;
      if (!isGssCode(ward)) fault(columns.ward, `“${ward}” is no code of the ONS, such as E05014007`);
      if (score === undefined || score < 0) {
        fault(columns.score, `“${cell(columns.score)}” is no score: it must be a number, 0 or more`);
      }
      if (columns.people && (people === undefined || people < 0)) {
        fault(columns.people, `“${cell(columns.people)}” is no number of people: it must be 0 or more`);
      }
      if (!isGssCode(ward) || score === undefined || people === undefined) continue;
      const before = wards.get(ward);
      if (before && !columns.people) {
        fault(columns.ward, `${ward} is on line ${before.line} already: each ward must be one row`);
      }
      const name = columns.name ? cell(columns.name) : '';
      const sums = before ?? {
        line,
        name: name === '' ? ward : name,
        areas: new Map(),
        weighted: 0,
        people: 0,
      };
      sums.areas.set(area, (sums.areas.get(area) ?? 0) + people);
      sums.weighted += score * people;
      sums.people += people;
      wards.set(ward, sums);
    }
  }
  const rows: WardScore[] = [];
  for (const [ward, { line, name, areas: counted, weighted, people }] of wards) {
    const [[area] = ['']] = [...counted].toSorted(([, a], [, b]) => b - a);
    if (people > 0) rows.push({ ward, name, area, score: weighted / people });
    else
      faults.push({
        line,
        column: columns.people?.name ?? '',
        what: `nobody lives in ${ward}: its score cannot be reckoned`,
      });
  }
  if (rows.length === 0 && faults.length === 0 && table.faults.length === 0) {
    const what = 'no row is of a council of this service (set up under “Patches and areas”)';
    faults.push({ line: 1, column: columns.area.name, what });
  }
  return { rows, faults: inOrder([...table.faults, ...faults]), passedOver };
}
