import type { Page } from '../platform/http/page.ts';
import type { FindOverdue } from './overdue.ts';
import { allocationPages } from './pages/allocation-pages.ts';
import { checkInPage } from './pages/check-in-page.tsx';
import { checkInsPage } from './pages/check-ins-page.tsx';
import { contactPage } from './pages/contact-page.tsx';
import { contactsPage } from './pages/contacts-page.tsx';
import { editNotePage } from './pages/edit-note-page.tsx';
import { myDayPage } from './pages/my-day-page.tsx';
import { newCheckInPage } from './pages/new-check-in-page.tsx';
import { newContactPage } from './pages/new-contact-page.tsx';
import { newNotePage } from './pages/new-note-page.tsx';
import { noteForSeveralPage } from './pages/note-for-several-page.tsx';
import { notePage } from './pages/note-page.tsx';
import { personNotesPage } from './pages/person-notes-page.tsx';
import { planContactPage } from './pages/plan-contact-page.tsx';
import { removeNotePage } from './pages/remove-note-page.tsx';
import { stayLongerPage } from './pages/stay-longer-page.tsx';
import { youngPeoplePage } from './pages/young-people-page.tsx';

/** What other floors and capabilities may use of support. */

export { type NoteContent, type NoteKind, noteKinds } from './case-note.ts';
export { writeNote } from './case-note-commands.ts';
export { findNote, lastSignOffOf } from './case-note-queries.ts';
export { countToAnswer, countWithoutWorker, countWorkerGone, workersByPerson } from './caseload-queries.ts';
export { countOverdueCheckIns } from './check-in-queries.ts';
export { contactHows, contactInWords, contactOutcomes, contactPeople } from './contact.ts';
export { standingJoin } from './contact-queries.ts';
export { type Engagement, engagementInWords } from './engagement.ts';
export { type AllocationEngagement, engagementsOf } from './engagement-queries.ts';
export { workOfDay } from './my-day-queries.ts';
export {
  allocationStandings,
  countOpenSupport,
  type OpenSupportCounts,
  supportLengths,
} from './open-support-queries.ts';
export type { FindOverdue, Overdue } from './overdue.ts';
export { allocationsSection } from './pages/allocations-section.tsx';
export { contactsSection } from './pages/contacts-section.tsx';
export { NoteText, SignOffInWords } from './pages/note-text.tsx';
export { notesSection } from './pages/person-notes-page.tsx';
export { referralsSection } from './pages/referrals-section.tsx';
export { noteAddress } from './pages/support-addresses.ts';

/** The pages of casework. @param findOverdue what is overdue of somebody's cases, in every capability */
export const supportPages = (findOverdue: FindOverdue): readonly Page[] => [
  ...allocationPages,
  newNotePage,
  personNotesPage,
  notePage,
  editNotePage,
  removeNotePage,
  noteForSeveralPage,
  contactsPage,
  newContactPage,
  planContactPage,
  contactPage,
  myDayPage(findOverdue),
  checkInsPage,
  newCheckInPage,
  checkInPage,
  stayLongerPage,
  youngPeoplePage,
];
