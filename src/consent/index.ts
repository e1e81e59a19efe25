import type { Page } from '../platform/http/page.ts';
import { consentPage } from './pages/consent-page.tsx';
import { editDecisionPage } from './pages/edit-decision-page.tsx';
import { newDecisionPage } from './pages/new-decision-page.tsx';

/** What other floors and capabilities may use of consent. */

export { consentSection } from './pages/consent-page.tsx';
export { consentAnswers, sharedAnswers } from './sharing-decision.ts';

/** The pages of consent, and of decisions to share what is known. */
export const consentPages: readonly Page[] = [consentPage, newDecisionPage, editDecisionPage];
