import { z } from 'zod';
import { editDocumentPage } from '../../people/index.ts';
import { onwardForm } from './onward-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

/** What became of a referral on: whether the young person engaged with it. */
export const editOnwardReferralPage = editDocumentPage({
  path: '/people/:person/onward-referrals/:referral/edit',
  for: recordersOfProgress,
  params: z.object({ person: z.uuid(), referral: z.uuid() }),
  idIn: ({ referral }) => referral,
  documentForm: onwardForm,
  look: 'view-progress',
  leaveTo: progressAddress,
  words: {
    title: 'Change the referral on',
    save: 'Save',
    saved: 'The referral is changed',
    called: 'this referral',
  },
});
