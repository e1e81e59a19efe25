import { missingColumn, NOTHING_IN_IT, openTable, type TableColumn, type TableHeader } from './csv-table.ts';
import { inOrder, MOST_FAULTS, type PlaceFault } from './place-fault.ts';
import { readNumber } from './read-number.ts';

/** Where a postcode is, as the ONS places it. */
export interface PlacedPostcode {
  /** From which line of the file it is. */
  line: number;
  postcode: string;
  ward: string | null;
  area: string | null;
  lsoa: string | null;
  /** Code of the police force area. */
  force: string | null;
  latitude: number | null;
  longitude: number | null;
  /** The first day of the month in which it went out of use. */
  terminatedIn: string | null;
}

/** Names of a column in the older directory (to 2024), which never change, and in the newer, which have a year in them. */
const POSTCODE = [/^pcds$/];
const WARD = [/^wd\d\dcd$/, /^osward$/];
const AREA = [/^lad\d\dcd$/, /^oslaua$/];
const LSOA = [/^lsoa\d\d(cd)?$/];
const FORCE = [/^pfa\d\dcd$/, /^pfa$/];
const LATITUDE = [/^lat$/];
const LONGITUDE = [/^long$/];
const TERMINATED = [/^doterm$/];

interface Columns {
  postcode: TableColumn;
  ward: TableColumn;
  area: TableColumn;
  lsoa: TableColumn;
  force: TableColumn;
  latitude: TableColumn;
  longitude: TableColumn;
  terminated: TableColumn;
}

/**
 * Reads the ONS Postcode Directory or the National Statistics Postcode Lookup as it comes, a batch at a time, so that a file of any
 * length takes little memory.
 *
 * @param take is given the sound rows of each batch, as long as nothing is wrong with the file
 * @returns what is wrong with it
 */
export async function readPostcodes(
  pieces: AsyncIterable<Uint8Array>,
  take: (batch: readonly PlacedPostcode[]) => Promise<void>,
): Promise<PlaceFault[]> {
  const table = await openTable(pieces);
  if (table === null) return [NOTHING_IN_IT];
  const columns = columnsOf(table.header);
  if (Array.isArray(columns)) return columns;
  const faults: PlaceFault[] = [];
  for await (const batch of table.batches) {
    const rows: PlacedPostcode[] = [];
    for (const { line, cells } of batch) {
      const read = placeIn(line, cells, columns);
      if (!('what' in read)) rows.push(read);
      else if (faults.length < MOST_FAULTS) faults.push(read);
    }
    if (faults.length === 0 && table.faults.length === 0 && rows.length > 0) await take(rows);
  }
  return inOrder([...table.faults, ...faults]);
}

function columnsOf(header: TableHeader): Columns | PlaceFault[] {
  const faults: PlaceFault[] = [];
  const find = (what: string, called: string, patterns: readonly RegExp[]): TableColumn => {
    const found = header.find(...patterns);
    if (!found) faults.push(missingColumn(what, called));
    return found ?? { index: -1, name: what };
  };
  const columns = {
    postcode: find('postcode', 'pcds', POSTCODE),
    ward: find('ward', 'wd25cd (of any year) or osward', WARD),
    area: find('council', 'lad25cd (of any year) or oslaua', AREA),
    lsoa: find('LSOA', 'lsoa21cd, lsoa21 or lsoa11', LSOA),
    force: find('police force area', 'pfa23cd (of any year) or pfa', FORCE),
    latitude: find('latitude', 'lat', LATITUDE),
    longitude: find('longitude', 'long', LONGITUDE),
    terminated: find('date of termination', 'doterm', TERMINATED),
  };
  return faults.length === 0 ? columns : faults;
}

function placeIn(line: number, cells: readonly string[], columns: Columns): PlacedPostcode | PlaceFault {
  const cell = ({ index }: TableColumn) => cells[index]?.trim() ?? '';
  const fault = (column: TableColumn, what: string) => ({ line, column: column.name, what });
  const postcode = cell(columns.postcode).toUpperCase();
  if (!POSTCODE_EVER.test(postcode))
    return fault(columns.postcode, `“${postcode}” is no postcode, such as SE1 7PB`);
  const codes: Record<'ward' | 'area' | 'lsoa' | 'force', string | null> = {
    ward: null,
    area: null,
    lsoa: null,
    force: null,
  };
  for (const name of ['ward', 'area', 'lsoa', 'force'] as const) {
    const code = cell(columns[name]);
    if (code !== '' && !CODE.test(code)) return fault(columns[name], `“${code}” is no code of the ONS`);
    codes[name] = code === '' || PSEUDO_CODE.test(code) ? null : code;
  }
  const month = /^(\d{4})(0[1-9]|1[0-2])$/.exec(cell(columns.terminated));
  if (cell(columns.terminated) !== '' && !month) {
    return fault(
      columns.terminated,
      `“${cell(columns.terminated)}” is no month: it must be blank or like 201204`,
    );
  }
  const latitude = readNumber(cell(columns.latitude));
  const longitude = readNumber(cell(columns.longitude));
  if (latitude === undefined || Math.abs(latitude) > 100) {
    return fault(columns.latitude, `“${cell(columns.latitude)}” is no latitude in degrees`);
  }
  if (longitude === undefined || Math.abs(longitude) > 180) {
    return fault(columns.longitude, `“${cell(columns.longitude)}” is no longitude in degrees`);
  }
  const isPlaced = latitude < NO_GRID_REFERENCE;
  return {
    line,
    postcode,
    ...codes,
    latitude: isPlaced ? latitude : null,
    longitude: isPlaced ? longitude : null,
    terminatedIn: month ? `${month[1]}-${month[2]}-01` : null,
  };
}

/** Those that were ever given out, with one space; the directory keeps some of shapes that nobody uses any more. */
const POSTCODE_EVER = /^(?:[A-Z]{1,2}[0-9][A-Z0-9]?|GIR|NPT) [0-9][A-Z]{2}$/;
/** Of any country of the islands; those of Northern Ireland have been shorter. */
const CODE = /^[A-Z0-9]{6,9}$/;
/** What stands where there is no such place: E99999999. */
const PSEUDO_CODE = /^[A-Z]99999999$/;
/** The latitude of a postcode without a grid reference is 99.999999. */
const NO_GRID_REFERENCE = 99;
