import { randomUUID } from 'node:crypto';
import { addDays } from '../../platform/clock/plain-date.ts';
import type { Story } from './stories.ts';
import { type Supported, scattered, type Teller } from './teller.ts';

/** What shows each of the eight items of a positive outcome: whether it is met, whose view that is, and the evidence. */
type Item = readonly ['yes' | 'no' | 'not-known', 'young-person' | 'professional' | 'both', string];

interface Ending {
  reason: string;
  summary: string;
  /** The risk as it was last assessed, which the closing does not contradict. */
  risk: NonNullable<Story['risk']>;
  /** What the case summary says comes next. */
  next: string;
  items: readonly [Item, Item, Item, Item, Item, Item, Item, Item];
  handover: string;
  feedback: string;
  followUp: 'agreed' | 'declined' | 'not-asked';
}

const endings: readonly Ending[] = [
  {
    reason: 'planned',
    summary:
      'We met every week, and towards the end every fortnight. The debt was named to the police, the telephone number was changed, and learning began again.',
    risk: {
      level: 'low',
      reasons:
        'Not missing for three months. The debt was named to the police, and nobody has asked for it since.',
      protective: 'The mentor, the family, and two friends who keep them safe.',
    },
    next: 'Ending support as we agreed, with the mentor and family support in place.',
    items: [
      [
        'yes',
        'young-person',
        '“I sleep. I did not use to.” Scored themselves 4 of 5 in the last two months.',
      ],
      ['yes', 'both', 'Not missing for three months. The police have closed the missing person plan.'],
      ['yes', 'professional', 'Used the safety plan twice without being asked, and told me afterwards.'],
      ['yes', 'professional', 'Explained to their brother what a debt bond is, in their own words.'],
      ['yes', 'young-person', 'Travels by another route, and says which shops they can step into.'],
      ['yes', 'both', 'Eats with the family again, and has two friends who keep them safe.'],
      ['no', 'professional', 'Still finds it hard to say no to an uncle. Family support goes on with this.'],
      [
        'yes',
        'young-person',
        'Has the mentor’s number and rang it twice. Has a named person where they learn.',
      ],
    ],
    handover: 'The mentor, and family support for another three months. Both met me and the family together.',
    feedback: '“You never asked me for names. That is why I told you things.”',
    followUp: 'agreed',
  },
  {
    reason: 'moved-away',
    summary:
      'The family was rehoused in another region. We met until the move and once by video after it, with the new worker.',
    risk: {
      level: 'low',
      reasons: 'No contact by the group since the move, as far as the police know. The place is new to them.',
      protective: 'Their mother, and the exploitation worker of the new area.',
    },
    next: 'Handing over to the exploitation team of the new area.',
    items: [
      ['yes', 'young-person', '“Nobody here knows my face.”'],
      ['yes', 'professional', 'No contact by the group since the move, as far as the police know.'],
      ['not-known', 'professional', 'The move came before the safety plan was practised.'],
      ['yes', 'both', 'Says “they used me” and not “I was stupid”.'],
      ['not-known', 'professional', 'Too early to say in a new place.'],
      ['yes', 'professional', 'Closer to their mother than at the start.'],
      ['yes', 'both', 'Chose the school, and told the housing officer why.'],
      ['yes', 'young-person', 'Registered with a doctor. Met the new exploitation worker by video.'],
    ],
    handover:
      'The exploitation team of the new area. Handed over by telephone and in writing, with the family’s consent.',
    feedback: '“I did not want to start again with somebody. But she came with you to the call.”',
    followUp: 'agreed',
  },
  {
    reason: 'disengaged',
    summary:
      'Met four times, then stopped answering. We tried by text, through the school and at home over six weeks, and told the social worker each time.',
    risk: {
      level: 'medium',
      reasons: 'Missing once in the last month. They do not see it as exploitation, and may not for a while.',
      protective: 'The youth club on Thursdays, where the youth worker knows how to reach us.',
    },
    next: 'Ending support. The social worker goes on, and anybody can refer again on the same day.',
    items: [
      ['not-known', 'young-person', ''],
      ['no', 'professional', 'Missing once in the last month. The social worker and the police know.'],
      ['not-known', 'professional', ''],
      ['no', 'professional', 'Does not see it as exploitation, and may not for a while.'],
      ['not-known', 'young-person', ''],
      ['not-known', 'professional', ''],
      ['yes', 'professional', 'Told us plainly that now is not the time. That is a decision of theirs.'],
      [
        'yes',
        'professional',
        'Goes to the youth club on Thursdays, where the youth worker knows how to reach us.',
      ],
    ],
    handover:
      'The social worker. The youth club keeps our card, and anybody can refer again on the same day.',
    feedback: '“Not now. Maybe later.”',
    followUp: 'not-asked',
  },
];

/** How the support of somebody ended, or is about to end. */
export const endingOf = (index: number): Ending | undefined =>
  endings[scattered(index, 81, endings.length)] ?? endings[0];

/** How support ended, or is about to: written by the worker, with the manager, returned by them, or signed off. */
export async function tellEnding(teller: Teller, about: Supported): Promise<void> {
  const { story, personId, episodeId, provider, worker, index } = about;
  if (!story.ending) return;
  const { state, daysAgo } = story.ending;
  const ending = endingOf(index);
  if (!ending) return;
  const id = randomUUID();
  const items = Object.fromEntries(
    ending.items.flatMap(([met, view, evidence], place) => [
      [`outcome_${place + 1}`, met],
      [`view_${place + 1}`, met === 'not-known' ? null : view],
      [`evidence_${place + 1}`, evidence],
    ]),
  );
  const waits = state === 'submitted' || state === 'signed-off';
  await teller.as(worker);
  await teller.insert('service.closing', {
    id,
    person_id: personId,
    episode_id: episodeId,
    organisation_id: provider.organisationId,
    reason: ending.reason,
    summary: ending.summary,
    ...items,
    harm: ending.reason === 'disengaged' ? 'same' : 'reduced',
    resilience: ending.reason === 'disengaged' ? 'not-known' : 'increased',
    county_lines: ending.reason === 'planned' ? 'ceased' : 'reduced',
    neet_at_start: story.learns === 'nowhere' ? 'yes' : 'no',
    neet_at_end: 'no',
    handover: state === 'returned' ? '' : ending.handover,
    feedback: ending.feedback,
    follow_up: ending.followUp,
    words_to_referrer:
      'The support that followed your referral has ended. If you are worried again, refer again: nothing is held against anybody who comes back.',
    // One that is signed off waited for it first.
    state: waits ? 'submitted' : state,
    ...(state === 'draft'
      ? {}
      : { submitted_by: worker.id, submitted_at: teller.at(Math.max(1, daysAgo + 2), 15) }),
    comments:
      state === 'returned'
        ? 'Say who goes on supporting them: the social worker, and who else? Then I sign.'
        : '',
  });
  if (state !== 'signed-off') return;
  await teller.as(provider.managing);
  await teller.call('select need_to_know.sign_off_closing($1, $2)', [id, teller.at(daysAgo, 16)]);
  if (ending.followUp !== 'agreed' || daysAgo < 95 || scattered(index, 83, 2) === 0) return;
  await teller.as(worker);
  await teller.call(
    `update service.follow_up set done_on = $2, reached = 'reached', safe = 'yes', what = $3
     where person_id = $1 and months = 3`,
    [
      personId,
      addDays(teller.today, -(daysAgo - 95)),
      'Spoke for ten minutes. They still go where they learn, and they have not been contacted by anybody. They will ring if that changes.',
    ],
  );
}
