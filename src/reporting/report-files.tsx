import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatLondon } from '../platform/clock/london-time.ts';
import { loadAssets } from '../platform/http/assets.ts';
import { renderDocument } from '../platform/http/layout.tsx';
import { packageRoot } from '../platform/package-root.ts';
import { kindOfReport } from './compute-report.ts';
import { figureNotes } from './figure-notes.ts';
import { figureTables } from './figure-tables.ts';
import { flatCsv } from './flat-figures.ts';
import type { MapShapes } from './maps/index.ts';
import { odsOf, type TableSheet } from './ods.ts';
import { type PrintedFile, pdfOf } from './pdf.ts';
import { periodInWords } from './period-words.ts';
import { measuresOf, type ReportContent } from './report-document.ts';
import { definitionAddress, editionInWords } from './report-words.ts';
import { StandaloneReport } from './standalone-report.tsx';

export type PublishedFormat = 'html' | 'pdf' | 'ods' | 'csv' | 'json';

/** The forms in which a report leaves the service, as they are offered. */
export const publishedFormats: readonly {
  readonly code: PublishedFormat;
  readonly mediaType: string;
  readonly says: string;
}[] = [
  { code: 'pdf', mediaType: 'application/pdf', says: 'a PDF, to read and print' },
  { code: 'html', mediaType: 'text/html; charset=utf-8', says: 'a web page (HTML)' },
  {
    code: 'ods',
    mediaType: 'application/vnd.oasis.opendocument.spreadsheet',
    says: 'a spreadsheet (ODS)',
  },
  { code: 'csv', mediaType: 'text/csv; charset=utf-8', says: 'comma-separated values (CSV), a number a row' },
  { code: 'json', mediaType: 'application/json', says: 'JSON, as it was hashed' },
];

/** What a file is made with that is not in the report. */
export interface Outside {
  /** Where measures are defined: links of a file that is read elsewhere lead there. */
  readonly publicUrl: string;
  /** What maps are drawn from; null for none. */
  readonly shapes: MapShapes | null;
}

/**
 * A report as a file.
 *
 * @throws Refusal when a PDF is asked for and there is no browser to print it
 */
export async function writeReport(
  content: ReportContent,
  format: PublishedFormat,
  { publicUrl, shapes }: Outside,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(content.figures, null, 2)}\n`;
    case 'csv':
      return flatCsv(content.figures);
    case 'ods':
      return spreadsheetOf(content);
    case 'html':
      return htmlOf(content, { publicUrl, shapes }, false);
    case 'pdf':
      return await pdfOf({
        html: htmlOf(content, { publicUrl, shapes }, true),
        marking: content.marking,
        footer: `${content.title}, ${periodInWords(content.figures.period)}, as at ${formatLondon(new Date(content.figures.asAt))}`,
        fileAt: assetAt,
      });
  }
}

/** `strategic-assessment-2020-05-01-to-2021-04-30-public.pdf`. */
export const fileNameOf = (
  { kind, area, figures: { period, disclosure } }: ReportContent,
  format: string,
): string =>
  [kind, area?.code, period.from, 'to', period.to, `${disclosure}.${format}`].filter(Boolean).join('-');

function htmlOf(content: ReportContent, { publicUrl, shapes }: Outside, unfolded: boolean): string {
  const { chapters, definitionOf } = kindOfReport(content.kind);
  return renderDocument(
    <StandaloneReport
      content={content}
      chapters={chapters}
      definitionOf={definitionOf}
      definitionAddress={(measure) => {
        const address = definitionAddress(measure);
        return address && `${publicUrl}${address}`;
      }}
      shapes={shapes}
      unfolded={unfolded}
      styles={stylesInFile()}
    />,
  );
}

const DIST = join(packageRoot, 'dist');

/** The service's own styles, as they are built: a file has them in itself, and needs no server. */
const stylesInFile = (): string => readFileSync(join(DIST, loadAssets(DIST).url('homeward.css')), 'utf8');

const typeOf: Readonly<Record<string, string>> = {
  css: 'text/css',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};

/** What a report that is printed may ask for: files of the service's own, and nothing else of this machine. */
async function assetAt(path: string): Promise<PrintedFile | undefined> {
  const [, name, ending = ''] = /^\/assets\/([\w.-]+\.(css|woff2|svg))$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  return {
    type: typeOf[ending] ?? 'application/octet-stream',
    content: await readFile(join(DIST, 'assets', name)),
  };
}

/** A sheet for each table, in the order of the report. */
function spreadsheetOf(content: ReportContent): Uint8Array {
  const { figures, title, marking, signOff, sha256 } = content;
  const { chapters, definitionOf } = kindOfReport(content.kind);
  const sheets = measuresOf(chapters).flatMap((id): TableSheet[] => {
    const measure = figures.measures[id];
    const definition = measure && definitionOf(id, measure.version);
    if (!measure || !definition || measure.reason !== undefined) return [];
    const said = figureNotes(measure, definition.shape);
    return figureTables(measure, definition.shape, figures).map((table) => ({
      name: '',
      table,
      notes: [
        `Marking: ${marking}`,
        ...said,
        `${id}, version ${measure.version} of its definition: ${measure.definition}`,
        `Computed from: ${measure.hash}`,
      ],
    }));
  });
  const asAt = new Date(figures.asAt);
  return odsOf({
    title,
    marking,
    cover: [
      marking,
      content.serviceName,
      editionInWords[figures.disclosure],
      `Period: ${periodInWords(figures.period)}`,
      figures.comparison ? `Compared with: ${periodInWords(figures.comparison)}` : 'Compared with nothing',
      `As recorded at ${formatLondon(asAt)}`,
      ...(signOff
        ? [
            `Author: ${signOff.author}. Signed off by ${signOff.signedOffBy}.`,
            `Published ${formatLondon(new Date(signOff.publishedAt))}`,
          ]
        : ['Not published']),
      ...(sha256 === null ? [] : [`Hash of what was published: ${sha256}`]),
    ],
    notes: content.caveats.map(({ words }) => words),
    tables: sheets.map((sheet, n) => ({ ...sheet, name: `Table ${n + 1}` })),
    created: signOff ? new Date(signOff.publishedAt) : asAt,
  });
}
