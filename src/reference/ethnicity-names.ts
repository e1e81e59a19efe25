import type { Code, ethnicities } from './code-lists.ts';

type Ethnicity = Code<typeof ethnicities>;

/**
 * The ONS 2021 category's full name of each ethnicity, "High-level group: category", and after it other names in which
 * files write it: as tables of the 2021 census do, and as the school census does.
 */
export const ethnicityNames: Readonly<Record<Ethnicity, readonly [full: string, ...others: string[]]>> = {
  AIND: ['Asian, Asian British or Asian Welsh: Indian', 'Asian or Asian British: Indian', 'Indian'],
  APKN: ['Asian, Asian British or Asian Welsh: Pakistani', 'Asian or Asian British: Pakistani', 'Pakistani'],
  ABAN: [
    'Asian, Asian British or Asian Welsh: Bangladeshi',
    'Asian or Asian British: Bangladeshi',
    'Bangladeshi',
  ],
  CHNE: ['Asian, Asian British or Asian Welsh: Chinese', 'Asian or Asian British: Chinese', 'Chinese'],
  AOTH: [
    'Asian, Asian British or Asian Welsh: Any other Asian background',
    'Asian, Asian British or Asian Welsh: Other Asian',
    'Asian or Asian British: Any other Asian background',
    'Any other Asian background',
    'Other Asian',
  ],
  BCRB: [
    'Black, Black British, Black Welsh, Caribbean or African: Caribbean',
    'Black, Black British, Caribbean or African: Caribbean',
    'Black Caribbean',
    'Caribbean',
  ],
  BAFR: [
    'Black, Black British, Black Welsh, Caribbean or African: African',
    'Black, Black British, Caribbean or African: African',
    'Black African',
    'African',
  ],
  BOTH: [
    'Black, Black British, Black Welsh, Caribbean or African: Any other Black, Black British or Caribbean background',
    'Black, Black British, Black Welsh, Caribbean or African: Any other Black, Black British, Caribbean or African background',
    'Black, Black British, Black Welsh, Caribbean or African: Other Black',
    'Black, Black British, Caribbean or African: Any other Black, Black British or Caribbean background',
    'Any other Black, Black British or Caribbean background',
    'Any other Black background',
    'Other Black',
  ],
  MWBC: [
    'Mixed or Multiple ethnic groups: White and Black Caribbean',
    'Mixed: White and Black Caribbean',
    'White and Black Caribbean',
  ],
  MWBA: [
    'Mixed or Multiple ethnic groups: White and Black African',
    'Mixed: White and Black African',
    'White and Black African',
  ],
  MWAS: ['Mixed or Multiple ethnic groups: White and Asian', 'Mixed: White and Asian', 'White and Asian'],
  MOTH: [
    'Mixed or Multiple ethnic groups: Any other Mixed or multiple ethnic background',
    'Mixed or Multiple ethnic groups: Any other Mixed or multiple ethnic groups',
    'Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups',
    'Any other Mixed or multiple ethnic background',
    'Any other mixed background',
    'Other Mixed or Multiple ethnic groups',
  ],
  WBRI: [
    'White: English, Welsh, Scottish, Northern Irish or British',
    'English, Welsh, Scottish, Northern Irish or British',
    'White British',
    'White: British',
  ],
  WIRI: ['White: Irish', 'Irish', 'White Irish'],
  WIRT: ['White: Gypsy or Irish Traveller', 'Gypsy or Irish Traveller', 'Traveller of Irish heritage'],
  WROM: ['White: Roma', 'Roma', 'Gypsy/Roma', 'Gypsy Roma'],
  WOTH: [
    'White: Any other White background',
    'White: Other White',
    'Any other White background',
    'Other White',
  ],
  OOTH: [
    'Other ethnic group: Any other ethnic group',
    'Any other ethnic group',
    'Other ethnic group: Arab',
    'Arab',
  ],
  REFU: ['Refused', 'Prefers not to say', 'Prefer not to say'],
  NOBT: ['Information not yet obtained', 'Not obtained', 'Not known'],
};
