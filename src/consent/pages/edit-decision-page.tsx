import { z } from 'zod';
import { editDocumentPage } from '../../people/index.ts';
import { consentAddress } from './consent-addresses.ts';
import { recordersOfConsent } from './consent-page.tsx';
import { decisionForm } from './decision-form.tsx';

/** Consent is withdrawn, or a decision corrected or looked at again; what was recorded before is kept. */
export const editDecisionPage = editDocumentPage({
  path: '/people/:person/consent/:decision/edit',
  for: recordersOfConsent,
  params: z.object({ person: z.uuid(), decision: z.uuid() }),
  idIn: ({ decision }) => decision,
  documentForm: decisionForm,
  look: 'view-sharing-decisions',
  leaveTo: consentAddress,
  words: {
    title: 'Change consent or a decision',
    save: 'Save',
    saved: 'It is changed',
    called: 'this decision',
  },
});
