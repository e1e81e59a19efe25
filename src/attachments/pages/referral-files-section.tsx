import type { ReferralSection } from '../../referrals/index.ts';
import { filesOfReferral } from '../attachment-queries.ts';
import { FileList } from './file-list.tsx';

/** The files of a referral, on its page; nothing where there is none. */
export const referralFilesSection: ReferralSection = {
  for: ['coordinator', 'analyst', 'operations-manager'],
  async show({ tx, referral }) {
    const files = await filesOfReferral(tx, referral.id);
    if (files.length === 0) return null;
    return (
      <section aria-labelledby="files">
        <h2 class="govuk-heading-m" id="files">
          Files
        </h2>
        <FileList files={files} download={({ id }) => `/referrals/${referral.id}/files/${id}`} />
      </section>
    );
  },
};
