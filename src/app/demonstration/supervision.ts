import { randomUUID } from 'node:crypto';
import { type Supported, scattered, type Teller } from './teller.ts';

/** What managers decided in supervision, and the notes that wait for their word: every third case, the older ones. */
export async function tellSupervision(teller: Teller, supported: readonly Supported[]): Promise<void> {
  for (const each of supported) {
    if (each.story.ending || each.story.diedDaysAgo || each.since < 27) continue;
    const { personId, provider, worker, index } = each;
    const note = async (by: typeof worker, row: Record<string, unknown>) => {
      const id = randomUUID();
      await teller.as(by);
      await teller.insert('service.case_note', {
        id,
        person_id: personId,
        organisation_id: provider.organisationId,
        author_id: by.id,
        present: '',
        ...row,
      });
      return id;
    };
    if (scattered(index, 71, 3) > 0) {
      await note(provider.managing, {
        kind: 'supervision-decision',
        happened_at: teller.at(6 + scattered(index, 74, 20), 10),
        present: worker.name,
        fact: 'We looked at the risk, the safety plan and who else is round them. Decided: weekly contact goes on; the safety plan is practised before the next weekend; the social worker is asked for the date of the next meeting.',
        opinion:
          'The trust is there. What protects them is the routine, and it must not depend on one worker.',
      });
    }
    // Those with a story have notes of their own.
    if (each.story.network || scattered(index, 72, 7) > 0) continue;
    const incident = await note(worker, {
      kind: 'incident',
      happened_at: teller.at(3, 18),
      present: 'The young person',
      fact: 'They rang at 6pm from a station outside London and asked to be met. I stayed on the telephone until the transport police were with them. They were home at 9.40pm.',
      voice: '“I rang you because you said I could.”',
      needs_sign_off: true,
    });
    if (scattered(index, 73, 2) === 0) continue;
    await teller.as(provider.managing);
    await teller.insert('service.note_sign_off', {
      note_id: incident,
      note_version: 1,
      person_id: personId,
      organisation_id: provider.organisationId,
      signed_by: provider.managing.id,
      at: teller.at(2, 9),
      comment: 'Read. Well done for staying on the line. Put the station into the trigger profile.',
    });
  }
}
