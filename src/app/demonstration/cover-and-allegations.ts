import { addDays } from '../../platform/clock/plain-date.ts';
import type { Cast, Teller } from './teller.ts';

/** A borough's contact who is away, and who receives allegations against staff: one of them was looked into and closed. */
export async function tellCoverAndAllegations(teller: Teller, cast: Cast): Promise<void> {
  const { contacts, operations, providers } = cast;
  const [away, standIn] = contacts;
  if (away && standIn) {
    await teller.as(away);
    await teller.insert('identity.borough_cover', {
      grant_id: away.grantId,
      stand_in_id: standIn.id,
      starts_on: addDays(teller.today, 5),
      ends_on: addDays(teller.today, 19),
      named_by: away.id,
    });
  }
  await teller.as(operations);
  await teller.insert('service.allegation_recipient', { account_id: operations.id, named_by: operations.id });
  const [provider] = providers;
  if (!provider) return;
  await teller.as(provider.managing);
  await teller.insert('service.allegation', {
    organisation_id: provider.organisationId,
    about_name: 'A sessional worker, known to the manager',
    what: 'Gave a young person a lift alone and did not tell the office.',
    happened: 'On the way back from a group outing',
    raised_by: provider.managing.id,
    raised_at: teller.at(30, 10),
    officer_told_at: teller.at(30, 12),
    officer_name: 'The designated officer of the borough',
    being_done: 'The worker was not with young people while it was looked into.',
    outcome: 'No harm was found. The worker was trained anew and works beside another for three months.',
    closed_at: teller.at(18, 16),
  });
}
