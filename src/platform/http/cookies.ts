import type { Service } from '../service.ts';

/** The cookies of the service: two random tokens, and for a moment a sentence that says what was just done. */
export interface CookieNames {
  session: string;
  visit: string;
  notice: string;
}

/**
 * `__Host-` binds a cookie to one host over TLS. A development machine on plain-HTTP loopback cannot have it.
 */
export function cookieNames(service: Pick<Service, 'publicUrl'>): CookieNames {
  const prefix = service.publicUrl.startsWith('https:') ? '__Host-' : '';
  return {
    session: `${prefix}homeward-session`,
    visit: `${prefix}homeward-visit`,
    notice: `${prefix}homeward-notice`,
  };
}

export function cookieOptions(service: Pick<Service, 'publicUrl'>) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: service.publicUrl.startsWith('https:'),
  } as const;
}
