import { randomUUID } from 'node:crypto';
import { addDays } from '../../platform/clock/plain-date.ts';
import { isWorkingDay } from '../../platform/clock/working-days.ts';
import { endingOf } from './endings.ts';
import type { Story } from './stories.ts';
import { type Supported, scattered, type Teller, workingDayAgo } from './teller.ts';

type Learns = NonNullable<Story['learns']>;

const risks: Readonly<Record<Learns, readonly NonNullable<Story['risk']>[]>> = {
  school: [
    {
      level: 'medium',
      reasons: 'At home and at school. Two older young people still wait outside on Fridays, a carer says.',
      protective: 'Their mother, their form tutor, football on Tuesdays.',
    },
    {
      level: 'high',
      reasons: 'Missing twice this month and found in another county. Says that money is owed to somebody.',
      protective: 'Rings a grandmother every day, and answers when I text.',
    },
  ],
  college: [
    {
      level: 'low',
      reasons: 'No contact for some months with those who exploited them. The number is changed.',
      protective: 'College four days a week, and a job on Saturdays.',
    },
    {
      level: 'high',
      reasons: 'Missing twice this month and found in another county. Says that money is owed to somebody.',
      protective: 'Rings a grandmother every day, and answers when I text.',
    },
  ],
  nowhere: [
    {
      level: 'medium',
      reasons: 'The days are long and empty, and two older people know it and ring.',
      protective: 'An older sister, whom they see on most evenings.',
    },
    {
      level: 'high',
      reasons: 'Missing twice this month and found in another county. Says that money is owed to somebody.',
      protective: 'Rings a grandmother every day, and answers when I text.',
    },
  ],
};

const goals: Readonly<Record<Learns, readonly (readonly [string, string])[]>> = {
  school: [
    ['“I want to sleep at home every night”', 'Agree at home who rings whom, and when'],
    ['“I want people to stop ringing me”', 'Get a new number, and choose who has it'],
  ],
  college: [
    ['“I want to finish my plastering course”', 'Ask the college about the days that were missed'],
    ['“I want people to stop ringing me”', 'Get a new number, and choose who has it'],
  ],
  nowhere: [
    ['“I want a course that I choose”', 'Go to the open evening of the college together'],
    ['“I want to sleep at home every night”', 'Agree at home who rings whom, and when'],
  ],
};

/** How contact is made that a kind of note tells of; a note of another kind tells of none with the young person. */
const contactOf: Readonly<Record<string, { how: string; outcome: string }>> = {
  'contact-in-person': { how: 'in-person', outcome: 'reached' },
  visit: { how: 'in-person', outcome: 'reached' },
  'contact-telephone': { how: 'telephone', outcome: 'reached' },
  'contact-message': { how: 'text', outcome: 'reached' },
  'contact-attempted': { how: 'in-person', outcome: 'did-not-come' },
};

/** The notes of somebody's worker, each with the contact that it tells of, and contact between them of which none tells. */
async function tellContacts(teller: Teller, about: Supported): Promise<void> {
  const { insert, today } = teller;
  const { personId, episodeId, story, index, worker } = about;
  const theirs = { person_id: personId, organisation_id: about.provider.organisationId };
  // Whatever is told of came before support ended.
  const ended = story.ending?.daysAgo ?? story.diedDaysAgo ?? 0;
  const notes = story.standing ? [] : story.notes;
  const told = new Set<number>();
  for (const [place, note] of notes.entries()) {
    const ago = workingDayAgo(today, note.daysAgo + (story.ending?.daysAgo ?? 0));
    told.add(ago);
    const happenedAt = teller.at(ago, story.network ? 16 : 9 + scattered(index, 55 + place, 8));
    const noteId = randomUUID();
    await insert('service.case_note', {
      id: noteId,
      ...theirs,
      author_id: worker.id,
      kind: note.kind,
      happened_at: happenedAt,
      present: note.present,
      fact: note.fact,
      opinion: note.opinion ?? '',
      voice: note.voice ?? '',
    });
    const contact = contactOf[note.kind];
    if (contact)
      await insert('service.contact', {
        ...theirs,
        ...contact,
        episode_id: episodeId,
        worker_id: worker.id,
        happened_at: happenedAt,
        with_whom: 'young-person',
        place: '',
        note_id: noteId,
      });
  }
  // Every week after the first time; whoever is not engaged is tried from the start.
  const first = Math.max(0, ...notes.map(({ daysAgo }) => daysAgo)) + (story.ending?.daysAgo ?? 0);
  const from = story.standing === 'not-engaged' ? about.since : first - 7;
  for (let ago = Math.min(from, ended + 28 + scattered(index, 56, 5)); ago > ended + 2; ago -= 7) {
    const day = workingDayAgo(today, ago);
    if (told.has(day) || day <= ended) continue;
    const failed = story.standing === 'not-engaged' || scattered(index, ago, 5) === 0;
    // Those with a story are met: some of them must not be rung.
    const isTelephone = story.learns !== undefined && scattered(index, ago + 80, 2) === 0;
    const isCarer = !failed && story.learns !== undefined && scattered(index, ago + 40, 3) === 0;
    await insert('service.contact', {
      ...theirs,
      episode_id: episodeId,
      worker_id: worker.id,
      happened_at: teller.at(day, 9 + scattered(index, ago + 120, 8)),
      how: isTelephone ? 'telephone' : 'in-person',
      with_whom: isCarer ? 'parent-or-carer' : 'young-person',
      outcome: failed ? 'no-answer' : 'reached',
      place: '',
    });
  }
}

