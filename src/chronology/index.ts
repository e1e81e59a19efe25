import type { Page } from '../platform/http/page.ts';
import { caseSummaryPage } from './pages/case-summary-page.tsx';
import { chronologyPage } from './pages/chronology-page.tsx';
import { newEventPage } from './pages/new-event-page.tsx';

/** What other floors may use of the chronology and the case summary. */

export { overdueSummaries } from './case-summary-queries.ts';
export { caseSummarySection } from './pages/case-summary-page.tsx';

export const chronologyPages: readonly Page[] = [chronologyPage, newEventPage, caseSummaryPage];
