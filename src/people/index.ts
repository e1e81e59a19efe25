/** What other floors and capabilities may use of people. */

export { AboutPerson } from './about-person.tsx';
export { DeathNotice, DiedTag } from './death-notice.tsx';
export { type Asking, type DocumentForm, DocumentFormView } from './document-form.tsx';
export { openEpisode } from './episodes.ts';
export { isLiving } from './living.ts';
export { type Comparable, type Likeness, likenessOf } from './matching.ts';
export { findPersonToWriteAbout, mayWriteAbout } from './may-write-about.ts';
export { editDocumentPage } from './pages/edit-document-page.tsx';
export { newDocumentPage } from './pages/new-document-page.tsx';
export { peoplePages } from './pages/people-pages.ts';
export { personPage, readersOfRecords } from './pages/person-page.tsx';
export type { Birth, Names, Person } from './person.ts';
export { ageInWords, birthFrom, bornInWords, fullName, keyOfNames, namesFrom } from './person.ts';
export { personAddress } from './person-address.ts';
export { beTheOneWhoMakesPeople, makePerson, type NewPerson } from './person-commands.ts';
export { findPerson, namesOfPeople } from './person-queries.ts';
export type { PersonSection, PersonVisit } from './person-section.tsx';
export { parseReference } from './reference.ts';
