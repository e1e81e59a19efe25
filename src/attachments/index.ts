import type { Page } from '../platform/http/page.ts';
import { personFilePage, referralFilePage } from './pages/download-pages.tsx';
import { newPersonFilePage, personFilesPage } from './pages/person-files-page.tsx';
import { draftFilesPage, removeDraftFilePage, sentFilesPage } from './pages/referrer-file-pages.tsx';
import { removePersonFilePage } from './pages/remove-person-file-page.tsx';

/** What other floors and capabilities may use of attachments. */

export { ATTACHMENT_BOX } from './attachment-queries.ts';
export { referralFilesSection } from './pages/referral-files-section.tsx';
export { type ScanningGround, scanAttachments } from './scan-attachments.ts';

/** The pages of files: with a referral, and on a young person's record. */
export const attachmentPages: readonly Page[] = [
  draftFilesPage,
  removeDraftFilePage,
  sentFilesPage,
  personFilesPage,
  newPersonFilePage,
  personFilePage,
  removePersonFilePage,
  referralFilePage,
];
