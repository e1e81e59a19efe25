/** Where a case note is read, changed or removed. */
export function noteAddress(noteId: string, task?: 'edit' | 'remove'): string {
  return task === undefined ? `/notes/${noteId}` : `/notes/${noteId}/${task}`;
}

/** Where a note is written about a young person; about a contact of theirs, where one is named. */
export function newNoteAddress(personId: string, contactId?: string): string {
  const address = `/people/${personId}/notes/new`;
  return contactId === undefined ? address : `${address}?contact=${contactId}`;
}

/** Where one note is written about several young people, of whom this is one. */
export function noteForSeveralAddress(personId: string): string {
  return `/people/${personId}/notes/new/several`;
}

/** Where contact with a young person is read, recorded or planned. */
export function contactsAddress(personId: string, task?: 'new' | 'plan'): string {
  return task === undefined ? `/people/${personId}/contacts` : `/people/${personId}/contacts/${task}`;
}

/** Where it is recorded what came of a contact. */
export function contactAddress(contactId: string): string {
  return `/contacts/${contactId}`;
}

/** Where a worker says that they are back, or will be longer. */
export function checkInAddress(checkInId: string, task?: 'longer'): string {
  return task === undefined ? `/check-ins/${checkInId}` : `/check-ins/${checkInId}/${task}`;
}

/** Where it is chosen who works on an allocation. */
export function workerAddress(allocationId: string): string {
  return `/allocations/${allocationId}/worker`;
}
