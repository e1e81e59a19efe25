import { sql } from 'kysely';
import { systemClock } from '../platform/clock/clock.ts';
import { createKeyring } from '../platform/crypto/sealed-box.ts';
import type { Connections } from '../platform/database/connections.ts';
import { prepareDatabase } from '../platform/database/prepare-database.ts';
import { reachDatabase } from '../platform/database/reach-database.ts';
import { Database } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Service } from '../platform/service.ts';
import { applicationSecret, type Settings } from '../platform/settings.ts';

export interface OpenedService {
  service: Service;
  connections: Connections;
  close(): Promise<void>;
}

/**
 * Everything that serving stands on: the database reached (and, in development, brought up to date), the keys derived.
 * In production the database is brought up to date by `homeward migrate`, with the owner's credentials, and by nothing
 * else.
 *
 * @throws Refusal when the settings or the database do not allow it.
 */
export async function openService(settings: Settings): Promise<OpenedService> {
  const secret = await applicationSecret(settings);
  const keyring = createKeyring(secret);
  const { connections, release } = await reachDatabase(settings);
  try {
    if (settings.environment === 'development') await prepareDatabase(connections, secret, keyring);
    const database = new Database(connections.web);
    const demonstration = await database.asVisitor(async (tx) => {
      const found = await sql<{
        demonstration: boolean;
      }>`select homeward.is_demonstration() as demonstration`.execute(tx);
      return found.rows[0]?.demonstration ?? false;
    });
    if (demonstration && settings.environment === 'production') {
      throw new Refusal('This database was made as a demonstration: production needs a database of its own');
    }
    return {
      service: {
        database,
        keyring,
        clock: systemClock,
        publicUrl: settings.publicUrl,
        environment: settings.environment,
        hasVirusScanner: settings.clamav !== undefined,
        demonstration,
      },
      connections,
      async close() {
        await database.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
