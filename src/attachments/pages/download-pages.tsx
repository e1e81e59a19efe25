import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { fileTypes } from '../../platform/files/file-type.ts';
import { type Answer, download, missing, page } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { findCleanFile } from '../attachment-queries.ts';
import { readersOfFiles } from './person-files-page.tsx';

/** A file of a young person, handed out and never shown: clean ones alone, each time recorded. */
export const personFilePage = page({
  path: '/people/:person/files/:file',
  for: readersOfFiles,
  params: z.object({ person: z.uuid(), file: z.uuid() }),
  get: ({ tx, service, params }) =>
    handOut(tx, service, { person: params.person }, params.file, params.person),
});

/** A file of a referral, the same way. */
export const referralFilePage = page({
  path: '/referrals/:referral/files/:file',
  for: ['coordinator', 'analyst', 'operations-manager'],
  params: z.object({ referral: z.uuid(), file: z.uuid() }),
  async get({ tx, service, params }) {
    const about = await tx
      .selectFrom('service.referral')
      .select('person_id')
      .where('id', '=', params.referral)
      .executeTakeFirst();
    return about ? await handOut(tx, service, params, params.file, about.person_id) : missing();
  },
});

async function handOut(
  tx: Transaction,
  { keyring }: Service,
  of: { referral: string } | { person: string },
  id: string,
  personId: string | null,
): Promise<Answer> {
  const file = await findCleanFile(tx, keyring, of, id);
  if (!file) return missing();
  await recordLook(tx, { action: 'download-file', subject: { kind: 'attachment', id }, personId });
  return download(file.name, fileTypes[file.type].media, file.content);
}
