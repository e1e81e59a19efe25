import type { Clock } from './clock/clock.ts';
import type { Keyring } from './crypto/sealed-box.ts';
import type { Database } from './database/transaction.ts';

/** What every part of a running service stands on, made once at the start and handed down. */
export interface Service {
  database: Database;
  keyring: Keyring;
  clock: Clock;
  /** The address people know, without a slash at the end. */
  publicUrl: string;
  /** `development` serves loopback only and may hold invented people; `production` never does. */
  environment: 'development' | 'production';
  /** Whether uploaded files are looked through by ClamAV; where they are not, the pages say so. */
  hasVirusScanner?: boolean;
  /** Whether this database was made as a demonstration, which is decided when it is made and never later. */
  demonstration: boolean;
}
