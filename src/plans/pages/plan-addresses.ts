/** Where a part of a young person's plans is read, written or printed. */
export function plansAddress(
  personId: string,
  part: 'plans' | 'safety-plan' | 'trigger-profile' | 'needs' | 'goals',
  task?: 'edit' | 'new' | 'print',
): string {
  return `/people/${personId}/${part}${task === undefined ? '' : `/${task}`}`;
}

/** Where a goal is changed, or a step added to it. */
export function goalAddress(personId: string, goalId: string, task: 'edit' | 'steps/new'): string {
  return `/people/${personId}/goals/${goalId}/${task}`;
}

/** Where a step towards a goal is changed. */
export function stepAddress(personId: string, goalId: string, stepId: string): string {
  return `/people/${personId}/goals/${goalId}/steps/${stepId}`;
}
