import { z } from 'zod';
import type { Entry } from '../../forms/entry.ts';
import { text } from '../../forms/fields.ts';
import { Faults, Form } from '../../forms/form.tsx';
import { TextQuestion } from '../../forms/questions.tsx';
import { Button, InsetText, PasswordInput } from '../../govuk/index.ts';
import { interlude, openPage, refuse, show } from '../../http/page.ts';
import { ScrollingTable } from '../../http/scrolling-table.tsx';
import { type DemonstrationAccount, findDemonstrationAccounts } from '../demonstration-accounts.ts';
import { localPath } from '../local-path.ts';
import { roleInWords } from '../role-words.ts';
import { beginPasswordTry, isRightPassword, settlePasswordTry } from '../sign-in.ts';
import { showSignInCode } from './sign-in-code-page.tsx';

/** The same words whatever was wrong: an unknown address, a wrong password, a locked or a closed account. */
const REFUSED =
  'The email address or password is not right, or the account cannot be used now. After 5 wrong tries it is locked for 15 minutes or more: wait, or ask an administrator for a link to set it up again';

/** The first of two steps: an address and a password. */
export const signInPage = openPage({
  path: '/sign-in',
  for: 'everybody',
  query: z.object({
    return: z.string().optional(),
    typed: z.enum(['kept', 'lost']).optional().catch(undefined),
  }),
  form: z.object({
    email: text({ called: 'Email address', most: 254, needed: 'Enter your email address' }),
    password: z.string('Enter your password').min(1, 'Enter your password').max(1000, 'Enter your password'),
  }),

  async get({ tx, service, entry, query }) {
    const invented = await findDemonstrationAccounts(tx, service);
    return show('Sign in', <SignIn entry={entry()} typed={query.typed} invented={invented} />, {
      plain: true,
    });
  },

  async post(ground, { email, password }) {
    const tried = await beginPasswordTry(ground, email);
    if (!tried) return refuse({ field: 'email', message: REFUSED });
    return interlude(async () => {
      const right = await isRightPassword(ground.service, tried, password);
      return async (later) => {
        const proved = await settlePasswordTry(later, tried, right);
        if (!proved) return refuse({ field: 'email', message: REFUSED });
        return showSignInCode(later, { ...proved, returnTo: localPath(later.query.return) });
      };
    });
  },
});

/** What became of what arrived after its sender's session had ended. */
const whatWasTyped = {
  kept: 'You were signed out before what you typed arrived, so nothing was changed. What you typed is kept: sign in, and the page offers it to you.',
  lost: 'You were signed out before what you typed arrived, so nothing was changed, and it is not kept here. Before you sign in, go back in your browser: what you typed should still be there. Copy it, sign in, and send it again.',
} as const;

interface SignInProps {
  entry: Entry;
  typed: keyof typeof whatWasTyped | undefined;
  invented: readonly DemonstrationAccount[];
}

function SignIn({ entry, typed, invented }: SignInProps) {
  return (
    <>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={entry} />
          <h1 class="govuk-heading-l">Sign in</h1>
          {typed !== undefined && <InsetText>{whatWasTyped[typed]}</InsetText>}
          <p class="govuk-body">
            For people who work with the service. To refer a young person you do not sign in:{' '}
            <a class="govuk-link" href="/refer/start">
              we send you a link
            </a>
            .
          </p>
          <Form>
            <TextQuestion
              name="email"
              label="Email address"
              type="email"
              autocomplete="username"
              width="half"
              entry={entry}
            />
            <PasswordInput
              name="password"
              label={{ text: 'Password' }}
              errorMessage={faultOf(entry, 'password')}
            />
            <Button preventDoubleClick>Continue</Button>
          </Form>
        </div>
      </div>
      {invented.length > 0 && <InventedAccounts accounts={invented} />}
    </>
  );
}

function faultOf(entry: Entry, field: string) {
  const fault = entry.fault(field);
  return fault === undefined ? undefined : { text: fault };
}

/** On a demonstration only: everything it takes to be any of its invented people. */
function InventedAccounts({ accounts }: { accounts: readonly DemonstrationAccount[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">Accounts of this demonstration</h2>
      <p class="govuk-body">
        Everybody here is invented. A code lasts about a minute and works once:{' '}
        <a class="govuk-link" href="/sign-in">
          load this page again
        </a>{' '}
        for the next one, and keep it open in another window.
      </p>
      <ScrollingTable
        about="Accounts of this demonstration"
        firstCellIsHeader
        head={['Who', 'Email address', 'Password', 'Code now'].map((heading) => ({ text: heading }))}
        rows={accounts.map(({ name, email, roles, password, code }) => [
          {
            text: (
              <>
                {name}
                <br />
                <span class="govuk-!-font-weight-regular">
                  {roles.map((role) => roleInWords[role]).join(', ')}
                </span>
              </>
            ),
          },
          { text: email },
          { text: <span class="hw-code">{password}</span> },
          { text: <span class="hw-code">{code}</span> },
        ])}
      />
    </>
  );
}
