import { Form } from '../../forms/form.tsx';
import { Button } from '../../govuk/index.ts';
import { openPage, redirect, show } from '../../http/page.ts';
import { endSession } from '../sign-in.ts';

/** Signing out: by the button only, so that no link or picture can do it to somebody. */
export const signOutPage = openPage({
  path: '/sign-out',
  for: 'everybody',

  async get() {
    return show(
      'Sign out',
      <>
        <h1 class="govuk-heading-l">Sign out</h1>
        <Form action="/sign-out">
          <Button>Sign out</Button>
        </Form>
      </>,
    );
  },

  async post({ tx, visitor }) {
    if (visitor.sessionToken !== null) await endSession(tx, visitor.sessionToken);
    return redirect('/', { session: 'end', notice: 'You have signed out' });
  },
});
