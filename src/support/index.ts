import type { Page } from '../platform/http/page.ts';
import { caseloadPage } from './pages/caseload-page.tsx';
import { editNotePage } from './pages/edit-note-page.tsx';
import { newNotePage } from './pages/new-note-page.tsx';
import { notePage } from './pages/note-page.tsx';
import { personNotesPage } from './pages/person-notes-page.tsx';
import { workerPage } from './pages/worker-page.tsx';

/** What other floors and capabilities may use of support. */

export { type NoteContent, type NoteKind, noteKinds } from './case-note.ts';
export { writeNote } from './case-note-commands.ts';
export { allocationsSection } from './pages/allocations-section.tsx';
export { notesSection } from './pages/person-notes-page.tsx';
export { referralsSection } from './pages/referrals-section.tsx';

/** The pages of casework. */
export const supportPages: readonly Page[] = [
  caseloadPage,
  workerPage,
  newNotePage,
  personNotesPage,
  notePage,
  editNotePage,
];
