import { createHmac } from 'node:crypto';
import { type PoolConfig, types } from 'pg';

/** How to reach one PostgreSQL database as one of its logins. */
export type Connection = Pick<PoolConfig, 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'>;

/**
 * The three logins of a service. `owner` migrates; `web` and `jobs` own nothing and may only take the roles that a
 * request or a task has. The owner is null where the process was not given its credentials, as in production it need not be.
 */
export interface Connections {
  owner: Connection | null;
  web: Connection;
  jobs: Connection;
}

const DATE = 1082;
const BIGINT = 20;
// A date has no time and no zone; a JavaScript Date has both and would move it across midnight.
types.setTypeParser(DATE, (text) => text);
types.setTypeParser(BIGINT, (text) => Number(text));

/**
 * The password of a login role, made from the service's secret so that nobody has to hand one out: whoever can read the
 * secret can already read what it protects.
 */
export function loginPassword(secret: string, login: 'homeward_web' | 'homeward_jobs'): string {
  return createHmac('sha256', secret).update(`database login ${login}`).digest('base64url');
}

/** The logins of the database that `given` names, `given` being its owner's connection or already the web login's. */
export function connectionsTo(given: Connection, secret: string): Connections {
  const as = (user: 'homeward_web' | 'homeward_jobs'): Connection => ({
    ...given,
    user,
    password: given.user === user && given.password ? given.password : loginPassword(secret, user),
  });
  return {
    owner: given.user === 'homeward_web' ? null : given,
    web: as('homeward_web'),
    jobs: as('homeward_jobs'),
  };
}
