import type { Page } from '../platform/http/page.ts';
import { closingPage, editClosingPage, signOffPage } from './pages/closing-page.tsx';
import { closingsPage, followUpPage } from './pages/follow-up-pages.tsx';
import { noConcernPage } from './pages/no-concern-page.tsx';

/** What other floors may use of the end of support. */

export { followUpAnswers } from './closing.ts';
export {
  followUpsDue,
  returnedClosings,
  unsafeFollowUps,
  waitingClosings,
} from './closing-queries.ts';
export { notSafeSection } from './pages/not-safe.tsx';

export const closingPages: readonly Page[] = [
  closingPage,
  editClosingPage,
  signOffPage,
  closingsPage,
  followUpPage,
  noConcernPage,
];
