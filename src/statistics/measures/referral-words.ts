import { agencyKinds, policeForces, wordFor } from '../../reference/code-lists.ts';
import { ethnicGroups } from '../../reference/ethnic-groups.ts';
import { compareText, type Keyed, keyed } from '../count.ts';
import type { Area } from '../readings/places.ts';
import { ageBands } from '../readings/referrals.ts';

/** Words that the measures of referrals share. */

export const BY_RECEIPT =
  'A referral belongs to the period in which it was received, whatever was decided about it.';
export const UNKNOWNS_COUNT =
  'What is not known, blank included, is a category of its own and stays in the denominator.';
export const COMPETITION =
  'Standard competition ranks (1, 2, 2, 4), largest first; rows of one rank stand in order of their names.';
export const RESPONSIBLE = 'The borough with statutory responsibility when the referral was made.';

/** The City of London is no borough of the 32 and is shown where it has any. */
export const CITY = 'E09000001';

/** The boroughs of the service: all but the City, which is among them only where it has any; then other areas. */
export function boroughKeys(areas: readonly Area[], hasAny: (code: string) => boolean): Keyed[] {
  const isShown = ({ code, kind }: Area) => kind === 'borough' && (code !== CITY || hasAny(code));
  const boroughs = areas.filter(isShown);
  const elsewhere = areas.filter(({ kind }) => kind === 'elsewhere');
  return [...boroughs, ...elsewhere].map(({ code, name }) => ({ key: code, label: name }));
}

export function isRankedBorough(areas: readonly Area[]): (key: string) => boolean {
  const boroughs = new Set(areas.filter(({ kind }) => kind === 'borough').map(({ code }) => code));
  return (key) => boroughs.has(key);
}

const forceNames = new Map<string, string>(policeForces.map(({ code, text }) => [code, text]));

export function forceLabel(slug: string): string {
  return slug === 'unknown' ? 'Not known' : (forceNames.get(slug) ?? slug);
}

/** The keys that were found, by their labels. */
export function openKeys(found: Iterable<string>, label: (key: string) => string): Keyed[] {
  return [...found]
    .map((key) => ({ key, label: key === 'unknown' ? 'Not known' : label(key) }))
    .sort((a, b) => compareText(a.label, b.label));
}

/** Who refers, as it is published: whoever is asked on the form answers for themselves, and a reader does not. */
export const agencyKeys: readonly Keyed[] = [
  ...keyed(agencyKinds)
    .filter(({ key }) => key !== 'unknown')
    .map((agency) =>
      agency.key === 'self-or-family' ? { ...agency, label: 'The young person, or their family' } : agency,
    ),
  { key: 'unknown', label: 'Not known' },
];

/** The ages in the order in which they are published. */
export const ageKeys: readonly Keyed[] = ageBands.map((band) => ({
  key: band,
  label: band === 'unknown' ? 'Not known' : band.replace('-', ' to ').replace('26+', '26 or more'),
}));

/** The ethnic groups in the order in which they are published. */
export const ethnicGroupKeys: readonly Keyed[] = (
  ['white', 'black', 'asian', 'mixed', 'other', 'unknown'] as const
).map((code) => ({ key: code, label: wordFor(ethnicGroups, code) }));

export const knownEthnicGroups: readonly Keyed[] = ethnicGroupKeys.filter(({ key }) => key !== 'unknown');
