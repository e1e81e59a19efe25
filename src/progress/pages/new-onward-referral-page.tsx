import { newDocumentPage } from '../../people/index.ts';
import { recordOnwardReferral } from '../progress-commands.ts';
import { onwardForm } from './onward-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

/** A young person was referred on to another service. */
export const newOnwardReferralPage = newDocumentPage({
  path: '/people/:person/onward-referrals/new',
  for: recordersOfProgress,
  documentForm: onwardForm,
  initial: { engaged: 'unknown' },
  leaveTo: progressAddress,
  words: {
    title: 'Record a referral on',
    save: 'Save',
    saved: 'The referral is recorded',
  },
  record: recordOnwardReferral,
});
