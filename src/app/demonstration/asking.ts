import { randomUUID } from 'node:crypto';
import { addDays } from '../../platform/clock/plain-date.ts';
import { type Cast, type Member, named, type Row, scattered, type Teller, type Told } from './teller.ts';

type Kind = 'intelligence-check' | 'borough' | 'consultation' | 'information';
/** How far a request is, from asked to answered or withdrawn. */
const stages = ['asked', 'taken', 'overdue', 'answered', 'withdrawn'] as const;
type RequestStage = (typeof stages)[number];

const words: Readonly<Record<Kind, readonly [string, string]>> = {
  'intelligence-check': [
    'Is the line that the referrer names known, and is anybody else linked to the house?',
    'The line is known and active. Treat the address as unsafe for visits. Nothing says that they hold any part in it.',
  ],
  borough: [
    'Who is the social worker, and what support could the borough begin now?',
    'A social worker was named this week. The youth hub can see them twice a week from now on.',
  ],
  consultation: [
    'How would you open the first conversation with somebody who says that nothing is wrong?',
    'See them away from home, and talk first about something else. Ask what a good day is. Let them choose the place, and whether they would rather talk with a woman.',
  ],
  information: [
    'When were they last away from home, and who else was with them?',
    'The last weekend of the month, for two nights. A cousin was found with them.',
  ],
};

/** What was asked of referrers, boroughs, the analyst and the gender consultant: each in every state. */
export async function tellRequests(teller: Teller, cast: Cast): Promise<void> {
  const contactOf = (area: string) => cast.contacts.find(({ areas }) => areas.includes(area));
  const waiting = cast.referred.filter(
    ({ story, index, isLookedAt }) =>
      story.stage === 'received' && isLookedAt && story.receivedDaysAgo > 1 && scattered(index, 101, 3) === 0,
  );
  for (const [place, told] of waiting.entries()) {
    const kind = (['intelligence-check', 'borough', 'consultation', 'information'] as const)[place % 4];
    const stage = stages[Math.floor(place / 4) % stages.length] ?? 'asked';
    const answering = {
      'intelligence-check': cast.analyst,
      consultation: cast.consultant,
      borough: contactOf(told.story.area),
      information: undefined,
    }[kind ?? 'information'];
    if (kind) await tellRequest(teller, told, kind, stage, told.coordinator, answering);
  }
  // Of boroughs with a contact, so that they have something to answer and something answered.
  const toContacts = cast.referred.filter(
    ({ story, isLookedAt }) =>
      story.stage === 'received' &&
      isLookedAt &&
      story.receivedDaysAgo > 1 &&
      contactOf(story.area) !== undefined,
  );
  for (const [place, stage] of [...stages, ...stages].entries()) {
    const told = toContacts[place];
    if (told) await tellRequest(teller, told, 'borough', stage, told.coordinator, contactOf(told.story.area));
  }
  const chloe = named(cast.supported, "O'Rourke");
  for (const stage of ['answered', 'withdrawn'] as const)
    await tellRequest(teller, chloe, 'consultation', stage, chloe.worker, cast.consultant);
  const tariq = named(cast.supported, 'Mensah-Doyle');
  for (const stage of ['taken', 'answered', 'withdrawn'] as const)
    await tellRequest(teller, tariq, 'intelligence-check', stage, tariq.worker, cast.analyst);
}

async function tellRequest(
  teller: Teller,
  told: Told,
  kind: Kind,
  stage: RequestStage,
  asker: Member,
  answering: Member | undefined,
): Promise<void> {
  const { insert, at, today } = teller;
  const id = randomUUID();
  // What is asked by a provider is asked of the young person; by a coordinator, of the referral.
  const about =
    asker.role === 'coordinator' ? { referral_id: told.referralId } : { person_id: told.personId };
  // Nothing was asked before the referral was there.
  const asked = Math.min(stage === 'asked' ? 1 : 6, told.story.receivedDaysAgo);
  const [question, answer] = words[kind];
  const answeredBy = kind === 'information' ? told.referrerId : answering?.id;
  const isAnswered = stage === 'answered' && answeredBy !== undefined;
  await teller.as(asker);
  const row: Row = {
    id,
    kind,
    ...about,
    area: told.story.area,
    organisation_id: asker.role === 'coordinator' ? null : asker.organisationId,
    question,
    topics: kind === 'borough' ? ['local-provision', 'social-worker'] : [],
    asked_by: asker.id,
    asked_at: at(asked, 11),
    due_on: addDays(today, stage === 'overdue' ? -1 : 4),
  };
  if (kind === 'information') row.owner_id = told.referrerId;
  else if (answering && stage !== 'asked')
    Object.assign(row, { owner_id: answering.id, taken_at: at(Math.min(4, asked), 12) });
  if (isAnswered)
    Object.assign(row, {
      state: 'answered',
      answer,
      answered_by: answeredBy,
      answered_at: at(Math.min(2, asked), 14),
    });
  if (stage === 'withdrawn') {
    Object.assign(row, {
      state: 'withdrawn',
      withdrawn_why: 'The referrer told us on the telephone.',
      withdrawn_at: at(Math.min(3, asked), 15),
    });
  }
  await insert('service.request', row);
  if (!isAnswered || !answering) return;
  await teller.as(answering);
  if (kind === 'intelligence-check') {
    await insert('service.check_finding', {
      request_id: id,
      ...about,
      finding: 'The number is one of three that advertise together. The address was used by it last month.',
      source: 'A force’s intelligence system',
      source_grade: '1',
      intelligence_grade: 'B',
      handling: 'C',
      conditions: 'Not to be told to the young person or their family, as it would show where it comes from.',
      written_by: answering.id,
      written_at: at(Math.min(3, asked), 13),
    });
  }
  if (kind === 'consultation') {
    await insert('service.consultation_note', {
      request_id: id,
      ...about,
      note: 'Spoke with the worker for half an hour. They know more than they trust themselves to know. We practised two openings.',
      written_by: answering.id,
      written_at: at(Math.min(3, asked), 13),
    });
  }
}
