import { boroughs, type Holdings, lists, type Record_ } from './report-of-records.ts';

/** How many of each kind of record; a service of the size of the guide's has 1,150 referrals in two years. */
export interface Numbers {
  referrals: number;
  wards: number;
}

/** Records at random, always the same for a seed: uneven, as they are, with some keys common and some rare. */
export function madeUpRecords(seed: number, { referrals, wards }: Numbers): Holdings {
  const next = random(seed);
  const pick = (list: readonly string[], steepness = 2) =>
    list[Math.floor(next() ** steepness * list.length)] ?? '';
  const day = () => {
    const days = Math.floor(next() * 730);
    return new Date(Date.UTC(2019, 4, 1 + days)).toISOString().slice(0, 10);
  };
  const chance = (of: number) => (next() < of ? 'yes' : 'no');
  const many = (count: number, is: () => Record<string, string>): Record_[] =>
    Array.from({ length: count }, () => ({ day: day(), is: is() }));
  const from = (property: string, steepness?: number) => pick(lists[property] ?? [], steepness);
  const forces = Array.from({ length: 17 }, (_, n) => `force-${n}`);
  const towns = Array.from({ length: 60 }, (_, n) => `town-${n}`);

  return {
    referrals: many(referrals, () => {
      const decision = from('decision', 1.3);
      const education = pick(['in-education', 'not-in-education', 'unknown'], 1);
      const missing = chance(0.45);
      return {
        borough: next() < 0.03 ? 'out-of-london' : pick(boroughs, 1.7),
        ward: next() < 0.1 ? 'unknown' : `ward-${Math.floor(next() ** 1.4 * wards)}`,
        gender: next() < 0.14 ? 'female' : next() < 0.98 ? 'male' : from('gender'),
        age: pick(['16-17', '11-15', '18-25', 'unknown', '26+', '0-10'], 2),
        ethnicGroup: pick(['black', 'white', 'mixed', 'asian', 'unknown', 'other'], 1.6),
        education,
        ...(education === 'in-education' && { setting: from('setting', 1.8) }),
        socialCare: from('socialCare', 1.2),
        disabled: chance(0.12),
        gangLink: chance(0.27),
        missing,
        ...(missing === 'yes' && { missingDays: next() < 0.78 ? 'some' : 'unknown' }),
        agency: from('agency', 1.7),
        decision,
        ...((decision === 'declined' || decision === 'signposted') && { reason: from('reason') }),
        ...(decision === 'accepted' && { engaged: chance(0.6) }),
      };
    }),
    episodes: many(Math.ceil(referrals / 4), () => ({
      state: pick(['open', 'closed'], 1),
      length: from('length', 1),
    })),
    'closed-episodes': many(Math.ceil(referrals / 5), () => ({
      positive: chance(0.93),
      harm: pick(['reduced', 'same', 'unknown'], 3),
      resilience: pick(['increased', 'same', 'unknown'], 3),
      involvement: pick(['reduced', 'ceased', 'same', 'unknown'], 2),
      neetAtStart: chance(0.5),
      neetAtEnd: pick(['yes', 'no', 'unknown'], 1),
    })),
    'onward-referrals': many(Math.ceil(referrals * 0.8), () => ({ service: from('service', 1.5) })),
    'rescue-requests': many(Math.ceil(referrals / 4), () => ({
      force: pick(forces, 2.2),
      outcome: pick(['rescued', 'withdrawn', 'declined-distance'], 1),
    })),
    individuals: many(referrals * 2, () => ({
      residence: next() < 0.05 ? 'unknown' : pick(boroughs, 1.4),
      age: pick(['18-25', '16-17', '26+', '11-15', 'unknown', '0-10'], 1.6),
      ethnicGroup: pick(['black', 'white', 'unknown', 'asian', 'other', 'mixed'], 1.6),
      ...(next() < 0.9 && { force: pick(forces, 1.5) }),
      ...(next() < 0.4 && { town: pick(towns, 2) }),
      return: pick(['included', 'unconfirmed', 'no-date-of-birth', 'not-active'], 1),
    })),
    people: many(Math.ceil(referrals / 8), () => {
      const [before, change] = [chance(0.5), pick(['decreased', 'unchanged', 'increased'], 1)];
      const its = before === 'no' && change === 'decreased' ? 'unchanged' : change;
      const past: Record<string, string> = { cohort: pick(['engaged', 'never engaged'], 1) };
      for (const kind of ['missing', 'arrest', 'conviction']) {
        if (before === 'yes') past[`${kind}Before`] = 'any';
        past[`${kind}Change`] = its;
      }
      return { ...past, change: its, ...(its === 'decreased' && { after: pick(['none', 'some'], 1) }) };
    }),
    'nrm-referrals': many(Math.ceil(referrals / 14), () => ({
      firstResponder: pick(['local-authority', 'police', 'charity', 'other'], 2.5),
      exploitationType: pick(['criminal', 'sexual', 'labour'], 2.5),
      reasonableGrounds: pick(['positive', 'negative', 'pending'], 2.5),
      conclusiveGrounds: pick(['positive', 'pending', 'negative'], 1.5),
      firstPanel: chance(0.8),
    })),
    'training-sessions': many(23, () => ({ quadrant: from('quadrant', 1) })),
    attendees: many(1027, () => ({ quadrant: from('quadrant', 1) })),
  };
}

/** Mulberry32. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
