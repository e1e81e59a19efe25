import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { Transaction } from '../../platform/database/transaction.ts';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, type Page, page, redirect, refuse, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { type CodedWord, codesOf, optionsOf } from '../../reference/code-lists.ts';
import {
  disableAccount,
  enableAccount,
  endSessionsOf,
  sendSetUpLink,
  unlockAccount,
} from '../account-commands.ts';
import { countCasesOf, findAccount } from '../account-queries.ts';
import { reasons } from '../reasons.ts';
import { PROVED_WITHIN } from './administering.ts';
import { LeftCases } from './left-cases.tsx';

interface Act {
  /** The last part of the address. */
  path: string;
  title: string;
  explained: ComponentChildren;
  reasons: readonly [CodedWord, ...CodedWord[]];
  button: string;
  warns?: boolean;
  /** Whether those whom the account works with are left without a worker. */
  leavesCases?: boolean;
  /** @returns false when the account is in no state for it any more. */
  run(tx: Transaction, service: Service, account: string, reason: string): Promise<boolean>;
  notice: string;
}

const accountParams = z.object({ account: z.uuid() });

/** A page on which an administrator does one thing to an account, and says why: the reason goes into the audit. */
function actPage(act: Act): Page<typeof accountParams> {
  return page({
    path: `/accounts/:account/${act.path}`,
    for: ['administrator'],
    provedWithin: PROVED_WITHIN,
    params: accountParams,
    form: z.object({ reason: choice(codesOf(act.reasons), 'Choose why') }),

    async get({ tx, params, entry }) {
      const account = await findAccount(tx, params.account);
      if (!account) return missing();
      const form = entry();
      return show(
        act.title,
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <Faults entry={form} />
            <span class="govuk-caption-l" dir="auto">
              {account.name}
            </span>
            <h1 class="govuk-heading-l">{act.title}</h1>
            <p class="govuk-body">{act.explained}</p>
            {act.leavesCases && <LeftCases cases={await countCasesOf(tx, account.id)} />}
            <Form>
              <ChoiceQuestion name="reason" label="Why?" entry={form} options={optionsOf(act.reasons)} />
              <Button preventDoubleClick classes={act.warns ? 'govuk-button--warning' : undefined}>
                {act.button}
              </Button>
            </Form>
          </div>
        </div>,
        { backTo: `/accounts/${account.id}` },
      );
    },

    async post({ tx, service, params }, { reason }) {
      if (!(await findAccount(tx, params.account))) return missing();
      if (!(await act.run(tx, service, params.account, reason)))
        return refuse({ field: 'reason', message: 'This cannot be done to this account now' });
      return redirect(`/accounts/${params.account}`, { notice: act.notice });
    },
  });
}

export const disableAccountPage = actPage({
  path: 'close',
  title: 'Close this account',
  explained:
    'They are signed out everywhere at once and cannot sign in. What they wrote stays, with their name.',
  reasons: reasons.disable,
  button: 'Close the account',
  warns: true,
  leavesCases: true,
  run: (tx, _service, account, reason) => disableAccount(tx, account, reason),
  notice: 'The account is closed',
});

export const enableAccountPage = actPage({
  path: 'open-again',
  title: 'Open this account again',
  explained: 'They can sign in again, in the roles they still have. Look at those first.',
  reasons: reasons.enable,
  button: 'Open the account',
  run: (tx, _service, account, reason) => enableAccount(tx, account, reason),
  notice: 'The account is open again',
});

export const unlockAccountPage = actPage({
  path: 'unlock',
  title: 'Unlock this account',
  explained:
    'Somebody typed a wrong password or code five times or more. Make sure that it was them: see them, or call them back on a number you already have.',
  reasons: reasons.unlock,
  button: 'Unlock the account',
  run: (tx, _service, account, reason) => unlockAccount(tx, account, reason),
  notice: 'The account is unlocked',
});

export const resetAccountPage = actPage({
  path: 'reset',
  title: 'Send a new set-up link',
  explained:
    'They choose a password and set up their app afresh. The link goes to their email address and works for a day. Make sure first that it is them who ask: see them, or call them back on a number you already have.',
  reasons: reasons.reset,
  button: 'Send the link',
  run: async (tx, service, account, reason) =>
    (await sendSetUpLink(tx, service, account, { purpose: 'reset', reason })) !== null,
  notice: 'A new set-up link is on its way',
});

export const endSessionsPage = actPage({
  path: 'sign-out',
  title: 'Sign them out everywhere',
  explained: 'Every browser they are signed in with is signed out at once. They can sign in again.',
  reasons: reasons.endSessions,
  button: 'Sign them out',
  warns: true,
  run: (tx, _service, account, reason) => endSessionsOf(tx, account, reason),
  notice: 'They are signed out everywhere',
});
