import type { Role } from '../platform/database/transaction.ts';
import { roleInWords } from '../platform/identity/role-words.ts';

/** What the audit calls an act, as the end of a sentence that begins with who did it. */
const actsInWords: Readonly<Record<string, string>> = {
  'view-person': 'looked at the record',
  'view-person-and-notes': 'read the record and the case notes',
  'view-notes': 'read the case notes',
  'view-note': 'read a case note',
  'view-history': 'looked at what was changed in the record',
  'view-looks': 'looked at who has looked',
  'view-allocation': 'looked at who works with the young person',
  'view-referral': 'read a referral',
  'view-likely-match': 'was shown the record as a likely match for a referral',
  'view-caseload': 'looked at a caseload',
  'view-queue': 'looked at the queue of referrals',
  'view-borough-list': 'looked at the referrals of a borough',
  'view-access-log': 'looked at the access log',
  'make-person': 'made the record',
  'correct-person': 'corrected the record',
  'write-note': 'wrote a case note',
  'amend-note': 'changed a case note',
  'assign-worker': 'chose who works with the young person',
  'send-referral': 'sent a referral',
  search: 'searched',
  'sign-in': 'signed in',
  'sign-in-again': 'signed in again',
  'sign-out': 'signed out',
  'account-locked': 'was locked out after too many tries',
  'no-such-page-for-them': 'asked for a page that is not there, or is not theirs to see',
  'not-for-your-role': 'asked for a page that is not for their role',
};

/** An act in words; a code that has none yet is read out, so that nothing is left out. */
export function actInWords(action: string): string {
  return actsInWords[action] ?? `did this: ${action.replaceAll('-', ' ')}`;
}

/** Who did something: "Amira Khan, caseworker". What no account did, the service did. */
export function actorInWords(name: string | null, role: Role | null): string {
  if (name === null) return 'The service';
  return role === null ? name : `${name}, ${roleInWords[role].toLowerCase()}`;
}
