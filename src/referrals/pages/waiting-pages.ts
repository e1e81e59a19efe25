import type { Page } from '../../platform/http/page.ts';
import { allocationRulesPage } from './allocation-rules-page.tsx';
import { moveUpPage } from './move-up-page.tsx';
import { supportFromFilesPage } from './support-from-files-page.tsx';
import { waitingListPage } from './waiting-list-page.tsx';
import { waitingPage } from './waiting-page.tsx';

/** The pages about those who wait for a provider, and the one that sets how providers are suggested. */
export const waitingPages: readonly Page[] = [
  waitingListPage,
  waitingPage,
  moveUpPage,
  supportFromFilesPage,
  allocationRulesPage,
];
