import { addDays } from '../../platform/clock/plain-date.ts';
import { type Cast, named, scattered, type Teller } from './teller.ts';

/** What changes a life while a record lasts: another borough, growing up, a death. */
export async function tellLifeEvents(teller: Teller, { operations, supported }: Cast): Promise<void> {
  const { today } = teller;
  const moved = named(supported, 'Delgado-Finch');
  await teller.as(operations);
  await teller.call(
    'select need_to_know.move_person($1, (select area from service.person where id = $1), $2, $3, $4, $5)',
    [
      moved.personId,
      'E09000022',
      addDays(today, -12),
      'Her foster carer moved, and she went along. She stays at her school.',
      'Both boroughs’ contacts, by telephone, with her social worker',
    ],
  );

  const died = named(supported, 'Achterberg');
  await teller.as(died.provider.managing);
  await teller.call('select need_to_know.record_death($1, $2, $3, $4)', [
    died.personId,
    addDays(today, -(died.story.diedDaysAgo ?? 0)),
    'His mother, who rang his worker from the hospital. He had been ill for months.',
    'His social worker, the college and the coordinator. His worker has time with the manager today.',
  ]);

  for (const each of supported) {
    const { story, personId, provider, worker, index } = each;
    if (story.age !== 17 || story.ending || scattered(index, 91, 3) === 0) continue;
    await teller.as(worker);
    await teller.insert('service.transition_plan', {
      person_id: personId,
      organisation_id: provider.organisationId,
      adult_services:
        'The leaving care team has met them once. Adult social care will not assess before they are 18.',
      led_by: 'Their personal adviser, with their worker',
      consent:
        'From their birthday it is theirs alone. They know, and want their mother told what they choose.',
      sharing: 'The college and the personal adviser, as they agreed in writing.',
      nrm: 'An adult’s decision needs their own consent. The solicitor explains it.',
      housing: 'Stays where they are until they are 18. On the list of the supported housing scheme.',
      benefits: 'The bursary goes on. The job centre visit is booked for the week after the birthday.',
      wishes: '“I want the same worker. And I want to be asked.”',
      reviewed_on: addDays(today, -15),
      review_due_on: addDays(today, 60),
    });
  }
}
