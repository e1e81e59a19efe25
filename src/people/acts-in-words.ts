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
  'remove-note': 'removed a case note',
  'view-contacts': 'read the contact log',
  'plan-contact': 'planned a contact',
  'record-contact': 'recorded a contact',
  'view-my-day': 'looked at their day',
  'view-check-ins': 'looked at who is out alone',
  'go-out': 'said that they went out alone',
  'stay-longer': 'said that they will be back later',
  'check-in': 'said that somebody who was out alone is back',
  'view-plans': 'looked at the plans',
  'view-safety-plan': 'read the safety plan',
  'write-safety-plan': 'made a safety plan',
  'amend-safety-plan': 'reviewed or changed the safety plan',
  'print-safety-plan': 'opened the safety plan to print it',
  'view-trigger-profile': 'read the trigger profile',
  'write-trigger-profile': 'wrote a trigger profile',
  'amend-trigger-profile': 'checked or changed the trigger profile',
  'view-needs': 'looked at what they need',
  'record-needs': 'recorded what they need',
  'view-goals': 'looked at the goals',
  'print-goals': 'opened the goals to print them',
  'write-goal': 'added a goal',
  'amend-goal': 'changed a goal',
  'write-goal-step': 'added a step to a goal',
  'amend-goal-step': 'changed a step of a goal',
  'view-progress': 'looked at education, work and onward referrals',
  'write-onward-referral': 'recorded a referral on to another service',
  'amend-onward-referral': 'changed a referral on to another service',
  'write-ete-period': 'recorded education, training or work',
  'amend-ete-period': 'changed what is recorded of education, training or work',
  'view-sharing-decisions': 'looked at consent and decisions to share',
  'write-sharing-decision': 'recorded consent, or a decision to share',
  'amend-sharing-decision': 'changed what is recorded of consent, or of a decision to share',
  'assign-worker': 'chose who works with the young person',
  'weigh-case': 'said how much work it is to support the young person',
  'move-case': 'moved the young person to another worker',
  'take-up-allocation': 'took the young person up for a provider',
  'hand-back-allocation': 'handed the young person back to the coordinators',
  'view-waiting-list': 'looked at the waiting list',
  'view-waiting': 'looked at what is done while the young person waits',
  'record-waiting': 'recorded what is done while the young person waits',
  'move-up': 'moved the young person up in the waiting list',
  'move-back': 'put the young person back in the order of the waiting list',
  'set-capacity': 'said how much a worker carries',
  'arrange-cover': 'arranged who stands in for a worker',
  'end-cover': 'ended that somebody stands in for a worker',
  'team-profile-written': 'changed what a team offers',
  'allocation-rules-set': 'changed how teams are suggested',
  'view-concern': 'read a safeguarding concern',
  'view-concerns': 'looked at safeguarding concerns',
  'raise-concern': 'raised a safeguarding concern',
  'tell-of-concern': 'recorded who was told of a concern',
  'answer-concern': 'recorded an answer to a concern',
  'add-to-concern': 'added to a concern',
  'close-concern': 'closed a concern',
  'view-risk': 'read how great the risk is',
  'write-risk-assessment': 'assessed the risk',
  'amend-risk-assessment': 'corrected an assessment of the risk',
  'confidential-read': 'read something confidential',
  'confidential-written': 'wrote something confidential',
  'confidential-changed': 'changed something confidential',
  'recipient-named': 'named who receives allegations',
  'recipient-ended': 'ended that somebody receives allegations',
  'view-referral-draft': 'opened a referral that was not sent yet',
  'view-sent-referral': 'looked at where a referral stands',
  'restrict-record': 'restricted the record to named people',
  'name-readers': 'changed who may open the restricted record',
  'lift-restriction': 'lifted the restriction of the record',
  'break-glass': 'opened the record in an emergency',
  'review-opening': 'reviewed an opening of a record in an emergency',
  'view-record-openings': 'looked at the records opened in an emergency',
  'view-disposal': 'looked at what is to be disposed of',
  'send-referral': 'sent a referral',
  'triage-referral': 'took a first look at a referral',
  'verify-referrer': 'verified a referrer',
  'link-person': 'linked a referral to the record',
  'set-person-apart': 'decided that a referral is about somebody else',
  'accept-referral': 'accepted a referral',
  'decline-referral': 'declined a referral',
  'signpost-referral': 'pointed a referral to other support',
  'keep-referral-as-intelligence': 'kept a referral as intelligence',
  'amend-decision': 'amended the decision on a referral',
  'reverse-decision': 'took the decision on a referral back',
  'promote-referral': 'made a referral for support of intelligence',
  'allocate-referral': 'allocated the young person to a provider',
  'referral-acknowledged': 'answered a referral for the borough',
  'borough-note-changed': 'changed what the borough says about a referral',
  'referral-draft-started': 'began a referral',
  'referral-draft-saved': 'saved a page of a referral',
  'referral-draft-thrown-away': 'threw a referral away before sending it',
  'view-request': 'read what was asked',
  'view-requests': 'read everything that was asked',
  'view-referrer-question': 'read a question about a referral',
  'view-checks': 'looked at the queue of checks',
  'view-consultations': 'looked at the queue of consultations',
  'view-borough-requests': 'looked at what a borough is asked',
  'ask-referrer': 'asked the referrer something',
  'ask-for-check': 'asked for an intelligence check',
  'ask-for-consultation': 'asked for a case consultation',
  'ask-borough': 'asked the borough something',
  'take-request': 'took on what was asked',
  'answer-request': 'answered what was asked',
  'correct-answer': 'corrected an answer',
  'withdraw-request': 'withdrew what was asked',
  'change-due-date': 'changed when an answer is due',
  'write-finding': 'wrote down a finding of a check',
  'write-consultation-note': 'wrote a note of a consultation',
  'disposal-proposed': 'proposed to dispose of the record',
  'disposal-approved': 'approved disposing of the record',
  'disposal-refused': 'refused to dispose of the record',
  'legal-hold-placed': 'placed a legal hold on the record',
  'legal-hold-lifted': 'lifted the legal hold from the record',
  disposed: 'disposed of the record',
  'disposed-again': 'disposed of the record again, after a backup had brought it back',
  'backup-made': 'made a backup',
  housekeeping: 'cleared away what is kept no longer',
  search: 'searched',
  'message-tried-again': 'had a message sent again',
  'partner-added': 'added a partner',
  'team-added': 'added a team',
  'account-added': 'added an account',
  'account-invited': 'invited somebody to set up an account',
  'account-reset': 'sent a link to set up an account again',
  'account-set-up': 'set up their account',
  'account-disabled': 'closed an account',
  'account-enabled': 'opened an account again',
  'account-unlocked': 'unlocked an account',
  'sessions-ended': 'signed somebody out everywhere',
  'session-ended': 'signed themselves out of another browser',
  'other-sessions-ended': 'signed themselves out everywhere else',
  'password-changed': 'changed their password',
  'recovery-codes-replaced': 'made new recovery codes',
  'recovery-code-used': 'used a recovery code',
  'role-requested': 'asked for a role for somebody',
  'role-given-by-operator': 'gave a role on the server',
  'grant-approved': 'approved a role',
  'grant-refused': 'refused a role',
  'grant-reviewed': 'confirmed a role',
  'grant-ended': 'ended a role',
  'role-chosen': 'changed the role they work in',
  'approver-named': 'named who speaks for an organisation',
  'approver-ended': 'ended that somebody speaks for an organisation',
  'referrer-link-made': 'asked for a link to refer',
  'too-many-tries': 'tried too often',
  'sign-in': 'signed in',
  'sign-in-again': 'signed in again',
  'sign-out': 'signed out',
  'account-locked': 'was locked out after too many tries',
  'no-such-page-for-them': 'asked for a page that is not there, or is not theirs to see',
  'form-not-ours': 'sent a form that this service had not given them',
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

/** What nobody can do but whoever has the account's secrets. Anybody can try to sign in, or ask for a link. */
const provesWhoTheyAre: readonly string[] = ['sign-in', 'sign-out', 'recovery-code-used', 'account-set-up'];

/** What anybody can do in the name of an account before they have signed in. */
const needsNoProof: readonly string[] = ['account-locked', 'referrer-link-made'];

interface LoggedAct {
  name: string | null;
  role: Role | null;
  accountName: string | null;
  isTask: boolean;
  action: string;
  isRefused: boolean;
}

/** Who did something that may have been done by nobody who was signed in. */
export function doerInWords({ name, role, accountName, isTask, action, isRefused }: LoggedAct): string {
  if (name !== null || isTask) return actorInWords(name, role);
  if (accountName !== null && provesWhoTheyAre.includes(action) && !isRefused) return accountName;
  if (accountName !== null && [...provesWhoTheyAre, ...needsNoProof].includes(action))
    return `Somebody with the email address of ${accountName}`;
  return isRefused ? 'Somebody who had not signed in' : 'The service';
}
