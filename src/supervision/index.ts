import type { Page } from '../platform/http/page.ts';
import { decideCasePage, signOffNotePage } from './pages/decide-case-page.tsx';
import { supervisionPage, workersCasesPage } from './pages/supervision-page.tsx';

/** What other floors may use of supervision. */

export { notesToSignOff, silentCases } from './supervision-queries.ts';

export const supervisionPages: readonly Page[] = [
  supervisionPage,
  workersCasesPage,
  decideCasePage,
  signOffNotePage,
];
