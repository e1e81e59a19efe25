import { flatCsv } from './flat-figures.ts';
import type { ReportFigures } from './report-figures.ts';

/** A form in which a report leaves the service. */
export interface ReportFormat {
  /** As it is asked for, and the ending of its file. */
  readonly code: string;
  readonly mediaType: string;
  write(figures: ReportFigures): Promise<string | Uint8Array>;
}

/** Every form of a report. Another one is a row here. */
export const reportFormats: readonly ReportFormat[] = [
  {
    code: 'json',
    mediaType: 'application/json',
    write: async (figures) => `${JSON.stringify(figures, null, 2)}\n`,
  },
  { code: 'csv', mediaType: 'text/csv; charset=utf-8', write: async (figures) => flatCsv(figures) },
];
