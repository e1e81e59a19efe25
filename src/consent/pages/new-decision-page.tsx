import { newDocumentPage } from '../../people/index.ts';
import { recordSharingDecision } from '../sharing-decision-commands.ts';
import { consentAddress } from './consent-addresses.ts';
import { recordersOfConsent } from './consent-page.tsx';
import { decisionForm } from './decision-form.tsx';

/** Consent is recorded, or a decision to share what is known or not. */
export const newDecisionPage = newDocumentPage({
  path: '/people/:person/consent/new',
  for: recordersOfConsent,
  documentForm: decisionForm,
  leaveTo: consentAddress,
  words: {
    title: 'Record consent or a decision',
    save: 'Save',
    saved: 'It is recorded',
  },
  record: recordSharingDecision,
});
