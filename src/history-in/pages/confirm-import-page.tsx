import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { MOST_INTEGER } from '../../platform/forms/fields.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { modeFor } from '../import-upload.ts';
import { confirmImport } from '../import-upload-commands.ts';
import { findPreview, findUpload } from '../import-upload-queries.ts';
import { confirmInWords } from './confirm-in-words.ts';
import { FileTable } from './file-table.tsx';
import { importPage } from './import-page.tsx';
import { counted, importers, PROVED_WITHIN } from './running-imports.ts';

/** The last word before files become records: whoever gives it has just shown who they are. */
export const confirmImportPage = page({
  path: '/imports/:import/confirm',
  for: importers,
  params: z.object({ import: z.uuid() }),
  provedWithin: PROVED_WITHIN,
  form: z.object({ version: z.coerce.number().int().nonnegative().max(MOST_INTEGER) }),

  async get({ tx, service, params }) {
    const upload = await findUpload(tx, params.import);
    if (upload === null) return missing();
    const mode = modeFor(upload);
    const preview = await findPreview(tx, service.keyring, upload.id);
    const here = importPage.url(params);
    if (mode === null || preview === null) return redirect(here);
    await recordLook(tx, {
      action: 'view-import',
      subject: { kind: 'import', id: upload.id },
      personId: null,
    });
    const title = `${confirmInWords(mode, upload)}?`;
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <FileTable files={preview.files} caption="What will change" />
        {mode === 'valid' && (
          <WarningText>
            {counted(preview.faults, 'fault')} will stay outside, with every row that stands on a wrong one.
            Correct them and bring the files again: what is imported by then is not doubled.
          </WarningText>
        )}
        <p class="govuk-body">
          What is replaced is kept in the history of each record. An import cannot be taken back in one step.
        </p>
        <Form>
          <input type="hidden" name="version" value={String(upload.version)} />
          <div class="govuk-button-group">
            <Button preventDoubleClick>{confirmInWords(mode, upload)}</Button>
            <a class="govuk-link" href={here}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: here },
    );
  },

  async post({ tx, asker, service, params }, { version }) {
    const here = importPage.url(params);
    if ((await findUpload(tx, params.import)) === null) return missing();
    const acted = await confirmImport(tx, asker, service, params.import, version);
    return redirect(
      here,
      acted === 'done' ? {} : { notice: 'It went on meanwhile, so nothing was done: this is how it is now' },
    );
  },
});
