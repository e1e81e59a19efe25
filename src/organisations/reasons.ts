import type { CodedWord } from '../reference/code-lists.ts';

/** Why an account or a role was changed, as codes: the audit keeps no text. */
const left = { code: 'left', text: 'They have left' };
const changedJob = { code: 'changed-job', text: 'They do other work now' };
const noLongerNeeded = { code: 'no-longer-needed', text: 'It is not needed any more' };
const longAbsence = { code: 'long-absence', text: 'They are away for a long time' };
const lostDevice = { code: 'lost-device', text: 'A telephone or computer of theirs was lost or stolen' };
const misuse = { code: 'suspected-misuse', text: 'The account may have been misused' };
const byRequest = { code: 'by-request', text: 'They asked for it' };
const mistake = { code: 'by-mistake', text: 'It was done by mistake' };

export const reasons = {
  disable: [left, longAbsence, misuse, lostDevice, mistake],
  enable: [{ code: 'returned', text: 'They are back' }, mistake],
  unlock: [
    { code: 'confirmed-in-person', text: 'I have seen them, and it was them who tried' },
    { code: 'confirmed-by-telephone', text: 'I have called them back, and it was them who tried' },
  ],
  reset: [
    { code: 'lost-app', text: 'They have lost their authenticator app' },
    { code: 'forgotten-password', text: 'They have forgotten their password' },
    lostDevice,
    misuse,
    { code: 'never-set-up', text: 'Their invitation ran out' },
  ],
  endSessions: [lostDevice, misuse, byRequest],
  endRole: [left, changedJob, noLongerNeeded, misuse, mistake],
  endApprover: [left, changedJob, byRequest, mistake],
} as const satisfies Record<string, readonly CodedWord[]>;
