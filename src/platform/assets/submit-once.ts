/** How long a form stays shut after it was sent, in milliseconds: then its reply is not coming and it may be tried again. */
const shutFor = 10_000;

/**
 * Sends a form once however often its button is pressed, until its page is left or ten seconds have passed.
 * The server tells a form that was sent twice by its submission id; this spares people the second attempt.
 */
export function submitOnce(form: HTMLFormElement): void {
  let sentAt = Number.NEGATIVE_INFINITY;
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    const now = performance.now();
    if (now - sentAt < shutFor) event.preventDefault();
    else sentAt = now;
  });
  // The browser's "back" can bring the page back as it was left, with this script as it was left.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) sentAt = Number.NEGATIVE_INFINITY;
  });
}
