import type { Page } from '../platform/http/page.ts';
import { allegationPage } from './pages/allegation-page.tsx';
import { allegationsPage } from './pages/allegations-page.tsx';
import { answerPage } from './pages/answer-page.tsx';
import { assessRiskPage, correctRiskPage, riskVersionsPage } from './pages/assess-risk-page.tsx';
import { closeConcernPage } from './pages/close-concern-page.tsx';
import { concernPage } from './pages/concern-page.tsx';
import { concernsPage } from './pages/concerns-page.tsx';
import { newAllegationPage } from './pages/new-allegation-page.tsx';
import { newConcernPage } from './pages/new-concern-page.tsx';
import { personConcernsPage } from './pages/person-concerns-page.tsx';
import { personRiskPage } from './pages/person-risk-page.tsx';
import { endRecipientPage, recipientsPage } from './pages/recipients-page.tsx';
import { tellPage } from './pages/tell-page.tsx';

/** What other floors and capabilities may use of safeguarding. */

export { waitingInWords } from './concern.ts';
export { type Raising, raiseConcern, type Telling } from './concern-commands.ts';
export {
  type ConcernCounts,
  closedConcerns,
  countConcerns,
  type ListedConcern,
  type OwedConcern,
  openConcerns,
  owedConcerns,
} from './concern-queries.ts';
export { safeguarders } from './pages/concern-ground.tsx';
export { openConcernsSection } from './pages/person-concerns-page.tsx';
export { riskSection } from './pages/person-risk-page.tsx';
export { type Risk, type RiskLevel, riskColour, riskLevels } from './risk.ts';
export { assessRisk } from './risk-commands.ts';
export { type OverdueRisk, overdueRisks, risksOf } from './risk-queries.ts';
export { concernsAddress, newConcernAddress, riskAddress } from './safeguarding-addresses.ts';

/** The pages of concerns, of risk, and of allegations against staff. */
export const safeguardingPages: readonly Page[] = [
  concernsPage,
  personConcernsPage,
  newConcernPage,
  concernPage,
  tellPage,
  answerPage,
  closeConcernPage,
  personRiskPage,
  assessRiskPage,
  riskVersionsPage,
  correctRiskPage,
  allegationsPage,
  newAllegationPage,
  recipientsPage,
  endRecipientPage,
  allegationPage,
];