/** Hours of a worker's day, in UTC, and places, for what is planned: one after another. */
const hours = [9, 11, 13, 15];
const places = ['The library', 'At home', 'The youth hub', 'The office', 'The café by the station'];

/** What each worker has planned for the next working days: never two at once. */
export async function tellPlannedContacts(teller: Teller, supported: readonly Supported[]): Promise<void> {
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => isWorkingDay(addDays(teller.today, day)));
  const planned = new Map<string, number>();
  for (const { personId, episodeId, provider, worker, story, index } of supported) {
    const place = planned.get(worker.id) ?? 0;
    const day = days[Math.floor(place / hours.length)];
    const hour = hours[place % hours.length];
    const isOver = story.ending !== undefined || story.diedDaysAgo !== undefined;
    if (isOver || day === undefined || hour === undefined || scattered(index, 41, 3) > 0) continue;
    planned.set(worker.id, place + 1);
    await teller.as(worker);
    await teller.insert('service.contact', {
      person_id: personId,
      organisation_id: provider.organisationId,
      episode_id: episodeId,
      worker_id: worker.id,
      planned_for: teller.at(-day, hour),
      how: 'in-person',
      with_whom: 'young-person',
      outcome: 'planned',
      place: places[scattered(index, 42, places.length)],
    });
  }
}

const beside: Readonly<Record<Learns, string>> = {
  school: 'School, the social worker and I speak every fortnight.',
  college: 'The college and I speak every fortnight, as they agreed.',
  nowhere: 'Those who look for a course with them and I speak every fortnight.',
};

/** What casework of some weeks leaves behind: contact, risk, plans, consent, progress, and now and then a concern. */
export async function tellCasework(teller: Teller, about: Supported): Promise<void> {
  const { insert } = teller;
  const { personId, episodeId, story, index } = about;
  const { area, age } = story;
  const { organisationId } = about.provider;
  const workerId = about.worker.id;
  // Whatever the casework tells of came before support ended.
  const ended = story.ending?.daysAgo ?? 0;
  const since = about.since - ended;
  const theirs = { person_id: personId, organisation_id: organisationId };
  const at = (ago: number, hour: number) => teller.at(ago + ended, hour);
  const day = (ago: number) => addDays(teller.today, -(ago + ended));

  await tellContacts(teller, about);
  if (since < 10 || story.standing === 'not-engaged') return;

  const learns = story.learns ?? 'school';
  const ending = story.ending && endingOf(index);
  const risk = ending?.risk ?? story.risk ?? risks[learns][scattered(index, 43, 2)];
  await insert('service.risk_assessment', {
    ...theirs,
    episode_id: episodeId,
    ...risk,
    being_done: 'Weekly contact, and a call on Friday afternoons.',
    assessed_by: workerId,
    assessed_at: at(Math.min(since, 20), 12),
    review_on: day(scattered(index, 44, 5) === 0 ? 2 : -12),
  });
  await insert('service.case_summary', {
    ...theirs,
    area,
    stands: `We have met most weeks. ${beside[learns]}`,
    worries: risk?.reasons ?? '',
    working_well: risk?.protective ?? '',
    next: ending?.next ?? 'Meeting next week about who does what from now on.',
    refresh_by: day(scattered(index, 45, 8) === 0 ? 5 : -60),
  });
  await insert('service.safety_plan', {
    ...theirs,
    made_with: 'Their mother',
    home: 'I keep my phone charged in the kitchen.',
    travel: 'I text when I get on the bus and when I get off.',
    people: 'Mum, Auntie, my worker.',
    if_missing: 'I ring from anybody’s phone. They come and get me and ask nothing that night.',
    triggers: 'When they say I owe them.',
    occasion: 'made',
    reviewed_on: day(Math.min(since, 60)),
    review_due_on: day(scattered(index, 46, 7) === 0 ? 1 : -30),
  });
  const [words, what] = story.goal ?? goals[learns][scattered(index, 47, 2)] ?? [];
  const goalId = randomUUID();
  await insert('service.goal', {
    id: goalId,
    ...theirs,
    episode_id: episodeId,
    words,
    why: '',
    status: 'going',
    set_on: day(Math.min(since, 30)),
    review_due_on: day(-40),
  });
  await insert('service.goal_step', {
    ...theirs,
    goal_id: goalId,
    what,
    owner: 'worker',
    due_on: day(scattered(index, 48, 6) === 0 ? 1 : -9),
    status: 'going',
  });
  await insert('service.sharing_decision', {
    ...theirs,
    kind: 'support',
    what: 'To be supported by us, and what is written down',
    consent: 'given',
    asked: age < 16 ? 'both' : 'young-person',
    shared: 'not-asked',
    decided_by: 'Their worker',
    decided_on: day(Math.min(since, 30)),
  });
  await insert('service.ete_period', {
    ...theirs,
    // Who learned nowhere when support began does when it has ended.
    from_on: day(learns === 'nowhere' && story.ending ? 10 : 90),
    status: learns === 'nowhere' && !story.ending ? 'not-in-education' : 'in-education',
    place: '',
  });
  if (index % 2 === 0) {
    await insert('service.onward_referral', {
      ...theirs,
      episode_id: episodeId,
      service: index % 4 === 0 ? 'emotional-and-mental-health' : 'education',
      made_on: day(8),
      engaged: index % 4 === 0 ? 'unknown' : 'yes',
    });
  }
  if (scattered(index, 50, 9) === 0 && !story.ending) await tellConcern(teller, about);
}

