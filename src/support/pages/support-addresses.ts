/** Where a case note is read, or changed. */
export function noteAddress(noteId: string, task?: 'edit'): string {
  return task === undefined ? `/notes/${noteId}` : `/notes/${noteId}/${task}`;
}

/** Where a note is written about a young person. */
export function newNoteAddress(personId: string): string {
  return `/people/${personId}/notes/new`;
}

/** Where it is chosen who works on an allocation. */
export function workerAddress(allocationId: string): string {
  return `/allocations/${allocationId}/worker`;
}
