import { addDays } from '../../platform/clock/plain-date.ts';
import { named, type Row, type Supported, type Teller } from './teller.ts';

const unknown = { parental_responsibility: 'no', lives_with: 'no', may_contact: 'yes' } as const;

/** Who is round each young person: a carer and a professional for everybody, and more of those with a story. */
export async function tellNetworks(teller: Teller, supported: readonly Supported[]): Promise<void> {
  for (const each of supported) {
    const { story, index, worker } = each;
    await teller.as(worker);
    const add = (row: Row) => teller.insert('service.network_member', { ...theirs(each), ...row });
    await teller.insert('service.safe_contact', {
      ...theirs(each),
      phone: `07700 900${String(index % 1000).padStart(3, '0')}`,
      who_answers: 'They do, and nobody else picks it up.',
      safe_times: 'After 4pm on school days. Not at weekends.',
      what_to_say: 'That it is about the football club.',
      code_word: 'Lantern',
      never_do: story.safeContact,
      post: 'no',
      unsafe_addresses: index % 4 === 0 ? 'The flat above the shop: others open the post there.' : '',
      checked_on: addDays(teller.today, -(index % 40)),
    });
    if (story.network) {
      for (const [kind, name, relationship, more] of story.network)
        await add({ ...unknown, kind, name, relationship, ...more });
      continue;
    }
    const mayContact = index % 3 === 0;
    await add({
      ...unknown,
      kind: 'family',
      name: `Ms ${story.familyName}`,
      relationship: 'Mother',
      parental_responsibility: 'yes',
      lives_with: index % 4 === 0 ? 'no' : 'yes',
      may_contact: mayContact ? 'yes' : 'through-worker',
      contact_why: mayContact ? '' : 'She worries when somebody she does not know rings.',
    });
    await add({
      ...unknown,
      kind: 'professional',
      name: 'The social worker of the case',
      relationship: 'Social worker',
      agency: 'Children’s social care',
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
    if (each.story.events || each.index % 3 !== 0) continue;
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
const words: Readonly<Record<string, readonly [string, string]>> = {
  safety: ['“I look behind me on the way home.”', '“I know who to ring now.”'],
  money: ['Says that he owes somebody. He has not said how much.', 'The debt is still talked about.'],
  'education-or-work': ['Nine days missed since the start of term.', 'Four days a week, and a workshop.'],
};

/** The needs and the trigger profile of somebody, as they stood at the start and at the first review. */
export async function tellAssessments(teller: Teller, supported: readonly Supported[]): Promise<void> {
  const each = named(supported, 'Mensah-Doyle');
  await teller.as(each.worker);
  for (const [at, stage, ago] of [
    [0, 'start', each.since - 3],
    [1, 'review', 6],
  ] as const) {
    const id = crypto.randomUUID();
    await teller.insert('service.needs_assessment', {
      id,
      ...theirs(each),
      episode_id: each.episodeId,
      stage,
      assessed_on: addDays(teller.today, -ago),
      review_due_on: addDays(teller.today, 84 - ago),
    });
    for (const [domain, level] of Object.entries(levels)) {
      await teller.insert('service.assessed_need', {
        ...theirs(each),
        assessment_id: id,
        domain,
        level: level[at],
        words: words[domain]?.[at] ?? '',
        whose_view: domain in words ? 'both' : 'worker',
      });
    }
  }
  for (const familyName of ['Mensah-Doyle', "O'Rourke"]) {
    const about = named(supported, familyName);
    await teller.as(about.worker);
    await teller.insert('service.trigger_profile', {
      ...theirs(about),
      description: 'Slim, about 5 foot 7, short hair. A grey puffer jacket and a small black rucksack.',
      triggers: 'A call that ends quickly. A day without school. Anybody who says that a debt is due.',
      associates: 'An adult with a dark car, whom nobody has named.',
      places: 'The library, the football cage behind it, the grandmother’s flat.',
      phones: 'Their own ends in 214. A second one was seen in October.',
      health: 'Asthma. The inhaler is often left at home.',
      tell_police: 'They are a child who is exploited. They may say that they travelled of their own will.',
      when_found: 'A quiet place, food, and their worker or their aunt on the telephone before any question.',
      reviewed_on: addDays(teller.today, -9),
      review_due_on: addDays(teller.today, 75),
    });
  }
}
