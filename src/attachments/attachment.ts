import type { FileType } from '../platform/files/file-type.ts';

/** Files with a referral and on a young person's record, as they are read. Pure: no I/O here. */

export const attachmentStates = ['quarantined', 'clean', 'infected', 'not-scannable'] as const;
export type AttachmentState = (typeof attachmentStates)[number];

export interface Attachment {
  id: string;
  name: string;
  type: FileType;
  /** In bytes. */
  size: number;
  state: AttachmentState;
  uploadedAt: Date;
}

/** Who took a file off a record, when and why: that stays, and the file is opened by nobody any more. */
export interface Removal {
  at: Date;
  byName: string;
  reason: string;
  /** What it was called, for those who may still read it. */
  wasCalled: string | null;
}

export const stateInWords: Record<AttachmentState, string> = {
  quarantined: 'Being checked for viruses',
  clean: 'Checked',
  infected: 'Not safe: nobody can open it',
  'not-scannable': 'Could not be checked: nobody can open it',
};
