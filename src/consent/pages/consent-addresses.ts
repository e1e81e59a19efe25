/** Where consent and decisions to share are read, and where one is recorded. */
export function consentAddress(personId: string, task?: 'new'): string {
  return `/people/${personId}/consent${task === undefined ? '' : `/${task}`}`;
}

/** Where one of them is changed: consent withdrawn, for instance. */
export function decisionAddress(personId: string, decisionId: string): string {
  return `/people/${personId}/consent/${decisionId}/edit`;
}
