import { sql } from 'kysely';
import type { Keyring } from '../crypto/sealed-box.ts';
import type { Asker, Transaction } from '../database/transaction.ts';
import type { Service } from '../service.ts';
import { applicationProof } from './application-proof.ts';

type Fields = Record<string, string | string[]>;

/** How many forms are kept for one account: more than anybody leaves open, and fewer than fill a disk. */
export const MOST_KEPT = 50;
/** The same for one who refers: whoever can read an email address becomes one. */
export const MOST_KEPT_OF_REFERRER = 5;

/** What somebody had typed on a page and not sent. */
export interface KeptForm {
  fields: Fields;
  savedAt: Date;
}

const belongsTo = (accountId: string, path: string) => `${accountId} ${path}`;

function seal(keyring: Keyring, accountId: string, path: string, fields: Fields): Buffer {
  return Buffer.from(
    keyring.box('kept-form').seal(Buffer.from(JSON.stringify(fields)), belongsTo(accountId, path)),
  );
}

/**
 * Keeps what is typed on a page, sealed, for the one who types it; what was kept there before is replaced. Of very many,
 * the oldest goes.
 */
export async function keepForm(
  tx: Transaction,
  keyring: Keyring,
  asker: Asker,
  path: string,
  fields: Fields,
): Promise<void> {
  const sealed = seal(keyring, asker.accountId, path, fields);
  await tx
    .insertInto('identity.kept_form')
    .values({ account_id: asker.accountId, path, fields_sealed: sealed })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'path']).doUpdateSet({ fields_sealed: sealed, saved_at: sql`now()` }),
    )
    .execute();
  const most = asker.role === 'referrer' ? MOST_KEPT_OF_REFERRER : MOST_KEPT;
  await sql`
    delete from identity.kept_form where id in (
      select id from identity.kept_form where account_id = ${asker.accountId} order by saved_at desc offset ${most})`.execute(
    tx,
  );
}

export async function findKeptForm(
  tx: Transaction,
  keyring: Keyring,
  asker: Asker,
  path: string,
): Promise<KeptForm | null> {
  const row = await tx
    .selectFrom('identity.kept_form')
    .select(['fields_sealed', 'saved_at'])
    .where('account_id', '=', asker.accountId)
    .where('path', '=', path)
    .executeTakeFirst();
  if (!row) return null;
  const opened = keyring.box('kept-form').open(row.fields_sealed, belongsTo(asker.accountId, path));
  return { fields: JSON.parse(Buffer.from(opened).toString()) as Fields, savedAt: row.saved_at };
}

export async function discardKeptForm(tx: Transaction, asker: Asker, path: string): Promise<void> {
  await tx
    .deleteFrom('identity.kept_form')
    .where('account_id', '=', asker.accountId)
    .where('path', '=', path)
    .execute();
}

/**
 * Keeps what arrived after its sender's session had ended. It is never carried out: its owner finds it on the same page
 * after signing in again. Says whether the session was one of ours.
 */
export async function keepFormOfEndedSession(
  service: Service,
  token: string,
  path: string,
  fields: Fields,
): Promise<boolean> {
  return await service.database.asVisitor(async (tx) => {
    const owner = await sql<{ account_id: string }>`
      select account_id from identity.owner_of_ended_session(${token}, ${applicationProof(service.keyring, 'owner-of-ended-session', token)})`.execute(
      tx,
    );
    const accountId = owner.rows[0]?.account_id;
    if (accountId === undefined) return false;
    const sealed = seal(service.keyring, accountId, path, fields);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(sealed))).toString('hex');
    const proof = applicationProof(service.keyring, 'keep-form', accountId, path, digest);
    await sql`
      select identity.keep_form(${accountId}, ${path}, ${sealed}, ${MOST_KEPT}, ${MOST_KEPT_OF_REFERRER}, ${proof})`.execute(
      tx,
    );
    return true;
  });
}
