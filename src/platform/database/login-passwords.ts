import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier } from 'pg';
import { advisoryLocks } from './advisory-locks.ts';
import { loginPassword } from './connections.ts';

/**
 * Gives the login roles the passwords that come from the service's secret, and takes away settings of their own: a login
 * may change both for itself, and so may SQL that was injected into what it runs. Only what a password is checked against
 * is sent, so that it stands in no server log, whatever the server logs.
 *
 * @param owner a connected client that may alter the roles.
 */
export async function setLoginPasswords(owner: Client, secret: string): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query('select pg_advisory_xact_lock($1)', [advisoryLocks.changingLogins]);
    const { rows } = await owner.query<{ name: string }>('select current_database() as name');
    const database = escapeIdentifier(rows[0]?.name ?? '');
    for (const login of ['homeward_web', 'homeward_jobs'] as const) {
      await owner.query(`alter role ${login} password '${scramVerifier(loginPassword(secret, login))}'`);
      await owner.query(`alter role ${login} reset all`);
      await owner.query(`alter role ${login} in database ${database} reset all`);
    }
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** RFC 5803, in PostgreSQL's form: what `psql`'s \password sends. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
