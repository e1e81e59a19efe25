/** Where it is read and recorded what is done for somebody who waits, or why they were moved up. */
export function waitingAddress(personId: string, task?: 'move-up'): string {
  return `/people/${personId}/waiting${task === undefined ? '' : `/${task}`}`;
}
