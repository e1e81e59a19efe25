import { sql } from 'kysely';
import type { Database } from '../platform/database/transaction.ts';

/**
 * Removes what has run out: forms that were carried out long ago, attempts, kept forms, used links, links in messages,
 * referral drafts that nobody sent. What has run out is said by the policies of the task's role, which can reach
 * nothing else.
 *
 * @param database on the connection of the jobs login.
 * @returns how much of each was removed; the audit has it too, unless it was nothing.
 */
export async function keepHouse(database: Database): Promise<Record<string, number>> {
  return await database.asTask('housekeeping', async (tx) => {
    const gone = async (
      table:
        | 'identity.submission'
        | 'identity.attempt'
        | 'identity.kept_form'
        | 'identity.link'
        | 'service.referral_draft',
    ) => Number((await tx.deleteFrom(table).executeTakeFirstOrThrow()).numDeletedRows);
    const messageLinks = await tx
      .updateTable('messages.message')
      .set({ secret_sealed: null })
      .where('secret_sealed', 'is not', null)
      .executeTakeFirstOrThrow();
    const removed = {
      submissions: await gone('identity.submission'),
      attempts: await gone('identity.attempt'),
      keptForms: await gone('identity.kept_form'),
      links: await gone('identity.link'),
      messageLinks: Number(messageLinks.numUpdatedRows),
      referralDrafts: await gone('service.referral_draft'),
    };
    if (Object.values(removed).some((count) => count > 0)) {
      await sql`select audit.task('housekeeping', null, null, null, ${JSON.stringify(removed)}::jsonb)`.execute(
        tx,
      );
    }
    return removed;
  });
}
