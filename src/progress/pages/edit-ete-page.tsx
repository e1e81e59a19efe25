import { z } from 'zod';
import { editDocumentPage } from '../../people/index.ts';
import { eteForm } from './ete-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

/** What a young person does is corrected, or it ended; what was recorded before is kept. */
export const editEtePage = editDocumentPage({
  path: '/people/:person/education/:period/edit',
  for: recordersOfProgress,
  params: z.object({ person: z.uuid(), period: z.uuid() }),
  idIn: ({ period }) => period,
  documentForm: eteForm,
  look: 'view-progress',
  leaveTo: progressAddress,
  words: {
    title: 'Change education, training or work',
    save: 'Save',
    saved: 'It is changed',
    called: 'this record',
  },
});
