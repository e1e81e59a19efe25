import type { Page } from '../platform/http/page.ts';
import { editMemberPage } from './pages/edit-member-page.tsx';
import { editSafeContactPage } from './pages/edit-safe-contact-page.tsx';
import { networkPage } from './pages/network-page.tsx';
import { newMemberPage } from './pages/new-member-page.tsx';

/** What other floors and capabilities may use of the network of a young person and of safe contact. */

export { safeContactsOf } from './network-queries.ts';
export { SafeContact, safeContactKnown, safeContactSection } from './pages/safe-contact.tsx';
export { mayWriteTo, type PostalAnswer } from './safe-contact.ts';

/** The pages of who is round a young person, and of how they are reached safely. */
export const networkPages: readonly Page[] = [
  networkPage,
  newMemberPage,
  editMemberPage,
  editSafeContactPage,
];
