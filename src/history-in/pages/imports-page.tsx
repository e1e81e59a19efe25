import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { Button } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { fileNames } from '../files.ts';
import type { FileOutcome } from '../import-history.ts';
import { type ListedImport, listImports, MOST_LISTED } from '../import-upload-queries.ts';
import { importPage } from './import-page.tsx';
import { newImportPage } from './new-import-page.tsx';
import { importers } from './running-imports.ts';
import { UploadTag } from './upload-tag.tsx';

/** Every import: what was brought here and what became of it, and what the command line did. */
export const importsPage = page({
  path: '/imports',
  for: importers,
  async get({ tx }) {
    const imports = await listImports(tx);
    await recordLook(tx, { action: 'view-imports', subject: { kind: 'import', id: null }, personId: null });
    const title = 'Imports';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Records of the system before this one come in from CSV files. What is here stays: an import adds
          what is new and changes what the files changed.
        </p>
        <Button href={newImportPage.url()}>Import files</Button>
        {imports.length === 0 ? (
          <p class="govuk-body">Nothing was imported yet.</p>
        ) : (
          <ScrollingTable
            about="Imports"
            caption={imports.length === MOST_LISTED ? `The last ${MOST_LISTED} imports` : 'Every import'}
            captionClasses="govuk-table__caption--m"
            firstCellIsHeader
            head={['When', 'Who', 'Files', 'What changed', 'State'].map((text) => ({ text }))}
            rows={imports.map((each) => [
              {
                text: (
                  <a class="govuk-link" href={importPage.url({ import: each.id })}>
                    {formatLondon(each.at)}
                  </a>
                ),
              },
              {
                text: (
                  <>
                    <bdi>{each.who ?? 'Whoever runs the server'}</bdi>
                    {each.state === null && ', by the command line'}
                  </>
                ),
              },
              { text: fileNames.filter((name) => each.names.includes(name)).join(', ') },
              { text: changedInWords(each) },
              { text: <UploadTag state={each.state ?? 'imported'} /> },
            ])}
          />
        )}
      </>,
    );
  },
});

function changedInWords({ files }: ListedImport): string {
  if (files === null) return 'Nothing';
  const of = (which: keyof FileOutcome) =>
    Object.values(files).reduce((sum, outcome) => sum + outcome[which], 0);
  const parts = (
    [
      ['added', 'new'],
      ['changed', 'changed'],
      ['retired', 'retired'],
      ['refused', 'left out'],
    ] as const
  ).flatMap(([which, words]) => {
    const count = of(which);
    return count > 0 ? [`${count.toLocaleString('en-GB')} ${words}`] : [];
  });
  return parts.length === 0 ? 'Nothing' : parts.join(', ');
}
