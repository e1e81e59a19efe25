/** Where the pages of a referrer are, for pages that lead to each other. */

export const REFER_START = '/refer/start';
export const REFER_HOME = '/refer';

/** @param part the name of a page of the referral. */
export const partAddress = (draftId: string, part: string): string => `/refer/${draftId}/${part}`;
export const checkAddress = (draftId: string): string => `/refer/${draftId}/check`;
export const sentAddress = (referralId: string): string => `/refer/sent/${referralId}`;
export const addAddress = (referralId: string): string => `/refer/sent/${referralId}/add`;
export const addFileAddress = (referralId: string): string => `/refer/sent/${referralId}/files`;
export const withdrawAddress = (referralId: string): string => `/refer/sent/${referralId}/withdraw`;
/** The files of a draft. */
export const draftFilesAddress = (draftId: string): string => `/refer/${draftId}/files`;
