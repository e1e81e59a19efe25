import type { ComponentChildren } from 'preact';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { fileTypes, sizeInWords } from '../../platform/files/file-type.ts';
import { SummaryList } from '../../platform/govuk/index.ts';
import { type Attachment, type Removal, stateInWords } from '../attachment.ts';

interface FileListProps<AFile extends Attachment> {
  files: readonly AFile[];
  /** Where a clean file is downloaded; left out where it is not. */
  download?: (file: AFile) => string;
  /** Where a file is taken off again; undefined of one that the reader may not. */
  remove?: (file: AFile) => string | undefined;
  /** Which are taken off already: nothing can be done with them. */
  removal?: (file: AFile) => Removal | null;
  /** What else there is to say of one. */
  more?: (file: AFile) => ComponentChildren;
}

/** Files by name, with what they are and whether they can be opened. */
export function FileList<AFile extends Attachment>({
  files,
  download,
  remove,
  removal,
  more,
}: FileListProps<AFile>) {
  return (
    <SummaryList
      rows={files.map((file) => {
        const removed = removal?.(file) ?? null;
        const removeAt = removed === null ? remove?.(file) : undefined;
        return {
          key: { text: <bdi>{file.name}</bdi> },
          value: {
            text: (
              <>
                {fileTypes[file.type].text}, {sizeInWords(file.size)}, added {formatLondon(file.uploadedAt)}
                <br />
                {removed === null ? stateInWords[file.state] : <RemovalInWords removal={removed} />}
                {more?.(file)}
              </>
            ),
          },
          actions: {
            items: [
              ...(download && file.state === 'clean' && removed === null
                ? [{ text: 'Download', href: download(file), visuallyHiddenText: file.name }]
                : []),
              ...(removeAt === undefined
                ? []
                : [{ text: 'Remove', href: removeAt, visuallyHiddenText: file.name }]),
            ],
          },
        };
      })}
    />
  );
}

function RemovalInWords({ removal: { at, byName, reason, wasCalled } }: { removal: Removal }) {
  return (
    <>
      Removed by <bdi>{byName}</bdi> on {formatLondon(at)}: <span dir="auto">{reason}</span>
      {wasCalled !== null && (
        <>
          <br />
          It was called <bdi>{wasCalled}</bdi>
        </>
      )}
    </>
  );
}
