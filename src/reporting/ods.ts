import { strToU8, type Zippable, zipSync } from 'fflate';
import { type Column, type DataTable, decimalsOf, rowCount } from './data-table.ts';
import { type MissingFigure, shorthand, shorthandOf } from './figure.ts';

/** A sheet of one table. */
export interface TableSheet {
  /** On its tab, and what the contents link to: short, unlike any other. */
  readonly name: string;
  readonly table: DataTable;
  /** Sentences between the title and the table: period, source, what a reader must know. */
  readonly notes?: readonly string[];
}

/** What a publication as a spreadsheet holds. */
export interface Spreadsheet {
  readonly title: string;
  /** Protective marking, at the head of every printed page; none unless told. */
  readonly marking?: string;
  /** Sentences of the cover: who publishes, the marking, period, date, contact. */
  readonly cover: readonly string[];
  /** Sentences that hold for every table. What shorthand means is added where it is used. */
  readonly notes: readonly string[];
  readonly tables: readonly TableSheet[];
  readonly created: Date;
}

/** LibreOffice and Excel take no longer name for a sheet, and none of these characters. */
const LONGEST_NAME = 31;
const NOT_IN_NAMES = /[[\]*?:/\\']/;

/** The first day that a ZIP can tell, the same on every machine: when it was made is told inside. */
const EARLIEST = new Date(1980, 0, 1);

const MEDIA_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const NAMESPACES = [
  ['office', 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'],
  ['table', 'urn:oasis:names:tc:opendocument:xmlns:table:1.0'],
  ['text', 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'],
  ['style', 'urn:oasis:names:tc:opendocument:xmlns:style:1.0'],
  ['number', 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'],
  ['fo', 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'],
  ['config', 'urn:oasis:names:tc:opendocument:xmlns:config:1.0'],
  ['meta', 'urn:oasis:names:tc:opendocument:xmlns:meta:1.0'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['xlink', 'http://www.w3.org/1999/xlink'],
]
  .map(([prefix, name]) => `xmlns:${prefix}="${name}"`)
  .join(' ');
const VERSION = 'office:version="1.3"';

/** A sheet as it is written: rows of cells, of which the widths and the heading row are known. */
interface Sheet {
  readonly name: string;
  readonly widths: readonly number[];
  readonly rows: readonly string[];
  /** Which row, from 1, has the headings; it and those above stay in sight. 0 on a sheet of sentences. */
  readonly headingRow: number;
}

/**
 * A publication as an OpenDocument spreadsheet (ODF 1.3), by the Analysis Function's guidance on releasing statistics in
 * spreadsheets: a cover, contents that link to each table, notes; the title in A1 of every sheet, one table a sheet that
 * begins in column A and is marked as one, headings in one row that stays in sight, no merged cells, numbers and dates as
 * such, shorthand in the place of what is hidden or not available.
 *
 * @returns the file's bytes; the same for the same publication
 * @throws RangeError for sheets whose names are too long, alike or not allowed, or a table whose columns do not fit together
 */
export function odsOf(spreadsheet: Spreadsheet): Uint8Array {
  const sheets = sheetsOf(spreadsheet);
  for (const [at, { name }] of sheets.entries()) {
    const twin = sheets.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) !== at;
    if (name === '' || name.length > LONGEST_NAME || NOT_IN_NAMES.test(name) || twin) {
      throw new RangeError(`“${name}” cannot be the name of a sheet, or names two`);
    }
  }
  const files: Zippable = {
    // Readers tell the kind of file by these bytes: first, and as they are (ODF 1.3 part 2, 3.3).
    mimetype: [strToU8(MEDIA_TYPE), { level: 0 }],
    'META-INF/manifest.xml': strToU8(manifest),
    'content.xml': strToU8(contentOf(sheets)),
    'styles.xml': strToU8(stylesOf(spreadsheet)),
    'meta.xml': strToU8(metaOf(spreadsheet)),
    'settings.xml': strToU8(settingsOf(sheets)),
  };
  return zipSync(files, { mtime: EARLIEST });
}

function sheetsOf({ title, cover, notes, tables }: Spreadsheet): Sheet[] {
  const tableSheets = tables.map((sheet) => tableSheet(sheet));
  const contents: DataTable = {
    title: 'Contents',
    columns: [
      { kind: 'text', heading: 'Sheet', cells: tables.map(({ name }) => name) },
      { kind: 'text', heading: 'Table', cells: tables.map(({ table }) => table.title) },
    ],
  };
  const marks = usedShorthand(tables.map(({ table }) => table)).map((missing) => {
    const { mark, says } = shorthand[missing];
    return `In place of a number, ${mark} means: ${says}.`;
  });
  return [
    sentences('Cover', title, cover),
    tableSheet({ name: 'Contents', table: contents }, true),
    sentences('Notes', 'Notes', [...marks, ...notes]),
    ...tableSheets,
  ];
}

function usedShorthand(tables: readonly DataTable[]): MissingFigure[] {
  const cells = new Set(
    tables.flatMap(({ columns }) => columns.flatMap((column): unknown[] => [...column.cells])),
  );
  return (['hidden', 'not-available', 'not-applicable'] as const).filter(
    (missing) => cells.has(missing) || cells.has(shorthand[missing].mark),
  );
}

function sentences(name: string, title: string, lines: readonly string[]): Sheet {
  return {
    name,
    widths: [SENTENCE_WIDTH],
    rows: [rowOf([textCell(title, 'title')]), ...lines.map((line) => rowOf([textCell(line)]))],
    headingRow: 0,
  };
}

/** @param links the first cell of each row is the name of a sheet, and links to it */
function tableSheet({ name, table, notes = [] }: TableSheet, links = false): Sheet {
  const said = ['This sheet contains one table.', ...notes];
  const marks = usedShorthand([table]).map((missing) => shorthand[missing].mark);
  if (marks.length > 0)
    said.push(`What ${marks.join(' and ')} mean${marks.length > 1 ? '' : 's'} is in the notes.`);
  const above = [textCell(table.title, 'title'), ...said.map((line) => textCell(line, 'line'))];
  const headings = table.columns.map(({ kind, heading }) =>
    textCell(heading, kind === 'text' ? 'heading' : 'figure-heading'),
  );
  const body = Array.from({ length: rowCount(table) }, (_, row) =>
    rowOf(
      table.columns.map((column, at) => {
        const cell = column.cells[row];
        return links && at === 0 && typeof cell === 'string' ? linkCell(cell) : cellOf(column, row);
      }),
    ),
  );
  return {
    name,
    widths: table.columns.map(widthOf),
    rows: [...above.map((cell) => rowOf([cell])), rowOf(headings), ...body],
    headingRow: above.length + 1,
  };
}

/** Millimetres: what a letter takes, what a column has at least and at most, and a sheet of sentences. */
const LETTER_WIDTH = 2.5;
const LEAST_WIDTH = 26;
const MOST_WIDTH = 90;
const SENTENCE_WIDTH = 170;
const LONGEST_DATE = '30 September 2020';
const LONGEST_FIGURE = '1,000,000.00';

function widthOf(column: Column): number {
  const cells = {
    text: column.kind === 'text' ? column.cells : [],
    figure: [LONGEST_FIGURE],
    date: [LONGEST_DATE],
  }[column.kind];
  // A heading breaks between its words, and is bold.
  const words = column.heading.split(' ').map((word) => `${word}..`);
  const longest = [...cells, ...words].reduce((most, { length }) => Math.max(most, length), 0);
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, longest * LETTER_WIDTH)));
}

function rowOf(cells: readonly string[]): string {
  return `<table:table-row>${cells.join('')}</table:table-row>`;
}

function cellOf(column: Column, row: number): string {
  if (column.kind === 'text') return textCell(column.cells[row] ?? '');
  const cell = column.cells[row];
  if (cell === undefined) return textCell('');
  const missing = shorthandOf(cell);
  if (missing) return textCell(missing, 'missing');
  if (column.kind === 'date') {
    return `<table:table-cell table:style-name="date" office:value-type="date" office:date-value="${cell}"><text:p>${cell}</text:p></table:table-cell>`;
  }
  const decimals = decimalsOf(column, Number(cell));
  const shown = Number(cell).toFixed(decimals);
  return `<table:table-cell table:style-name="${figureStyle(decimals)}" office:value-type="float" office:value="${cell}"><text:p>${shown}</text:p></table:table-cell>`;
}

function textCell(words: string, style = 'text'): string {
  return `<table:table-cell table:style-name="${style}" office:value-type="string"><text:p>${escaped(words)}</text:p></table:table-cell>`;
}

function linkCell(sheet: string): string {
  const link = `<text:a xlink:type="simple" xlink:href="#${escaped(`'${sheet}'`)}.A1">${escaped(sheet)}</text:a>`;
  return `<table:table-cell table:style-name="text" office:value-type="string"><text:p>${link}</text:p></table:table-cell>`;
}

/** Text as XML 1.0 takes it: characters that it has no way to write are left out, runs of spaces kept by being said. */
function escaped(words: string): string {
  return (
    words
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 cannot hold
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replace(/\s+/g, ' ')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

const MOST_DECIMALS = 4;
const figureStyle = (decimals: number) => `figure-${Math.min(MOST_DECIMALS, decimals)}`;

const cellStyle = (name: string, paragraph: string, text = '', data = '') =>
  `<style:style style:name="${name}" style:family="table-cell" style:parent-style-name="Default"${data && ` style:data-style-name="${data}"`}><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/><style:paragraph-properties ${paragraph}/>${text && `<style:text-properties ${text}/>`}</style:style>`;

const START = 'fo:text-align="start"';
const END = 'fo:text-align="end"';
const BOLD = 'fo:font-weight="bold"';

const cellStyles = [
  ...Array.from(
    { length: MOST_DECIMALS + 1 },
    (_, decimals) =>
      `<number:number-style style:name="number-${decimals}"><number:number number:decimal-places="${decimals}" number:min-decimal-places="${decimals}" number:min-integer-digits="1" number:grouping="true"/></number:number-style>`,
  ),
  '<number:date-style style:name="day-month-year"><number:day/><number:text> </number:text><number:month number:style="long" number:textual="true"/><number:text> </number:text><number:year number:style="long"/></number:date-style>',
  cellStyle('text', START),
  cellStyle('heading', START, BOLD),
  cellStyle('figure-heading', END, BOLD),
  cellStyle('missing', END),
  cellStyle('date', END, '', 'day-month-year'),
  ...Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) =>
    cellStyle(figureStyle(decimals), END, '', `number-${decimals}`),
  ),
  // What stands above a table has its row to itself, and runs on over the columns instead of breaking in the first.
  `<style:style style:name="line" style:family="table-cell" style:parent-style-name="Default"><style:paragraph-properties ${START}/></style:style>`,
  `<style:style style:name="title" style:family="table-cell" style:parent-style-name="line"><style:text-properties ${BOLD} fo:font-size="15pt"/></style:style>`,
].join('');

function contentOf(sheets: readonly Sheet[]): string {
  const widths = new Set(sheets.flatMap((sheet) => sheet.widths));
  const columnStyles = [...widths].map(
    (width) =>
      `<style:style style:name="width-${width}" style:family="table-column"><style:table-column-properties style:column-width="${width}mm"/></style:style>`,
  );
  const tables = sheets.map(({ name, widths: columns, rows, headingRow }) => {
    const columnParts = columns.map((width) => `<table:table-column table:style-name="width-${width}"/>`);
    const heading = rows[headingRow - 1];
    const body =
      heading === undefined
        ? rows.join('')
        : `${rows.slice(0, headingRow - 1).join('')}<table:table-header-rows>${heading}</table:table-header-rows>${rows.slice(headingRow).join('')}`;
    return `<table:table table:name="${escaped(name)}" table:style-name="sheet">${columnParts.join('')}${body}</table:table>`;
  });
  const ranges = sheets
    .filter(({ headingRow }) => headingRow > 0)
    .map(({ name, widths: columns, rows, headingRow }, at) => {
      const cells = `'${name}'.A${headingRow}:'${name}'.${letters(columns.length)}${rows.length}`;
      return `<table:database-range table:name="table_${at + 1}" table:target-range-address="${escaped(cells)}"/>`;
    });
  return document(
    'document-content',
    `<office:automatic-styles><style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>${columnStyles.join('')}${cellStyles}</office:automatic-styles><office:body><office:spreadsheet>${tables.join('')}<table:database-ranges>${ranges.join('')}</table:database-ranges></office:spreadsheet></office:body>`,
  );
}

/** A column's letters by its number from 1: A, …, Z, AA, … */
function letters(column: number): string {
  const before = Math.floor((column - 1) / 26);
  return `${before > 0 ? letters(before) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

const stylesOf = ({ marking = '' }: Spreadsheet): string =>
  document(
    'document-styles',
    `<office:styles><style:default-style style:family="table-cell"><style:text-properties fo:font-family="Arial" fo:font-size="12pt" fo:language="en" fo:country="GB"/></style:default-style><style:style style:name="Default" style:family="table-cell"/></office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:margin="15mm"/><style:header-style><style:header-footer-properties fo:min-height="8mm"/></style:header-style></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"><style:header><text:p>${escaped(marking)}</text:p></style:header></style:master-page></office:master-styles>`,
  );

function metaOf({ title, created }: Spreadsheet): string {
  return document(
    'document-meta',
    `<office:meta><meta:generator>Homeward</meta:generator><dc:title>${escaped(title)}</dc:title><dc:language>en-GB</dc:language><meta:creation-date>${created.toISOString()}</meta:creation-date></office:meta>`,
  );
}

/** Which rows stay in sight is no part of a table: it is a setting of the window that shows it. */
function settingsOf(sheets: readonly Sheet[]): string {
  const item = (name: string, type: string, value: string | number) =>
    `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
  const entries = sheets
    .filter(({ headingRow }) => headingRow > 0)
    .map(
      ({ name, headingRow }) =>
        `<config:config-item-map-entry config:name="${escaped(name)}">${[
          item('VerticalSplitMode', 'short', 2),
          item('VerticalSplitPosition', 'int', headingRow),
          item('ActiveSplitRange', 'short', 2),
          item('PositionTop', 'int', 0),
          item('PositionBottom', 'int', headingRow),
        ].join('')}</config:config-item-map-entry>`,
    );
  return document(
    'document-settings',
    `<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${entries.join('')}</config:config-item-map-named>${item('ActiveTable', 'string', 'Cover')}</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>`,
  );
}

const PARTS = ['content.xml', 'styles.xml', 'meta.xml', 'settings.xml'];
const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MEDIA_TYPE}"/>${PARTS.map((part) => `<manifest:file-entry manifest:full-path="${part}" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>`;

function document(kind: string, inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<office:${kind} ${NAMESPACES} xmlns:ooo="http://openoffice.org/2004/office" ${VERSION}>${inside}</office:${kind}>`;
}
