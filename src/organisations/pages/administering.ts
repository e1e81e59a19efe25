/** Minutes since they signed in, or signed in again, in which an administrator or approver may change who sees what. */
export const PROVED_WITHIN = 30;
