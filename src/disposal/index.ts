/** What other floors may use of disposal. */

import type { Page } from '../platform/http/page.ts';
import { decidePage } from './pages/decide-page.tsx';
import { disposalPage } from './pages/disposal-page.tsx';
import { holdPage } from './pages/hold-page.tsx';
import { liftHoldPage } from './pages/lift-hold-page.tsx';
import { proposePage } from './pages/propose-page.tsx';

export {
  carryOutDisposals,
  disposeAgain,
  filesHoldTraces,
  readDisposed,
  reviewRetention,
} from './carry-out.ts';
export { logFolders } from './disposal-log.ts';
export { openRequests } from './disposal-queries.ts';
export { writeFilesAnew } from './write-files-anew.ts';

export const disposalPages: readonly Page[] = [disposalPage, proposePage, decidePage, holdPage, liftHoldPage];
