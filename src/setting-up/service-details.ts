import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** What a service is called, how it is reached and who answers for it. What was not given yet is an empty text. */
export interface ServiceDetails {
  serviceName: string;
  telephone: string;
  email: string;
  hours: string;
  postalAddress: string;
  /** The organisation that decides what is kept, and why (UK GDPR, article 4(7)). */
  controller: string;
  /** Where people write to about their data. */
  dataProtectionContact: string;
}

/** The details of this service, with the version that a change is made from. */
export async function findServiceDetails(tx: Transaction): Promise<ServiceDetails & { version: number }> {
  const row = await tx
    .selectFrom('reference.service_details')
    .select([
      'service_name as serviceName',
      'telephone',
      'email',
      'hours',
      'postal_address as postalAddress',
      'controller',
      'data_protection_contact as dataProtectionContact',
      'version',
    ])
    .executeTakeFirstOrThrow();
  return row;
}

/** Changes the details. @returns false when somebody has changed them since `version`. */
export async function changeServiceDetails(
  tx: Transaction,
  { version, ...details }: ServiceDetails & { version: number },
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'service-details-changed',
    subject: { kind: 'service-details', id: null },
  });
  const changed = await tx
    .updateTable('reference.service_details')
    .set({
      service_name: details.serviceName,
      telephone: details.telephone,
      email: details.email,
      hours: details.hours,
      postal_address: details.postalAddress,
      controller: details.controller,
      data_protection_contact: details.dataProtectionContact,
    })
    .where('version', '=', version)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** The service's name alone, for what every page and message begins with. */
export async function findServiceName(tx: Transaction): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select service_name as name from reference.service_details`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('The database has no details of the service');
  return row.name;
}
