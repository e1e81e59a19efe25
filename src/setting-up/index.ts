import type { Page } from '../platform/http/page.ts';
import type { MessageTemplates } from '../platform/messages/templates.ts';
import { areaPage, newAreaPage } from './pages/area-pages.tsx';
import { areasPage } from './pages/areas-page.tsx';
import { boroughsPage } from './pages/boroughs-page.tsx';
import { changesPage } from './pages/changes-page.tsx';
import { messagePages } from './pages/message-pages.tsx';
import { newPatchPage, patchPage } from './pages/patch-pages.tsx';
import { reasonListPage, reasonListsPage, reasonPage } from './pages/reason-pages.tsx';
import { servicePage } from './pages/service-page.tsx';
import { setUpPage } from './pages/set-up-page.tsx';
import { takeBackThresholdPage, thresholdPage, thresholdsPage } from './pages/threshold-pages.tsx';

/** The pages on which an administrator makes a service that of their region. */
export const settingUpPages = (templates: MessageTemplates): readonly Page[] => [
  setUpPage,
  servicePage,
  areasPage,
  newPatchPage,
  patchPage,
  newAreaPage,
  areaPage,
  boroughsPage,
  thresholdsPage,
  thresholdPage,
  takeBackThresholdPage,
  reasonListsPage,
  reasonListPage,
  reasonPage,
  ...messagePages(templates),
  changesPage,
];

export { findServiceDetails, type ServiceDetails } from './service-details.ts';
export { ServiceName } from './service-name.ts';
