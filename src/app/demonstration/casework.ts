import { randomUUID } from 'node:crypto';
import { addDays, type PlainDate } from '../../platform/clock/plain-date.ts';

type Row = Record<string, unknown>;

/** Puts rows into the demonstration's database, dated relative to when it is made. */
export interface Teller {
  insert(into: string, row: Row): Promise<void>;
  today: PlainDate;
  /** So many days ago, at an hour of the day in UTC, and never in the future; a negative number is days to come. */
  at(daysAgo: number, hour: number): Date;
}

/** Somebody whom a provider supports, and who they are to each other. */
export interface Supported {
  personId: string;
  episodeId: string;
  area: string;
  organisationId: string;
  workerId: string;
  /** Days since they were allocated. */
  since: number;
  age: number;
  /** Which of the stories this is: what varies from one to the next follows it. */
  index: number;
}

const risks = [
  {
    level: 'medium',
    reasons: 'He is at home and at school. Two older boys still wait for him on Fridays, his mother says.',
    protective: 'His mother, his form tutor, football on Tuesdays.',
  },
  {
    level: 'high',
    reasons: 'Missing twice this month and found in another county. He says that he owes money to somebody.',
    protective: 'He rings his grandmother every day and answers when I text.',
  },
  {
    level: 'low',
    reasons: 'No contact with those who exploited him since the summer. He has changed his number.',
    protective: 'College four days a week, and a job on Saturdays.',
  },
] as const;

const goals = [
  ['“I want to sleep at home every night”', 'Agree with his mother when he rings'],
  ['“I want to finish my plastering course”', 'Ask the college about the days that were missed'],
  ['“I want people to stop ringing me”', 'Get a new number, and choose who has it'],
] as const;

/** What casework of some weeks leaves behind: contact, risk, plans, consent, progress, and now and then a concern. */
export async function tellCasework(teller: Teller, about: Supported): Promise<void> {
  const { insert, today, at } = teller;
  const { personId, episodeId, organisationId, workerId, area, since, age, index } = about;
  const theirs = { person_id: personId, organisation_id: organisationId };
  const day = (ago: number) => addDays(today, -ago);

  for (let ago = Math.min(since, 30); ago > 0; ago -= 7) {
    const failed = (index + ago) % 5 === 0;
    await insert('service.contact', {
      ...theirs,
      episode_id: episodeId,
      worker_id: workerId,
      happened_at: at(ago, 15),
      how: ago % 2 === 0 ? 'telephone' : 'in-person',
      with_whom: ago % 3 === 0 ? 'parent-or-carer' : 'young-person',
      outcome: failed ? 'no-answer' : 'reached',
      place: '',
    });
  }
  if (index % 3 === 0) {
    await insert('service.contact', {
      ...theirs,
      episode_id: episodeId,
      worker_id: workerId,
      planned_for: at(index % 2 === 0 ? 0 : -2, 23),
      how: 'in-person',
      with_whom: 'young-person',
      outcome: 'planned',
      place: 'The café by the library',
    });
  }
  if (since < 10) return;

  const risk = risks[index % risks.length] ?? risks[0];
  await insert('service.risk_assessment', {
    ...theirs,
    episode_id: episodeId,
    ...risk,
    being_done: 'Weekly contact, and a call on Friday afternoons.',
    assessed_by: workerId,
    assessed_at: at(Math.min(since, 20), 12),
    review_on: day(index % 4 === 0 ? 2 : -12),
  });
  await insert('service.case_summary', {
    ...theirs,
    area,
    stands: 'We have met most weeks. School, the social worker and I speak every fortnight.',
    worries: risk.reasons,
    working_well: risk.protective,
    next: 'Meeting with the social worker next week about the summer.',
    refresh_by: day(index % 6 === 0 ? 5 : -60),
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
    review_due_on: day(index % 5 === 0 ? 1 : -30),
  });
  const [words, what] = goals[index % goals.length] ?? goals[0];
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
    due_on: day(index % 4 === 0 ? 1 : -9),
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
    status: index % 3 === 0 ? 'not-in-education' : 'in-education',
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
  if (index % 9 === 0) {
    const concernId = randomUUID();
    await insert('service.concern', {
      id: concernId,
      ...theirs,
      episode_id: episodeId,
      area,
      what: 'He said on the telephone that somebody had taken his door key and told him to keep his window open.',
      danger: false,
      happened_at: at(2, 17),
      raised_by: workerId,
      raised_at: at(2, 18),
    });
    await insert('service.concern_told', {
      ...theirs,
      area,
      concern_id: concernId,
      agency: 'social-care',
      state: 'told',
      name: 'The duty social worker',
      told_by: workerId,
      told_at: at(2, 18),
      due_on: day(1),
    });
  }
}

/** A referral that waits for somebody's answer before it is decided. */
export async function tellRequest(
  { insert, at, today }: Teller,
  about: {
    referralId: string;
    area: string;
    referrerId: string;
    coordinatorId: string;
    organisationId: string;
  },
  index: number,
): Promise<void> {
  const kind = (['intelligence-check', 'borough', 'consultation', 'information'] as const)[index % 4];
  const question = {
    'intelligence-check':
      'Is the line that the referrer names known, and is anybody else linked to the house?',
    borough: 'Who is the social worker, and what support could the borough begin now?',
    consultation: 'How would you open the conversation with her, with her brother in the house?',
    information: 'When was he last away from home, and who else was with him?',
  }[kind ?? 'information'];
  await insert('service.request', {
    kind,
    referral_id: about.referralId,
    area: about.area,
    question,
    topics: kind === 'borough' ? ['local-provision', 'social-worker'] : [],
    asked_by: about.coordinatorId,
    asked_at: at(1, 11),
    due_on: addDays(today, index % 3 === 0 ? -1 : 4),
    owner_id: kind === 'information' ? about.referrerId : null,
    organisation_id: about.organisationId,
  });
}
