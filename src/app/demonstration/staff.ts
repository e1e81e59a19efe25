/** The demonstration's staff of boroughs and providers. Nobody of them is real. */

/** Another contact in the council of the first that is shown: somebody can stand in there. */
export const contactsColleague = 'Leila Farouk';

/** Contacts of boroughs as whom people can sign in, with the borough of each. */
export const shownContacts = [
  ['Sunita Rao', 'E09000025'],
  ['Patrick Doherty', 'E09000022'],
  ['Helen Marsh', 'E09000008'],
  ['Kofi Amponsah', 'E09000005'],
  ['Ines Carvalho', 'E09000009'],
  ['Deniz Arslan', 'E09000014'],
  ['Rosa Lindqvist', 'E09000023'],
  ['Marcus Bell', 'E09000012'],
] as const;

/** Contacts of other boroughs, in the boroughs' order: for the last two there is nobody, and an alarm says so. */
export const otherContactNames: readonly string[] = [
  'Alma Whitcombe',
  'Tunde Adebayo-Price',
  'Carys Morgan',
  'Hanif Chowdhury',
  'Bridget Lawlor',
  'Emeka Nwosu',
  'Joanna Pickering',
  'Rafael Monteiro',
  'Siobhan Keane',
  'Desmond Clarke',
  'Irena Kovac',
  'Paul Ashdown',
  'Leila Farahani',
  'Gordon Tait',
  'Monique Baptiste-Hall',
  'Anwar Siddique',
  'Judith Fenwick',
  'Tomasz Zielinski',
  'Grace Obuya',
  'Neil Hargreaves',
  'Shreya Banerjee',
  'Colette Durand',
  'Winston Forde',
];

/** How many of a team's caseworkers people can sign in as; the others carry cases beside them. */
export const SHOWN_WORKERS = 2;

/** Providers: the organisation, its team, its manager, and the team's caseworkers. */
export const providerStaff = [
  [
    'St Giles Trust',
    'One-to-one team',
    'Angela Fortune',
    ['Dwayne Prescott', 'Samira Noor', 'Callie Bright', 'Ezra Mendes'],
  ],
  ['Abianda', "Young women's team", 'Cleo Marchetti', ['Jodie Akintola', 'Ruth Evans']],
  [
    'Safer London',
    'Young people and families',
    'Ibrahim Sesay',
    ['Nadia Kowalski', 'Leon Grant', 'Perpetua Amadi', 'Tom Ashworth'],
  ],
] as const;
