import { Tag } from '../../platform/govuk/index.ts';
import { stateInWords, type UploadState } from '../import-upload.ts';

const colours: Readonly<Record<UploadState, string>> = {
  checking: 'blue',
  checked: 'yellow',
  importing: 'blue',
  imported: 'green',
  discarded: 'grey',
  expired: 'grey',
  failed: 'red',
};

/** How far files are that were brought. */
export function UploadTag({ state }: { state: UploadState }) {
  return <Tag classes={`govuk-tag--${colours[state]}`}>{stateInWords[state]}</Tag>;
}
