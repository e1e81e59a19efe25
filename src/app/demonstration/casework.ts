import { randomUUID } from 'node:crypto';
import { addDays } from '../../platform/clock/plain-date.ts';
import { type Supported, scattered, type Teller } from './teller.ts';

const risks = [
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
  {
    level: 'low',
    reasons: 'No contact since the summer with those who exploited them. The number is changed.',
    protective: 'College four days a week, and a job on Saturdays.',
  },
] as const;

const goals = [
  ['“I want to sleep at home every night”', 'Agree at home who rings whom, and when'],
  ['“I want to finish my plastering course”', 'Ask the college about the days that were missed'],
  ['“I want people to stop ringing me”', 'Get a new number, and choose who has it'],
] as const;

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

  for (let ago = Math.min(since, 30); ago > 0; ago -= 7) {
    const failed = story.standing === 'not-engaged' || scattered(index, ago, 5) === 0;
    await insert('service.contact', {
      ...theirs,
      episode_id: episodeId,
      worker_id: workerId,
      happened_at: at(ago, 15),
      how: scattered(index, ago + 80, 2) === 0 ? 'telephone' : 'in-person',
      with_whom: scattered(index, ago + 40, 3) === 0 ? 'parent-or-carer' : 'young-person',
      outcome: failed ? 'no-answer' : 'reached',
      place: '',
    });
  }
  if (scattered(index, 41, 3) === 0 && !story.ending) {
    await insert('service.contact', {
      ...theirs,
      episode_id: episodeId,
      worker_id: workerId,
      planned_for: at(scattered(index, 42, 2) === 0 ? 0 : -2, 23),
      how: 'in-person',
      with_whom: 'young-person',
      outcome: 'planned',
      place: 'The café by the library',
    });
  }
  if (since < 10 || story.standing === 'not-engaged') return;

  const risk = story.risk ?? risks[scattered(index, 43, risks.length)] ?? risks[0];
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
    stands: 'We have met most weeks. School, the social worker and I speak every fortnight.',
    worries: risk.reasons,
    working_well: risk.protective,
    next: 'Meeting with the social worker next week about the summer.',
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
  const [words, what] = story.goal ?? goals[scattered(index, 47, goals.length)] ?? goals[0];
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
    from_on: day(90),
    status: !story.risk && scattered(index, 49, 3) === 0 ? 'not-in-education' : 'in-education',
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
  'A boy of their age waited outside the school with a bag for them, for the third time this month.',
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
