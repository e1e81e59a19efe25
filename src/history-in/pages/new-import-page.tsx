import { recordLook } from '../../platform/audit/record.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button, Details, FileUpload, InsetText } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { fileNames } from '../files.ts';
import { KEPT_DAYS, MOST_BYTES, MOST_WAITING, uploadFaults } from '../import-upload.ts';
import { bringFiles } from '../import-upload-commands.ts';
import { importPage } from './import-page.tsx';
import { importers } from './running-imports.ts';

const fileInWords: Readonly<Record<(typeof fileNames)[number], string>> = {
  'referrals.csv': 'referrals and the young people they are about (needed)',
  'support.csv': 'episodes of support',
  'onward_referrals.csv': 'referrals on to other services',
  'rescues.csv': 'requests to bring a young person home',
  'county_links.csv': 'individuals linked to a county line',
  'nrm.csv': 'referrals to the National Referral Mechanism',
  'events.csv': 'missing episodes, arrests and convictions',
  'training.csv': 'training sessions',
};

/** Takes in files, to be checked: nothing is imported by it. */
export const newImportPage = page({
  path: '/imports/new',
  for: importers,
  // More than the format has, so that one too many gets its own answer.
  uploads: { files: fileNames.length + 4, bytes: MOST_BYTES },
  async get({ tx, entry }) {
    await recordLook(tx, { action: 'view-imports', subject: { kind: 'import', id: null }, personId: null });
    const typed = entry();
    const fault = typed.fault('files');
    const title = 'Import files';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">
            Choose the files that were exported from the system before this one. Every row is checked first.
            Nothing is changed until you have seen what would change and confirm it.
          </p>
          <Form upload>
            <FileUpload
              name="files"
              label={{ text: 'Choose the files', classes: 'govuk-label--m' }}
              hint={{ text: 'All of them together: CSV files, up to 50 MB' }}
              errorMessage={fault === undefined ? undefined : { text: fault }}
              multiple
              attributes={{ accept: '.csv,text/csv' }}
            />
            <Details summaryText="What the files are called">
              <ul class="govuk-list govuk-list--bullet">
                {fileNames.map((name) => (
                  <li>
                    <code>{name}</code>: {fileInWords[name]}
                  </li>
                ))}
              </ul>
            </Details>
            <InsetText>
              The files are kept sealed. They are thrown away as soon as they are imported or you discard
              them, and after {KEPT_DAYS} days in any case.
            </InsetText>
            <Button preventDoubleClick>Check the files</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/imports' },
    );
  },
  async post({ tx, asker, service, files }) {
    const faults = uploadFaults(files);
    if (faults.length > 0) return refuse(...faults.map((message) => ({ field: 'files', message })));
    const id = await bringFiles(tx, asker, service, files);
    if (id === null)
      return refuse({
        field: 'files',
        message: `${MOST_WAITING} imports wait already: confirm or discard one of them first`,
      });
    return redirect(importPage.url({ import: id }));
  },
});
