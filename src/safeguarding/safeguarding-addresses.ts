import { personAddress } from '../people/index.ts';

/** Where the concerns about a young person are, one of them, or what is done with it. */
export function concernsAddress(personId: string, concernId?: string, act?: string): string {
  return [`${personAddress(personId)}/concerns`, concernId, act]
    .filter((part) => part !== undefined)
    .join('/');
}

/** Where a concern is raised. */
export const newConcernAddress = (personId: string): string => concernsAddress(personId, 'new');

/** Where the risk to a young person is read, or assessed. */
export function riskAddress(personId: string, assessmentId?: string, act?: string): string {
  return [`${personAddress(personId)}/risk`, assessmentId, act]
    .filter((part) => part !== undefined)
    .join('/');
}

/** Where allegations against staff are, or one of them. */
export function allegationsAddress(allegationId?: string): string {
  return allegationId === undefined ? '/allegations' : `/allegations/${allegationId}`;
}
