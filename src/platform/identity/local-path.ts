/**
 * An address of this service that somebody is to be taken to after signing in, or null: never another site, whatever
 * way an address can name one (`//host`, `/\host`, `https:`, a line break that a browser drops), and never the
 * pages that sign in and out.
 */
export function localPath(typed: string | undefined): string | null {
  if (typed === undefined || !/^\/(?![/\\])[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*$/.test(typed)) return null;
  const base = 'http://homeward.invalid';
  const url = URL.parse(typed, base);
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return null;
  return /^\/(sign-|set-up-account)/.test(url.pathname) ? null : url.pathname + url.search;
}
