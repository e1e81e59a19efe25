import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import type { ImportPreview } from '../import-preview.ts';
import { importFaultsPage } from './import-faults-page.ts';
import { counted } from './running-imports.ts';

/** The first faults of an import, and the way to all of them. They quote cells: they are about people. */
export function FaultTable({
  importId,
  preview: { faults, faultsKept, firstFaults },
  heading,
}: {
  importId: string;
  preview: Pick<ImportPreview, 'faults' | 'faultsKept' | 'firstFaults'>;
  heading: string;
}) {
  if (faults === 0) return null;
  const shown = firstFaults.length;
  return (
    <>
      <h2 class="govuk-heading-m">{heading}</h2>
      <p class="govuk-body">
        <a class="govuk-link" href={importFaultsPage.url({ import: importId })} download>
          {faultsKept === faults
            ? 'Download all faults (CSV)'
            : `Download the first ${counted(faultsKept, 'fault')} (CSV)`}
        </a>
      </p>
      <ScrollingTable
        about={heading}
        caption={
          shown === faults ? counted(faults, 'fault') : `The first ${shown} of ${counted(faults, 'fault')}`
        }
        captionClasses="govuk-table__caption--s"
        head={['File', 'Line', 'Column', 'What is wrong, and what is allowed'].map((text) => ({ text }))}
        rows={firstFaults.map(({ file, line, column, message }) => [
          { text: file },
          { text: String(line) },
          { text: <bdi>{column}</bdi> },
          { text: <bdi class="hw-text">{message}</bdi> },
        ])}
      />
    </>
  );
}
