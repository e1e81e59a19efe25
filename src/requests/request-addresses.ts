import type { RequestKind, Subject } from './request.ts';

/** Where a request is read by whoever asked, and what stands beside it. */
export function requestAddress(requestId: string, beside?: 'withdraw' | 'due-date'): string {
  return beside === undefined ? `/requests/${requestId}` : `/requests/${requestId}/${beside}`;
}

/** Where something is asked about a referral or a young person. */
export function askAddress(about: Subject, kind?: RequestKind): string {
  const page = about.kind === 'referral' ? `/referrals/${about.id}/ask` : `/people/${about.id}/ask`;
  return kind === undefined ? page : `${page}?kind=${kind}`;
}

/** The queue of those who answer each kind, as staff see it. */
export const queueAddress = {
  'intelligence-check': '/checks',
  consultation: '/consultations',
  borough: '/borough/requests',
} as const satisfies Partial<Record<RequestKind, string>>;

/** Where a request is answered. A referrer's question stands under their referral. */
export function answerAddress(request: { id: string; kind: RequestKind; referralId: string | null }): string {
  return request.kind === 'information'
    ? `/refer/sent/${request.referralId}/questions/${request.id}`
    : `${queueAddress[request.kind]}/${request.id}`;
}
