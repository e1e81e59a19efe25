import type { CodedWord, ethnicities } from './code-lists.ts';

type Ethnicity = (typeof ethnicities)[number]['code'];

/** The ONS 2021 groups that ethnicities are counted in, and those of whom it is not known (domain guide 3.8). */
export const ethnicGroups = [
  { code: 'asian', text: 'Asian' },
  { code: 'black', text: 'Black' },
  { code: 'mixed', text: 'Mixed' },
  { code: 'white', text: 'White' },
  { code: 'other', text: 'Any other ethnic group' },
  { code: 'unknown', text: 'Not known' },
] as const satisfies readonly CodedWord[];
export type EthnicGroup = (typeof ethnicGroups)[number]['code'];

const groupOf: Record<Ethnicity, EthnicGroup> = {
  AIND: 'asian',
  APKN: 'asian',
  ABAN: 'asian',
  CHNE: 'asian',
  AOTH: 'asian',
  BCRB: 'black',
  BAFR: 'black',
  BOTH: 'black',
  MWBC: 'mixed',
  MWBA: 'mixed',
  MWAS: 'mixed',
  MOTH: 'mixed',
  WBRI: 'white',
  WIRI: 'white',
  WIRT: 'white',
  WROM: 'white',
  WOTH: 'white',
  OOTH: 'other',
  REFU: 'unknown',
  NOBT: 'unknown',
};

/** The group of an ethnicity's code; a code that the list no longer has is not known. */
export function ethnicGroupOf(code: string): EthnicGroup {
  return (groupOf as Readonly<Record<string, EthnicGroup | undefined>>)[code] ?? 'unknown';
}
