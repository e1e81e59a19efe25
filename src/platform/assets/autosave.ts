/** How long after a change the draft is saved, in milliseconds. */
const saveAfter = 3_000;
/** How long after a failure it is tried again, in milliseconds. */
const tryAgainAfter = 15_000;
/** The most bytes a browser sends while its page is being left. */
const keepaliveLimit = 60_000;

/**
 * Saves what is typed into a form, as a draft on the server, while it is being typed.
 *
 * `data-autosave` is the address that takes the form's fields by POST, as the form itself would send them but for
 * files, passwords and one-time codes. `data-autosave-sign-in` is an address for signing in again. The outcome stands
 * in the form's `[data-autosave-status]`, or in a line made at its end. Nothing is kept in the browser but the page.
 */
export function autosave(form: HTMLFormElement): void {
  const url = form.dataset.autosave;
  if (!url) return;
  const status = statusOf(form);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: AbortController | undefined;
  let changes = 0;
  let savedChanges = 0;
  let isSent = false;

  const saveIn = (delay: number) => {
    timer ??= setTimeout(() => void save(), delay);
  };

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (isSent || inFlight || changes === savedChanges) return;
    const saving = changes;
    inFlight = new AbortController();
    const outcome = await send(url, form, inFlight.signal);
    inFlight = undefined;
    if (isSent) return;
    if (outcome === 'saved') {
      savedChanges = saving;
      show(status, `Draft saved at ${timeNow()}`);
      if (changes !== savedChanges) saveIn(saveAfter);
    } else {
      show(status, reason(outcome), outcome === 'signed-out' ? form.dataset.autosaveSignIn : undefined);
      saveIn(tryAgainAfter);
    }
  };

  const changed = () => {
    // Whoever types after sending is still here: the sending was stopped, or brought no new page.
    isSent = false;
    changes += 1;
    saveIn(saveAfter);
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    // A draft that arrives after the form would offer to be continued what has been sent.
    isSent = true;
    clearTimeout(timer);
    timer = undefined;
    inFlight?.abort();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) isSent = false;
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void save();
  });
}

type Outcome = 'saved' | 'signed-out' | 'failed';

async function send(url: string, form: HTMLFormElement, signal: AbortSignal): Promise<Outcome> {
  const body = draftOf(form);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      signal,
      credentials: 'same-origin',
      // A redirect can only lead to the page for signing in; followed, it would look like success.
      redirect: 'manual',
      keepalive: body.toString().length < keepaliveLimit,
    });
    if (response.ok) return 'saved';
    const isSignedOut =
      response.type === 'opaqueredirect' || response.status === 401 || response.status === 403;
    return isSignedOut ? 'signed-out' : 'failed';
  } catch {
    return 'failed';
  }
}

function draftOf(form: HTMLFormElement): URLSearchParams {
  const secret = new Set(
    [
      ...form.querySelectorAll<HTMLInputElement>(
        'input[type="password"], input[autocomplete="one-time-code"]',
      ),
    ].map((input) => input.name),
  );
  const draft = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !secret.has(name)) draft.append(name, value);
  }
  return draft;
}

function reason(outcome: Exclude<Outcome, 'saved'>): string {
  return outcome === 'signed-out'
    ? 'Draft not saved because you have been signed out. What you typed is still on this page. Sign in again in another tab and it will be saved.'
    : 'Draft not saved. What you typed is still on this page, and we will keep trying.';
}

function statusOf(form: HTMLFormElement): HTMLElement {
  const given = form.querySelector<HTMLElement>('[data-autosave-status]');
  const status = given ?? form.appendChild(document.createElement('p'));
  status.classList.add('hw-autosave');
  status.setAttribute('role', 'status');
  status.setAttribute('aria-live', 'polite');
  return status;
}

/** Tells the outcome; the same words again are not set again, so that they are not read out again. */
function show(status: HTMLElement, message: string, signInUrl?: string): void {
  status.classList.toggle('hw-autosave--failed', !message.startsWith('Draft saved'));
  if (status.dataset.message === message) return;
  status.dataset.message = message;
  status.textContent = message;
  if (signInUrl) {
    const link = document.createElement('a');
    link.className = 'govuk-link';
    link.href = signInUrl;
    link.target = '_blank';
    link.rel = 'noopener';
    link.textContent = 'Sign in (opens in a new tab)';
    status.append(' ', link);
  }
}

function timeNow(): string {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
