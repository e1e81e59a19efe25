import type { Page } from '../../platform/http/page.ts';
import type { ReferrerSection } from '../referrer-section.tsx';
import { draftPages } from './draft-page.tsx';
import { referAddPage } from './refer-add-page.tsx';
import { referCheckEmailPage } from './refer-check-email-page.tsx';
import { referCheckPage } from './refer-check-page.tsx';
import { referHomePage } from './refer-home-page.tsx';
import { referLinkPage } from './refer-link-page.tsx';
import { referSentPage } from './refer-sent-page.tsx';
import { referStartPage } from './refer-start-page.tsx';
import { referThrowAwayPage } from './refer-throw-away-page.tsx';
import { referWithdrawPage } from './refer-withdraw-page.tsx';

/** The pages of people who refer somebody. @param sections what others have to tell them. */
export const referrerPages = (sections: readonly ReferrerSection[]): readonly Page[] => [
  referStartPage,
  referCheckEmailPage,
  referLinkPage,
  referHomePage(sections),
  ...draftPages,
  referCheckPage,
  referThrowAwayPage,
  referSentPage(sections),
  referAddPage,
  referWithdrawPage,
];
