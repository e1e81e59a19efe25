import type { Page } from '../../platform/http/page.ts';
import { accessLogPage } from './access-log-page.tsx';
import { editPersonPage } from './edit-person-page.tsx';
import { looksPage } from './looks-page.tsx';
import { personHistoryPage } from './person-history-page.tsx';
import { searchPage } from './search-page.tsx';

/** The pages round a young person's record; the record's own is made where its sections are known. */
export const peoplePages: readonly Page[] = [
  editPersonPage,
  personHistoryPage,
  looksPage,
  searchPage,
  accessLogPage,
];
