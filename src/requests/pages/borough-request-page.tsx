import { z } from 'zod';
import { missing, page } from '../../platform/http/page.ts';
import { answering, answeringForm, answeringPage } from './answering.tsx';
import { lookAtRequest } from './request-page.tsx';

/** What a borough is asked, where one of its contacts takes and answers it. */
export const boroughRequestPage = page({
  path: '/borough/requests/:request',
  for: ['spoc'],
  params: z.object({ request: z.uuid() }),
  form: answeringForm,
  async get({ tx, asker, service, params, entry }) {
    const request = await lookAtRequest(tx, params.request, { kind: 'borough' });
    if (!request) return missing();
    return answeringPage({
      request,
      asker,
      service,
      entry,
      readBy:
        'The coordinators read this, and it stays with the record. The referrer, the young person and their worker do not see it here.',
      label: 'What your borough answers',
      hint: 'If your borough does not know or has nothing, say so',
    });
  },
  async post({ tx, asker, service, params }, form) {
    return await answering(tx, { asker, service }, { id: params.request, kind: 'borough' }, form);
  },
});
