/** Where a young person's progress is read, and where more of it is recorded. */
export function progressAddress(personId: string, task?: 'education/new' | 'onward-referrals/new'): string {
  return `/people/${personId}/${task ?? 'progress'}`;
}

/** Where one row of it is changed. */
export function rowAddress(personId: string, of: 'education' | 'onward-referrals', id: string): string {
  return `/people/${personId}/${of}/${id}/edit`;
}