const worries = [
  'They said on the telephone that somebody had taken their door key and told them to leave a window open.',
  'Somebody of their age waited outside the house with a bag for them, for the third time this month.',
  'They have been given a second telephone and must answer it within a minute, day and night.',
] as const;

/** A concern that children’s social care was told of: most have answered, and some are late. */
async function tellConcern({ insert, at, today }: Teller, about: Supported): Promise<void> {
  const { personId, episodeId, worker, provider, story, index } = about;
  const theirs = { person_id: personId, organisation_id: provider.organisationId, area: story.area };
  const isAnswered = scattered(index, 52, 3) > 0;
  const ago = isAnswered ? 4 : 1 + scattered(index, 53, 2);
  const concernId = randomUUID();
  await insert('service.concern', {
    id: concernId,
    ...theirs,
    episode_id: episodeId,
    what: worries[scattered(index, 51, worries.length)],
    danger: false,
    happened_at: at(ago, 17),
    raised_by: worker.id,
    raised_at: at(ago, 18),
  });
  await insert('service.concern_told', {
    ...theirs,
    concern_id: concernId,
    agency: 'social-care',
    state: 'told',
    name: 'The duty social worker',
    told_by: worker.id,
    told_at: at(ago, 18),
    ...(isAnswered
      ? { answer: 'A visit today, and a discussion with the police.', answered_at: at(ago - 1, 11) }
      : { due_on: addDays(today, ago === 1 ? 1 : -1) }),
  });
}

/** A concern that was answered, and what came of it: of one young person with a story. */
export async function tellAnsweredConcern({ insert, at, as }: Teller, about: Supported): Promise<void> {
  const { personId, episodeId, worker, provider, story } = about;
  const theirs = { person_id: personId, organisation_id: provider.organisationId, area: story.area };
  const concernId = randomUUID();
  await as(worker);
  await insert('service.concern', {
    id: concernId,
    ...theirs,
    episode_id: episodeId,
    what: 'Chloe showed me messages in which he says that he will come to her aunt’s if she does not answer.',
    words: '“He knows which window is mine.”',
    happened_at: at(8, 14),
    danger: true,
    danger_done: 'Her aunt locked the door and stayed with her. I rang 999 from the kitchen.',
    raised_by: worker.id,
    raised_at: at(8, 15),
    closed_at: at(5, 16),
    closed_by: worker.id,
    outcome: 'police-acting',
    outcome_reason: 'The police spoke to him and have the messages. Her aunt has an alarm.',
    decided_by: 'The team manager of children’s social care',
  });
  for (const [agency, name, answer] of [
    ['police', 'The emergency operator', 'An officer came within twenty minutes.'],
    ['social-care', 'The duty social worker', 'A strategy discussion took place on the next day.'],
    ['designated-lead', 'The designated safeguarding lead', 'Agreed with what was done.'],
  ] as const) {
    await insert('service.concern_told', {
      ...theirs,
      concern_id: concernId,
      agency,
      state: 'told',
      name,
      how: 'By telephone',
      told_by: worker.id,
      told_at: at(8, 15),
      answer,
      answered_at: at(7, 11),
    });
  }
  await insert('service.concern_development', {
    ...theirs,
    concern_id: concernId,
    text: 'Chloe slept at home. She asked whether she had done wrong by telling. I said what telling did.',
    written_by: worker.id,
    written_at: at(7, 12),
  });
}
