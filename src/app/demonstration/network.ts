import { randomUUID } from 'node:crypto';
import { addDays } from '../../platform/clock/plain-date.ts';
import type { Story } from './stories.ts';
import { type Row, type Supported, scattered, type Teller } from './teller.ts';

const unknown = { parental_responsibility: 'no', lives_with: 'no', may_contact: 'yes' } as const;

/** Who is round each young person: a carer and a professional for everybody, and more of those with a story. */
export async function tellNetworks(teller: Teller, supported: readonly Supported[]): Promise<void> {
  for (const each of supported) {
    const { story, index, worker } = each;
    await teller.as(worker);
    const add = (row: Row) => teller.insert('service.network_member', { ...theirs(each), ...row });
    const ended = story.ending?.daysAgo ?? 0;
    const isRung = /^(Text|Telephone)/.test(story.safeContact);
    await teller.insert('service.safe_contact', {
      ...theirs(each),
      phone: isRung ? `07700 900${String(index % 1000).padStart(3, '0')}` : '',
      who_answers: isRung ? 'They do, and nobody else picks it up.' : '',
      safe_times: story.safeContact,
      what_to_say: 'That it is about the football club.',
      code_word: 'Lantern',
      never_do: 'Leave a message, or say the name of the service to whoever answers.',
      post: 'no',
      unsafe_addresses:
        scattered(index, 61, 4) === 0 ? 'The flat above the shop: others open the post there.' : '',
      // By those who support them, while they do.
      checked_on: addDays(teller.today, -(ended + (index % Math.max(1, Math.min(40, each.since - ended))))),
    });
    if (story.network) {
      for (const [kind, name, relationship, more] of story.network)
        await add({ ...unknown, kind, name, relationship, ...more });
      continue;
    }
    const mayContact = scattered(index, 62, 3) > 0;
    await add({
      ...unknown,
      kind: 'family',
      name: `Ms ${story.familyName}`,
      relationship: 'Mother',
      parental_responsibility: 'yes',
      lives_with: scattered(index, 63, 4) === 0 ? 'no' : 'yes',
      may_contact: mayContact ? 'yes' : 'through-worker',
      contact_why: mayContact ? '' : 'She worries when somebody she does not know rings.',
    });
    await add({
      ...unknown,
      kind: 'professional',
      ...(story.age < 18
        ? {
            name: 'The social worker of the case',
            relationship: 'Social worker',
            agency: 'Children’s social care',
          }
        : { name: 'The personal adviser', relationship: 'Personal adviser', agency: 'Leaving care team' }),
    });
  }
}

const theirs = ({ personId, provider }: Supported) => ({
  person_id: personId,
  organisation_id: provider.organisationId,
});

/** What happened before and beside the support, and what it meant: told of those with a story, and of some others. */
export async function tellChronologies(teller: Teller, supported: readonly Supported[]): Promise<void> {
  for (const each of supported) {
    await teller.as(each.worker);
    const add = (row: Row) => teller.insert('service.chronology_event', { ...theirs(each), ...row });
    for (const [ago, what, source, impact] of each.story.events ?? [])
      await add({
        happened_on: addDays(teller.today, -ago),
        what,
        source,
        impact,
        significant: impact !== '',
      });
    if (each.story.events || each.story.learns !== 'school' || scattered(each.index, 64, 2) > 0) continue;
    await add({
      happened_on: addDays(teller.today, -(each.since + 40)),
      what: 'Excluded from school for five days.',
      source: 'The school',
      impact: 'Three weeks without a day that anybody expected anything of them.',
      significant: true,
    });
    await add({
      happened_on: addDays(teller.today, -(each.since + 12)),
      what: 'Moved to another tutor group.',
      source: 'The school',
      significant: false,
    });
  }
}

const levels: Readonly<Record<string, readonly [string, string]>> = {
  safety: ['high', 'some'],
  housing: ['none', 'none'],
  'education-or-work': ['high', 'some'],
  family: ['some', 'some'],
  'emotional-health': ['some', 'some'],
  'physical-health': ['not-known', 'none'],
  'substance-use': ['some', 'some'],
  offending: ['some', 'none'],
  money: ['high', 'high'],
  identity: ['none', 'none'],
  relationships: ['some', 'none'],
  online: ['not-known', 'some'],
};
const words = (learns: Story['learns']): Readonly<Record<string, readonly [string, string]>> => ({
  safety: ['“I look behind me on the way home.”', '“I know who to ring now.”'],
  money: ['Says that somebody is owed money. Not how much.', 'The debt is still talked about.'],
  'education-or-work':
    learns === 'nowhere'
      ? ['Has not learned anywhere for some months.', 'Has seen two courses, and likes one.']
      : ['Nine days missed since the start of term.', 'Four days a week, and a workshop.'],
});

/** What each is assessed to need at the start, and those with reviews at the first; for some a trigger profile. */
export async function tellAssessments(teller: Teller, supported: readonly Supported[]): Promise<void> {
  for (const each of supported) {
    const { since, index, story } = each;
    if (since < 20 || story.standing) continue;
    await teller.as(each.worker);
    await tellNeeds(teller, each, 'start', since - 3);
    if (since > 35 && !story.ending) await tellNeeds(teller, each, 'review', 6);
    if (!story.network && scattered(index, 65, 3) > 0) continue;
    await teller.insert('service.trigger_profile', {
      ...theirs(each),
      description: 'Slim, about 5 foot 7, short hair. A grey puffer jacket and a small black rucksack.',
      triggers: 'A call that ends quickly. A day without a plan. Anybody who says that a debt is due.',
      associates: 'An adult with a dark car, whom nobody has named.',
      places: 'The library, the football cage behind it, the grandmother’s flat.',
      phones: 'Their own ends in 214. A second one was seen last month.',
      health: 'Asthma. The inhaler is often left at home.',
      tell_police: 'They are exploited. They may say that they travelled of their own will.',
      when_found: 'A quiet place, food, and somebody they trust on the telephone before any question.',
      reviewed_on: addDays(teller.today, -9),
      review_due_on: addDays(teller.today, 75),
    });
  }
}

async function tellNeeds(
  teller: Teller,
  each: Supported,
  stage: 'start' | 'review',
  ago: number,
): Promise<void> {
  const at = stage === 'start' ? 0 : 1;
  const id = randomUUID();
  await teller.insert('service.needs_assessment', {
    id,
    ...theirs(each),
    episode_id: each.episodeId,
    stage,
    assessed_on: addDays(teller.today, -ago),
    review_due_on: addDays(teller.today, Math.max(3, 84 - ago)),
  });
  const said = words(each.story.learns);
  for (const [domain, level] of Object.entries(levels)) {
    await teller.insert('service.assessed_need', {
      ...theirs(each),
      assessment_id: id,
      domain,
      level: level[at],
      words: said[domain]?.[at] ?? '',
      whose_view: domain in said ? 'both' : 'worker',
    });
  }
}
