import type { Page } from '../../http/page.ts';
import { accountPage } from './account-page.tsx';
import { accountPasswordPage } from './account-password-page.tsx';
import { accountRecoveryCodesPage } from './account-recovery-codes-page.tsx';
import { accountRolePage } from './account-role-page.tsx';
import { accountSessionsPage } from './account-sessions-page.tsx';
import { setUpAccountPage } from './set-up-account-page.tsx';
import { setUpAppPage } from './set-up-app-page.tsx';
import { setUpRecoveryCodesPage } from './set-up-recovery-codes-page.tsx';
import { signInAgainPage } from './sign-in-again-page.tsx';
import { signInCodePage } from './sign-in-code-page.tsx';
import { signInPage } from './sign-in-page.tsx';
import { signOutPage } from './sign-out-page.tsx';

/** The pages with which everybody who works with the service proves who they are, and sees to their own account. */
export const identityPages: readonly Page[] = [
  signInPage,
  signInCodePage,
  signInAgainPage,
  signOutPage,
  setUpAccountPage,
  setUpAppPage,
  setUpRecoveryCodesPage,
  accountPage,
  accountRolePage,
  accountSessionsPage,
  accountPasswordPage,
  accountRecoveryCodesPage,
];
