import type { Page } from '../../platform/http/page.ts';
import { allocationPage } from './allocation-page.tsx';
import { caseloadPage } from './caseload-page.tsx';
import { coverPage } from './cover-page.tsx';
import { endCoverPage } from './end-cover-page.tsx';
import { handBackPage } from './hand-back-page.tsx';
import { moveCasesPage } from './move-cases-page.tsx';
import { workerOfProviderPage } from './worker-of-provider-page.tsx';
import { workerPage } from './worker-page.tsx';
import { workersPage } from './workers-page.tsx';

/** The pages on which a provider answers allocations and its managers say who works with whom. */
export const allocationPages: readonly Page[] = [
  caseloadPage,
  allocationPage,
  handBackPage,
  workerPage,
  workersPage,
  workerOfProviderPage,
  coverPage,
  endCoverPage,
  moveCasesPage,
];
