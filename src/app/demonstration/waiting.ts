import { type Cast, scattered, type Teller } from './teller.ts';

/** What is done for those who wait for a provider, and who was moved before others and why. */
export async function tellWaiting(teller: Teller, { referred }: Cast): Promise<void> {
  const waiting = referred.filter(({ story, episodeId }) => story.stage === 'accepted' && episodeId !== null);
  for (const [place, { story, personId, episodeId, coordinator }] of waiting.entries()) {
    const isMovedUp = story.familyName === 'Whitmore';
    // For some there is nothing yet, and their coordinator is to see that.
    if (!isMovedUp && place % 3 === 0) continue;
    await teller.as(coordinator);
    await teller.insert('service.waiting_entry', {
      person_id: personId,
      episode_id: episodeId,
      area: story.area,
      meanwhile: isMovedUp
        ? 'I ring his grandmother on Mondays and Thursdays, and the missing persons unit every morning.'
        : 'A text every week to whoever referred them, who tells the young person that they are not forgotten.',
      local_provision: isMovedUp
        ? 'The borough’s youth worker sees him at school twice a week until a worker of ours begins.'
        : 'A place at the borough’s youth hub on two evenings a week.',
      ...(isMovedUp
        ? {
            moved_up_at: teller.at(2, 13),
            moved_up_reason: 'risk-increased',
            moved_up_why:
              'Missing again on two nights this week, and found with an adult whom the county force knows.',
          }
        : {}),
    });
  }
}

/** The boroughs' contacts say that they have seen a referral; some are still to be seen. */
export async function tellAcknowledgements(teller: Teller, { referred, contacts }: Cast): Promise<void> {
  for (const { story, referralId, index } of referred) {
    const contact = contacts.find(({ areas }) => areas.includes(story.area));
    if (!contact || story.receivedDaysAgo < 2 || scattered(index, 95, 5) === 0) continue;
    await teller.as(contact);
    await teller.insert('service.borough_acknowledgement', {
      referral_id: referralId,
      area: story.area,
      acknowledged_by: contact.id,
      at: teller.at(story.receivedDaysAgo - 1, 14),
      note: index % 3 === 0 ? 'Known to our early help team, who see them on Wednesdays.' : '',
    });
  }
}
