/** Whoever stands before somebody on the waiting list and could be supported by a team. */
export function passedOverAddress(personId: string, teamId: string): string {
  return `/waiting-list?${new URLSearchParams({ before: personId, team: teamId })}`;
}

/** Where it is read and recorded what is done for somebody who waits, or why they were moved up. */
export function waitingAddress(personId: string, task?: 'move-up'): string {
  return `/people/${personId}/waiting${task === undefined ? '' : `/${task}`}`;
}
