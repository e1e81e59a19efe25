import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, LAMBETH, noteAbout, youngPerson } from '../../test/support/young-person.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { contactKinds, noteKinds } from './case-note.ts';
import { type Contact, contactHows, contactOutcomes, contactPeople, isSpokenWith } from './contact.ts';
import { recordContact } from './contact-commands.ts';
import { engagementFrom, engagementInWords } from './engagement.ts';
import { engagementsOf } from './engagement-queries.ts';

describe('the rule', () => {
  const spoken = new Date('2026-05-03T23:30:00Z');

  test('takes the day, in London, of the first time they were spoken with', () => {
    expect(engagementFrom({ firstSpokenAt: spoken, importedOn: null })).toEqual({
      since: '2026-05-04',
      from: 'contact',
    });
  });

  test('takes the imported date where nothing is recorded here, or where it is earlier', () => {
    const importedOn = plainDate('2025-01-09');
    const imported = { since: '2025-01-09', from: 'import' };
    expect(engagementFrom({ firstSpokenAt: null, importedOn })).toEqual(imported);
    expect(engagementFrom({ firstSpokenAt: spoken, importedOn })).toEqual(imported);
    expect(engagementFrom({ firstSpokenAt: spoken, importedOn: plainDate('2026-06-01') })).toMatchObject({
      since: '2026-05-04',
    });
  });

  test('says that nobody is engaged otherwise', () => {
    expect(engagementFrom({ firstSpokenAt: null, importedOn: null })).toBeNull();
    expect(engagementInWords(null)).toBe('Not engaged yet');
    expect(engagementInWords({ since: plainDate('2026-05-04'), from: 'contact' })).toBe(
      'Engaged since 4 May 2026',
    );
  });
});

