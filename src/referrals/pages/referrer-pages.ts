import type { Page } from '../../platform/http/page.ts';
import { draftPages } from './draft-page.tsx';
import { referCheckEmailPage } from './refer-check-email-page.tsx';
import { referCheckPage } from './refer-check-page.tsx';
import { referHomePage } from './refer-home-page.tsx';
import { referLinkPage } from './refer-link-page.tsx';
import { referSentPage } from './refer-sent-page.tsx';
import { referStartPage } from './refer-start-page.tsx';
import { referThrowAwayPage } from './refer-throw-away-page.tsx';

/** The pages of people who refer somebody. */
export const referrerPages: readonly Page[] = [
  referStartPage,
  referCheckEmailPage,
  referLinkPage,
  referHomePage,
  ...draftPages,
  referCheckPage,
  referThrowAwayPage,
  referSentPage,
];
