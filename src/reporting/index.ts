import type { Page } from '../platform/http/page.ts';
import { figureSettingsPage } from './pages/figure-settings-page.tsx';
import { measurePage, measuresPage } from './pages/measure-pages.tsx';
import { newReportPage } from './pages/new-report-page.tsx';
import { downloadPublicationPage, publicationPage } from './pages/publication-page.tsx';
import { reportDetailsPage, signOffReportPage } from './pages/report-acts.tsx';
import { reportPage } from './pages/report-page.tsx';
import { reportPreviewPage } from './pages/report-preview-page.tsx';
import { reportTextPage } from './pages/report-text-page.tsx';
import { reportsPage } from './pages/reports-page.tsx';
import { targetPage, targetsPage } from './pages/target-pages.tsx';

/** The pages on which reports are written, signed off and read. */
export const reportingPages: readonly Page[] = [
  reportsPage,
  newReportPage,
  reportPage,
  reportDetailsPage,
  reportTextPage,
  reportPreviewPage,
  signOffReportPage,
  publicationPage,
  downloadPublicationPage,
  measuresPage,
  measurePage,
  targetsPage,
  targetPage,
  figureSettingsPage,
];

export { createReport, signOffReport, submitReport, writeText } from './report-commands.ts';
export { findReport } from './report-queries.ts';
export { workOutReports } from './work-out-report.ts';
