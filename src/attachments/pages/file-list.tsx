import type { ComponentChildren } from 'preact';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { fileTypes, sizeInWords } from '../../platform/files/file-type.ts';
import { SummaryList } from '../../platform/govuk/index.ts';
import { type Attachment, stateInWords } from '../attachment.ts';

interface FileListProps<AFile extends Attachment> {
  files: readonly AFile[];
  /** Where a clean file is downloaded; left out where it is not. */
  download?: (file: AFile) => string;
  /** Where a file is taken off again. */
  remove?: (file: AFile) => string;
  /** What else there is to say of one. */
  more?: (file: AFile) => ComponentChildren;
}

/** Files by name, with what they are and whether they can be opened. */
export function FileList<AFile extends Attachment>({ files, download, remove, more }: FileListProps<AFile>) {
  return (
    <SummaryList
      rows={files.map((file) => ({
        key: { text: <bdi>{file.name}</bdi> },
        value: {
          text: (
            <>
              {fileTypes[file.type].text}, {sizeInWords(file.size)}, added {formatLondon(file.uploadedAt)}
              <br />
              {stateInWords[file.state]}
              {more?.(file)}
            </>
          ),
        },
        actions: {
          items: [
            ...(download && file.state === 'clean'
              ? [{ text: 'Download', href: download(file), visuallyHiddenText: file.name }]
              : []),
            ...(remove ? [{ text: 'Remove', href: remove(file), visuallyHiddenText: file.name }] : []),
          ],
        },
      }))}
    />
  );
}