describe('in the database', () => {
  let given: TestService;
  let ours: { organisationId: string; teamId: string };
  let worker: Someone;
  beforeAll(async () => {
    given = await testService();
    ours = await provider(given.owner);
    worker = await someone(given.owner, 'caseworker', ours);
  });
  afterAll(() => given.stop());

  /** A young person who was allocated to us 100 days ago. */
  async function ourCase(): Promise<{ personId: string; allocationId: string }> {
    const { id: personId } = await youngPerson(given.owner);
    const { allocationId } = await allocated(given.owner, personId, ours);
    return { personId, allocationId };
  }

  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  async function contactWith(
    personId: string,
    contact: Partial<Contact> = {},
    { at = daysAgo(10), organisationId = ours.organisationId } = {},
  ): Promise<void> {
    const { how = 'telephone', withWhom = 'young-person', outcome = 'reached' } = contact;
    await given.owner.query(
      `insert into service.contact (person_id, organisation_id, worker_id, how, with_whom, outcome, planned_for, happened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        personId,
        organisationId,
        worker.accountId,
        how,
        withWhom,
        outcome,
        at,
        outcome === 'planned' ? null : at,
      ],
    );
  }

  async function engagementOf(who: Someone, personId: string, allocationId: string) {
    const begun = await given.service.database.asPerson(who.token, (tx) => engagementsOf(tx, [personId]));
    return begun?.result.get(allocationId);
  }
  const isEngaged = async ({ personId, allocationId }: { personId: string; allocationId: string }) =>
    ((await engagementOf(worker, personId, allocationId))?.engagement ?? null) !== null;

  test('a contact counts exactly where the rule in words says that they were spoken with', async () => {
    for (const { code: how } of contactHows) {
      for (const { code: withWhom } of contactPeople) {
        for (const outcome of [...contactOutcomes.map(({ code }) => code), 'planned' as const]) {
          const one = await ourCase();
          await contactWith(one.personId, { how, withWhom, outcome });
          expect([how, withWhom, outcome, await isEngaged(one)]).toEqual([
            how,
            withWhom,
            outcome,
            isSpokenWith({ how, withWhom, outcome }),
          ]);
        }
      }
    }
  }, 60_000);

  test('a note counts exactly where its kind tells of contact', async () => {
    for (const { code: kind } of noteKinds) {
      const one = await ourCase();
      await noteAbout(given.owner, one.personId, worker, ours.organisationId, {
        fact: 'x',
        kind,
        happenedAt: daysAgo(10).toISOString(),
      });
      expect([kind, await isEngaged(one)]).toEqual([kind, contactKinds.includes(kind)]);
    }
  });

  test('not before the day of the allocation, nor by another provider, nor by a note that was removed', async () => {
    const before = await ourCase();
    await contactWith(before.personId, {}, { at: daysAgo(102) });
    expect(await isEngaged(before)).toBe(false);
    const others = await ourCase();
    const other = await provider(given.owner);
    await contactWith(others.personId, {}, { organisationId: other.organisationId });
    expect(await isEngaged(others)).toBe(false);
    const removed = await ourCase();
    const noteId = await noteAbout(given.owner, removed.personId, worker, ours.organisationId, {
      fact: 'x',
      happenedAt: daysAgo(10).toISOString(),
    });
    expect(await isEngaged(removed)).toBe(true);
    await given.owner.query(
      `update service.case_note set deleted_at = now(), deleted_by = $2, delete_reason = 'x', fact = '' where id = $1`,
      [noteId, worker.accountId],
    );
    expect(await isEngaged(removed)).toBe(false);
  });

  test('on the very day of the allocation, though a minute is earlier than a second', async () => {
    const one = await ourCase();
    await given.owner.query(
      `update service.allocation set started_at = '2026-07-01T10:00:30Z' where id = $1`,
      [one.allocationId],
    );
    await contactWith(one.personId, {}, { at: new Date('2026-06-30T23:05:00Z') });
    expect((await engagementOf(worker, one.personId, one.allocationId))?.engagement).toEqual({
      // Five past midnight in London.
      since: '2026-07-01',
      from: 'contact',
    });
  });

  test('each reader learns the day for the allocations that they may see, and no other', async () => {
    const { owner } = given;
    const one = await ourCase();
    await contactWith(one.personId);
    const elsewhere = await provider(owner);
    const sees = async (who: Someone) =>
      (await engagementOf(who, one.personId, one.allocationId))?.engagement?.from ?? 'nothing';
    const readers = {
      coordinator: await someone(owner, 'coordinator', { areas: [LAMBETH] }),
      spoc: await someone(owner, 'spoc', { areas: [LAMBETH] }),
      manager: await someone(owner, 'provider-manager', { organisationId: ours.organisationId }),
      operations: await someone(owner, 'operations-manager'),
    };
    for (const [role, who] of Object.entries(readers))
      expect([role, await sees(who)]).toEqual([role, 'contact']);
    const strangers = {
      coordinator: await someone(owner, 'coordinator', { areas: ['E09000007'] }),
      worker: await someone(owner, 'caseworker', elsewhere),
      manager: await someone(owner, 'provider-manager', { organisationId: elsewhere.organisationId }),
    };
    for (const [role, who] of Object.entries(strangers))
      expect([role, await sees(who)]).toEqual([role, 'nothing']);
  });

  test('a contact cannot name the note of somebody else, nor be made in another’s name', async () => {
    const [one, two] = [await ourCase(), await ourCase()];
    const noteId = await noteAbout(given.owner, two.personId, worker, ours.organisationId, { fact: 'x' });
    const asWorker = <Result>(work: (tx: Transaction, asker: Asker) => Promise<Result>) =>
      given.service.database.asPerson(worker.token, work);
    const made = {
      how: 'text',
      withWhom: 'young-person',
      outcome: 'reached',
      place: '',
      happenedAt: daysAgo(1),
    } as const;
    const begun = await asWorker((tx, asker) => recordContact(tx, asker, one.personId, made));
    const link = (id: string) =>
      inCommand(given.service.database, worker.token, (tx) =>
        tx
          .updateTable('service.contact')
          .set({ note_id: id })
          .where('id', '=', begun?.result ?? '')
          .execute(),
      );
    await expect(link(noteId)).rejects.toThrow('row-level security');
    await link(await noteAbout(given.owner, one.personId, worker, ours.organisationId, { fact: 'x' }));
    await expect(
      asWorker((tx, asker) => recordContact(tx, { ...asker, accountId: randomUUID() }, one.personId, made)),
    ).rejects.toThrow('row-level security');
  });
});
