import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type FileName, fileNames } from '../files.ts';
import type { FileOutcome } from '../import-history.ts';

const columns = [
  ['rows', 'Rows'],
  ['added', 'New'],
  ['changed', 'Changed'],
  ['same', 'As they were'],
  ['retired', 'Retired'],
  ['refused', 'Left out'],
] as const satisfies readonly [keyof FileOutcome, string][];

/** For each file, what becomes or became of its rows. */
export function FileTable({
  files,
  caption,
}: {
  files: Partial<Record<FileName, FileOutcome>>;
  caption: string;
}) {
  return (
    <ScrollingTable
      about={caption}
      caption={caption}
      captionClasses="govuk-table__caption--m"
      firstCellIsHeader
      head={[{ text: 'File' }, ...columns.map(([, text]) => ({ text, format: 'numeric' }))]}
      rows={fileNames.flatMap((name) => {
        const outcome = files[name];
        if (outcome === undefined) return [];
        return [
          [
            { text: name },
            ...columns.map(([which]) => ({
              text: outcome[which].toLocaleString('en-GB'),
              format: 'numeric',
            })),
          ],
        ];
      })}
    />
  );
}
