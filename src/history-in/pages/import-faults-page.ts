import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { download, missing, page } from '../../platform/http/page.ts';
import { findFaultsFile, findUpload } from '../import-upload-queries.ts';
import { importers } from './running-imports.ts';

/** Every fault that a check found, as a file. */
export const importFaultsPage = page({
  path: '/imports/:import/faults',
  for: importers,
  params: z.object({ import: z.uuid() }),
  async get({ tx, service, params }) {
    const upload = await findUpload(tx, params.import);
    const file = upload === null ? null : await findFaultsFile(tx, service.keyring, upload.id);
    if (upload === null || file === null) return missing();
    await recordLook(tx, {
      action: 'download-import-faults',
      subject: { kind: 'import', id: upload.id },
      personId: null,
    });
    return download(`faults-${londonDate(upload.broughtAt)}.csv`, 'text/csv; charset=utf-8', file);
  },
});
