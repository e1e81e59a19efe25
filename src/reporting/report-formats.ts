import { flatCsv } from './flat-figures.ts';
import { contentOf } from './report-content.ts';
import { reportKinds } from './report-document.ts';
import type { ReportFigures } from './report-figures.ts';
import { mediaTypeOf, writeReport } from './report-files.tsx';

/** A form in which a report leaves the service. */
export interface ReportFormat {
  /** As it is asked for, and the ending of its file. */
  readonly code: string;
  readonly mediaType: string;
  write(figures: ReportFigures): Promise<string | Uint8Array>;
}

/** What is written on the command line knows no address of the service and draws no map that was imported. */
const FROM_NOWHERE = { publicUrl: '', shapes: null };

/** Every form of a report. Another one is a row here. */
export const reportFormats: readonly ReportFormat[] = [
  {
    code: 'json',
    mediaType: 'application/json',
    write: async (figures) => `${JSON.stringify(figures, null, 2)}\n`,
  },
  { code: 'csv', mediaType: 'text/csv; charset=utf-8', write: async (figures) => flatCsv(figures) },
  ...(['ods', 'html', 'pdf'] as const).map((code) => ({
    code,
    mediaType: mediaTypeOf(code),
    write: (figures: ReportFigures) => writeReport(figuresAlone(figures), code, FROM_NOWHERE),
  })),
];

/** A report of figures that nobody wrote anything beside. */
function figuresAlone(figures: ReportFigures) {
  const kind = reportKinds.find(({ code }) => code === figures.report) ?? reportKinds[0];
  return contentOf(figures, {
    kind: kind.code,
    title: kind.text,
    marking: figures.disclosure === 'public' ? 'OFFICIAL' : 'OFFICIAL-SENSITIVE',
    serviceName: 'Homeward',
  });
}
