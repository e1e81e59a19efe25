/** Where a young person's record is read, and what stands beside it. */
export function personAddress(personId: string, beside?: 'edit' | 'history' | 'looks' | 'notes'): string {
  return beside === undefined ? `/people/${personId}` : `/people/${personId}/${beside}`;
}
