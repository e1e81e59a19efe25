import type { Page } from '../platform/http/page.ts';
import { breakGlassPage } from './pages/break-glass-page.tsx';
import { openingsPage, reviewOpeningPage } from './pages/openings-page.tsx';
import { liftRestrictionPage, restrictPage } from './pages/restrict-page.tsx';

/** What other floors may use of restricted records and of records opened in an emergency. */

export { restrictionSection } from './pages/restriction-section.tsx';
export { openings } from './restriction-queries.ts';

export const restrictedPages: readonly Page[] = [
  restrictPage,
  liftRestrictionPage,
  breakGlassPage,
  openingsPage,
  reviewOpeningPage,
];
