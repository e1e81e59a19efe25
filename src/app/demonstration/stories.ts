import type { ReferralKind, Stage } from '../../referrals/index.ts';
import type { NoteKind } from '../../support/index.ts';

/**
 * Invented young people, to show what good recording looks like: what was seen and said kept apart from what the worker
 * thinks, the young person's own words, no blame. No real person, and no real place where anything happened.
 */
export interface Story {
  givenNames: string;
  familyName: string;
  knownAs?: string;
  /** Completed years when the demonstration is made. */
  age: number;
  gender: 'female' | 'male' | 'non-binary';
  ethnicity: string;
  area: string;
  kind: ReferralKind;
  stage: Stage;
  /** Days before the demonstration is made. */
  receivedDaysAgo: number;
  agencyKind: string;
  agencyName: string;
  concern: string;
  whyCountyLines: string;
  safeContact: string;
  notes: readonly StoryNote[];
  /** Who is round them: a kind, a name, what they are to the young person, and more of the entry's columns. */
  network?: readonly (readonly [string, string, string, Readonly<Record<string, string>>?])[];
  /** What happened: days ago, what, who says so, and what it meant for them; empty where it is not significant. */
  events?: readonly (readonly [number, string, string, string])[];
  /** How great the risk to them is, why, and what protects them. */
  risk?: { level: 'low' | 'medium' | 'high'; reasons: string; protective: string };
  /** A goal in their words, and the first step towards it. */
  goal?: readonly [string, string];
  /** Where they learn, if they do; told of those with a story in its own words. */
  learns?: 'school' | 'college' | 'nowhere';
  /** Who works with them, where it is not left to chance: the place of the provider, and of the caseworker in it. */
  with?: readonly [number, number];
  /** How many days ago they died. */
  diedDaysAgo?: number;
  /** What comes of a new allocation that is not what mostly does. */
  standing?: 'not-taken-up' | 'not-engaged';
  /** How far the end of their support is, and how many days ago it was. */
  ending?: { state: 'draft' | 'submitted' | 'returned' | 'signed-off'; daysAgo: number };
}

export interface StoryNote {
  daysAgo: number;
  kind: NoteKind;
  present: string;
  fact: string;
  opinion?: string;
  voice?: string;
}

const NEWHAM = 'E09000025';
const LAMBETH = 'E09000022';
const CROYDON = 'E09000008';
const BRENT = 'E09000005';
const EALING = 'E09000009';
const HARINGEY = 'E09000014';
const LEWISHAM = 'E09000023';
const HACKNEY = 'E09000012';

export const stories: readonly Story[] = [
  {
    givenNames: 'Tariq',
    familyName: 'Mensah-Doyle',
    risk: {
      level: 'high',
      reasons:
        'Away for four nights in October, and collected from school twice by a man whom nobody knows. He is afraid of a debt.',
      protective: 'His mother. School each morning, with a trusted adult. He texts back.',
    },
    goal: ['“I want to make tables. Proper ones.”', 'Visit the college with him on Wednesday'],
    knownAs: 'TJ',
    age: 16,
    gender: 'male',
    ethnicity: 'MWBA',
    area: NEWHAM,
    kind: 'intervention',
    stage: 'allocated',
    receivedDaysAgo: 41,
    agencyKind: 'childrens-social-care',
    agencyName: 'Newham Children and Young People',
    concern:
      'Tariq was away from home for four nights in October and came back with a new telephone and a cut on his hand that he would not talk about. His mother reported him missing each time. His school says he has been collected twice by a man in a car whom nobody knows.',
    whyCountyLines:
      'Police in a coastal town stopped him at a railway station with a man of about 30. He had a return ticket that he had not bought and £15. Nothing was found on him and he was brought home.',
    safeContact:
      'Text first, after 4pm on school days. His mother may be told that we called. Do not ring the house.',
    network: [
      [
        'family',
        'Ms Mensah',
        'Mother',
        { parental_responsibility: 'yes', lives_with: 'yes', phone: '020 7946 0101' },
      ],
      [
        'family',
        'Mr Doyle',
        'Father',
        {
          parental_responsibility: 'yes',
          may_contact: 'never',
          contact_why:
            'A court order keeps him from the home. Tariq is afraid of him, and his mother of what he would do.',
        },
      ],
      [
        'trusted-adult',
        'Uncle Femi',
        'Uncle, a joiner',
        { phone: '020 7946 0102', notes: 'Would teach him on Saturdays.' },
      ],
      [
        'professional',
        'The social worker of the case',
        'Social worker',
        { agency: 'Children’s social care' },
      ],
      [
        'professional',
        'Ms Okafor',
        'Head of year',
        {
          agency: 'His school',
          may_contact: 'through-worker',
          contact_why: 'He asked that school hears of us from him.',
        },
      ],
      [
        'associate',
        'The man with the dark car',
        'Collected him from school twice',
        { may_contact: 'never', contact_why: 'He may be the one who exploits him.' },
      ],
    ],
    events: [
      [
        420,
        'His father left, under a court order.',
        'The family court',
        'Safer at home, and without the person who paid for things.',
      ],
      [
        75,
        'Excluded from school for five days.',
        'The school',
        'Three weeks without a day that anybody expected anything of him.',
      ],
      [
        50,
        'Away from home for four nights.',
        'His mother',
        'Came back with a cut on his hand, a new telephone, and a debt.',
      ],
      [20, 'Changed his tutor group.', 'The school', ''],
      [
        4,
        'Met the carpentry tutor at the college.',
        'Tariq',
        'The first thing this year that he chose himself.',
      ],
    ],
    notes: [
      {
        daysAgo: 30,
        kind: 'contact-telephone',
        present: 'Tariq',
        fact: 'Rang Tariq at 4.20pm as agreed by text. We spoke for ten minutes. He agreed to meet on Thursday at the library by his school and asked that I do not wear a lanyard. He asked who else would know.',
        opinion:
          'He sounded tired and careful. I think somebody else may have been in the room for part of the call.',
        voice: '"If it is just talking then alright. I am not saying anything about anyone."',
      },
      {
        daysAgo: 25,
        kind: 'contact-in-person',
        present: 'Tariq',
        fact: 'Met Tariq at the library, 4.10pm to 5pm. He arrived on time. His hand is healing. He spoke about college: he wants to do carpentry like his uncle. He has not been to school since Monday. I explained what I must pass on and to whom, and he repeated it back to me. We agreed the words he can text if he needs me to ring with an excuse to leave.',
        opinion:
          'He is thinking about being safe, and he is frightened of a debt. He did not say so in words.',
        voice: '"My uncle makes tables. Proper ones. I could do that."',
      },
      {
        daysAgo: 18,
        kind: 'meeting-of-professionals',
        present: 'Social worker, school safeguarding lead, police missing person unit',
        fact: 'Strategy meeting by video. Agreed: school keeps a trusted adult for him each morning; social worker completes the NRM referral by Friday; police look into the car that collected him. I will tell Tariq what was agreed tomorrow.',
      },
      {
        daysAgo: 9,
        kind: 'contact-in-person',
        present: 'Tariq and his mother',
        fact: 'Met at home at their wish. We made the first part of a safety plan together: who to call at night, which route home feels safe, what his mother will do in the first hour if he is not back. Both have a copy with no name of any service on it.',
        opinion:
          'His mother is the strongest protection he has. She asked for help for herself; I will ask about family support.',
        voice: '"She worries more than me. She can have the number too."',
      },
      {
        daysAgo: 3,
        kind: 'contact-message',
        present: 'Tariq',
        fact: 'Tariq texted at 7.40am that he went to school and saw the carpentry tutor yesterday. Replied and arranged to visit the college together on Wednesday.',
      },
    ],
  },
  {
    givenNames: 'Chloe',
    familyName: "O'Rourke",
    risk: {
      level: 'high',
      reasons:
        'An adult controls her bank card and her messages, and she was found on a train at 6am. She is afraid to tell.',
      protective: 'Her aunt, with whom she stays. A number that he does not have. Her head of year.',
    },
    goal: ['“I want it to stay quiet.”', 'Visit the sexual health nurse together, as she asked'],
    age: 15,
    gender: 'female',
    ethnicity: 'WIRI',
    area: LAMBETH,
    kind: 'intervention',
    stage: 'allocated',
    receivedDaysAgo: 33,
    agencyKind: 'education',
    agencyName: 'Brockwell Hill School',
    concern:
      'Chloe has been absent on eleven days since September. Friends told a teacher that she stays with a boyfriend who is "about 20" and that she carries things for him because he paid for her birthday. She has bruises on her arm and says she fell.',
    whyCountyLines:
      'Her form tutor saw train times to two towns outside London on her phone. She was found by British Transport Police on a train at 6am on a school day.',
    safeContact: 'Through her head of year only. She has asked that nobody rings her phone.',
    network: [
      [
        'family',
        'Ms O’Rourke',
        'Mother',
        {
          parental_responsibility: 'yes',
          may_contact: 'through-worker',
          contact_why: 'She speaks with him on the telephone, and does not know what he is.',
        },
      ],
      [
        'trusted-adult',
        'Aunt Bernie',
        'Aunt, with whom she stays for now',
        { lives_with: 'yes', phone: '020 7946 0103' },
      ],
      ['professional', 'Her head of year', 'Head of year', { agency: 'Brockwell Hill School' }],
      [
        'associate',
        'The man she calls her boyfriend',
        'An adult who controls her bank card and her telephone',
        { may_contact: 'never', contact_why: 'He watches her messages. Any sign of us puts her in danger.' },
      ],
    ],
    events: [
      [
        130,
        'Moved to a new school after bullying.',
        'Her mother',
        'Lost the friends who would have noticed.',
      ],
      [
        60,
        'Met an adult who paid for her birthday.',
        'Chloe',
        'She says it was the first party anybody gave her, and that she has paid for it since.',
      ],
      [8, 'Moved to her aunt’s.', 'Chloe', 'Sleeps. Has a number that he does not have.'],
    ],
    notes: [
      {
        daysAgo: 24,
        kind: 'contact-in-person',
        present: 'Chloe, her head of year for the first ten minutes',
        fact: "Met at school, in the head of year's office. Chloe asked whether I would tell the police. I explained what I would have to share and what I would not. We did not talk about him today. We talked about her dog and about sleep.",
        opinion: 'She tested whether I would push. Not pushing was right.',
        voice: '"Everyone asks me about him. Nobody asks about me."',
      },
      {
        daysAgo: 17,
        kind: 'contact-in-person',
        present: 'Chloe',
        fact: 'Met at school. Chloe said that he gets angry when she does not answer within a few minutes and that he keeps her bank card. She showed me messages; I did not copy them. She agreed that I tell her social worker about the card and the messages, and I did so at 3.15pm (spoke to the duty social worker).',
        opinion: 'Coercive control by an adult. I think she is beginning to name it herself.',
        voice: '"It is not like he hits me all the time."',
      },
      {
        daysAgo: 10,
        kind: 'contact-attempted',
        present: 'Nobody',
        fact: 'Waited at school from 1pm to 1.45pm as arranged. Chloe was marked absent. Told the head of year and the social worker at once; the school reported her missing at 2pm. She was home at 6.30pm.',
      },
      {
        daysAgo: 8,
        kind: 'contact-in-person',
        present: 'Chloe and her aunt',
        fact: "Met at her aunt's, where she is staying for now. She has a new number that he does not have. We wrote down what makes the aunt's flat feel safe and what does not. Next: a joint visit with the sexual health nurse, which she asked for.",
        voice: '"It is quiet here. I forgot what that is like."',
      },
    ],
  },
  {
    givenNames: 'Ömer',
    familyName: 'Yıldız',
    risk: {
      level: 'medium',
      reasons:
        'Under investigation, and afraid of what he owes. Nobody has rung him since his number changed.',
      protective: 'His father. The reasonable grounds decision. His solicitor.',
    },
    goal: ['“I want to understand the letters.”', 'Read the next one together, in both languages'],
    age: 17,
    gender: 'male',
    ethnicity: 'WOTH',
    area: HARINGEY,
    kind: 'intervention',
    stage: 'allocated',
    receivedDaysAgo: 58,
    agencyKind: 'youth-offending-service',
    agencyName: 'Haringey Youth Justice Service',
    concern:
      'Arrested outside London in August with a small amount of drugs in a flat that belongs to a man with poor health. Ömer says he was told to stay there until somebody came. He is now under investigation and afraid of what he owes.',
    whyCountyLines:
      "Found in another person's home with a phone that was not his, 90 miles away. The NRM referral was made by the police.",
    safeContact: 'Telephone at any time; his father knows that he has a worker.',
    notes: [
      {
        daysAgo: 44,
        kind: 'contact-in-person',
        present: 'Ömer and his youth justice worker',
        fact: 'First meeting at the youth justice office. We went through what happens with the NRM and who decides. He had not been told that a decision letter would come to his solicitor as well.',
        voice: '"I thought that form was about me being guilty."',
      },
      {
        daysAgo: 21,
        kind: 'visit',
        present: 'Ömer, his father',
        fact: 'Visited at home. Reasonable grounds decision has come and is positive. Read the letter together in Turkish and English. Father asked what it means for the court date; I will ask the solicitor to ring him.',
        opinion: 'There is relief in the family that somebody believes him.',
      },
    ],
  },
  {
    givenNames: 'Blessing',
    familyName: 'Adeyemi-Clarke',
    risk: {
      level: 'medium',
      reasons:
        'Older friends still ask her for a flat and an account in her name. She says no, and they ask her cousin.',
      protective: 'She is clear about what they want. The youth club. Her college.',
    },
    goal: ['“I want to pay my own way.”', 'Apply for the college bursary together'],
    age: 18,
    gender: 'female',
    ethnicity: 'BAFR',
    area: HACKNEY,
    kind: 'intervention',
    stage: 'allocated',
    receivedDaysAgo: 27,
    agencyKind: 'voluntary-sector',
    agencyName: 'Marsh Lane Youth Club',
    concern:
      "Blessing turned 18 in September and her support from children's services is ending. She has told us that older friends are asking her to rent a flat in her name in another town.",
    whyCountyLines:
      'She has been offered money for the use of her bank account, twice, by people who also ask her younger cousin to travel for them.',
    safeContact: 'Email, which only she reads.',
    notes: [
      {
        daysAgo: 12,
        kind: 'contact-in-person',
        present: 'Blessing',
        fact: 'Met at the youth club. She has said no to the flat and has closed the account that she was asked to lend. She would like help with her college bursary so that money is less of a worry. She agreed that I speak to the housing advocate.',
        opinion: 'She is clear and determined, and she is carrying the worry for her cousin too.',
        voice: '"They think I am stupid because I am nice."',
      },
    ],
  },
  {
    givenNames: 'Jayden',
    familyName: 'Whitmore',
    age: 14,
    gender: 'male',
    ethnicity: 'WBRI',
    area: CROYDON,
    kind: 'intervention',
    stage: 'accepted',
    receivedDaysAgo: 8,
    agencyKind: 'metropolitan-police',
    agencyName: 'Metropolitan Police, South Area missing persons',
    concern:
      'Reported missing nine times since June. Each time found within two days. On the last occasion he was 60 miles away with two young people whom our colleagues in that county know.',
    whyCountyLines:
      'Found at an address that the county force links to a line. He would not say how he got there. He had no coat and had not eaten.',
    safeContact: 'Through his grandmother, who has care of him.',
    notes: [],
  },
  {
    givenNames: 'Amara',
    familyName: 'Siddiqui',
    age: 16,
    gender: 'female',
    ethnicity: 'APKN',
    area: EALING,
    kind: 'intervention',
    stage: 'received',
    receivedDaysAgo: 4,
    agencyKind: 'health',
    agencyName: 'West Acre Hospital, emergency department',
    concern:
      'Attended at 3am with an injury to her wrist and left before she was seen. She came back the next day with a friend and told a nurse that she owes somebody for something that was taken from her.',
    whyCountyLines:
      'She described being driven to "the countryside" and made to wait in a house for a weekend.',
    safeContact: 'The school nurse can see her on Tuesdays and Thursdays. Not by post.',
    notes: [],
  },
  {
    givenNames: 'Kwame',
    familyName: 'Boateng',
    age: 13,
    gender: 'male',
    ethnicity: 'BAFR',
    area: BRENT,
    kind: 'intervention',
    stage: 'received',
    receivedDaysAgo: 9,
    agencyKind: 'childrens-social-care',
    agencyName: 'Brent Family Front Door',
    concern:
      'New trainers, two phones, and a change of friends since the summer. His older brother was exploited by the same group two years ago.',
    whyCountyLines:
      "His brother, who is safe now, told us that the same man has been waiting outside Kwame's school.",
    safeContact: "His brother's phone, evenings.",
    notes: [],
  },
  {
    givenNames: 'Leah',
    familyName: 'Goldberg-Nkosi',
    age: 17,
    gender: 'female',
    ethnicity: 'MWBA',
    area: LEWISHAM,
    kind: 'intervention',
    stage: 'received',
    receivedDaysAgo: 1,
    agencyKind: 'county-police',
    agencyName: 'A county force, custody',
    concern:
      'In custody since this morning. She has asked not to be collected by the man who has telephoned three times and says that he is her uncle.',
    whyCountyLines: 'She was in a flat with a quantity of drugs, two adults and no belongings of her own.',
    safeContact: 'Custody sergeant until 10pm, then her social worker.',
    notes: [],
  },
  {
    givenNames: 'Maximilian',
    familyName: 'Featherstonehaugh-Okonkwo',
    knownAs: 'Max',
    age: 15,
    gender: 'non-binary',
    ethnicity: 'MWBA',
    area: NEWHAM,
    kind: 'intervention',
    stage: 'received',
    receivedDaysAgo: 6,
    agencyKind: 'education',
    agencyName: 'Riverside Academy',
    concern:
      'Max has stopped coming to drama, which they loved, and has been seen getting out of taxis before school. They told a teaching assistant that "it is easier to just do what they say".',
    whyCountyLines:
      'Another pupil says that Max was asked to hold a bag and that it was then said to be lost.',
    safeContact: 'At school with the teaching assistant.',
    notes: [],
  },
  {
    givenNames: 'Danh',
    familyName: 'Trần',
    age: 16,
    gender: 'male',
    ethnicity: 'AOTH',
    area: LEWISHAM,
    kind: 'intelligence',
    stage: 'intelligence-only',
    receivedDaysAgo: 15,
    agencyKind: 'british-transport-police',
    agencyName: 'British Transport Police',
    concern:
      'Seen at a terminus on three mornings with the same adult, who buys the tickets. Spoken to and gave his own name.',
    whyCountyLines:
      'The adult is known to a county force. Danh is well supported at home and his borough is working with him.',
    safeContact: "Not needed: the borough's worker is in touch.",
    notes: [],
  },
  {
    givenNames: 'Sofia',
    familyName: 'Petrescu',
    age: 22,
    gender: 'female',
    ethnicity: 'WOTH',
    area: BRENT,
    kind: 'intervention',
    stage: 'signposted',
    receivedDaysAgo: 36,
    agencyKind: 'probation',
    agencyName: 'London Probation',
    concern:
      'Sofia is rebuilding her life after a sentence and asks for a mentor. She has no contact with the people who exploited her.',
    whyCountyLines: 'Past exploitation only; she is safe now.',
    safeContact: 'Telephone.',
    notes: [],
  },
  {
    givenNames: 'Reece',
    familyName: 'Baptiste',
    age: 12,
    gender: 'male',
    ethnicity: 'BCRB',
    area: LAMBETH,
    kind: 'intervention',
    stage: 'declined',
    receivedDaysAgo: 48,
    agencyKind: 'early-help',
    agencyName: 'Lambeth Early Help',
    concern: 'Worries about older children in the park after school, and a bicycle that he cannot explain.',
    whyCountyLines: 'Nothing yet; we would like advice.',
    safeContact: 'His father.',
    notes: [],
  },
  {
    givenNames: 'Imani',
    familyName: 'Castellan-Brooks',
    risk: {
      level: 'high',
      reasons: 'Driven to hotels by two men, who know where she lives. Nobody at home must learn of it.',
      protective: 'The nurse, whom she trusts. A record that few can open.',
    },
    goal: ['“I want to be the one who says when.”', 'Meet at the clinic, at times that she chooses'],
    age: 16,
    gender: 'female',
    ethnicity: 'BCRB',
    area: CROYDON,
    kind: 'intervention',
    stage: 'allocated',
    receivedDaysAgo: 52,
    agencyKind: 'health',
    agencyName: 'Sexual health clinic for young people',
    concern: 'Imani told a nurse that she is driven to hotels and that nobody at home must learn of it.',
    whyCountyLines: 'She has been asked to carry a bag on the train, twice, by the same two men.',
    safeContact: 'At the clinic only. A relative works for the borough: nothing may go through it.',
    notes: [
      {
        daysAgo: 30,
        kind: 'contact-in-person',
        present: 'Imani, and the nurse whom she trusts',
        fact: 'Met at the clinic. She asked who can read what I write. I told her, and asked the coordinator the same day to restrict the record to the three of us.',
        voice: '“If my aunt sees my name on that computer, it is over.”',
      },
    ],
  },
  {
    givenNames: 'Rosa',
    familyName: 'Delgado-Finch',
    risk: {
      level: 'medium',
      reasons: 'Found in a flat outside London with two adults. They do not know the new address.',
      protective: 'Her foster carer, and the school that she stays at.',
    },
    goal: ['“I want to stay at my school.”', 'Ask for the travel pass from the new address'],
    age: 15,
    gender: 'female',
    ethnicity: 'WOTH',
    area: CROYDON,
    kind: 'intervention',
    stage: 'allocated',
    receivedDaysAgo: 66,
    agencyKind: 'childrens-social-care',
    agencyName: 'Croydon Children Looked After',
    concern: 'Rosa was found in a flat outside London with two adults. She says that she was there to clean.',
    whyCountyLines: 'The adults are known to the county force. She had train tickets for three Fridays.',
    safeContact: 'Through her foster carer, who goes with her to every appointment.',
    notes: [
      {
        daysAgo: 13,
        kind: 'contact-in-person',
        present: 'Rosa and her foster carer',
        fact: 'The carer moves house next week and Rosa goes with her. She stays at her school. We wrote down the new way home, and which bus she does not take. I told both boroughs.',
        voice: '“Same school, different bed. I have had worse.”',
      },
    ],
  },
  {
    givenNames: 'Daniel',
    familyName: 'Achterberg',
    risk: {
      level: 'low',
      reasons: 'Those who used his room have not been back since the locks were changed.',
      protective: 'His mother. The ward.',
    },
    goal: ['“I want to see the boat again.”', 'Ask his grandfather for photographs'],
    age: 19,
    gender: 'male',
    ethnicity: 'WOTH',
    area: HACKNEY,
    kind: 'intervention',
    stage: 'allocated',
    receivedDaysAgo: 140,
    diedDaysAgo: 4,
    agencyKind: 'voluntary-sector',
    agencyName: 'Marsh Lane Youth Club',
    concern: 'Daniel’s room was used by others to keep things in. He was ill and could not make them leave.',
    whyCountyLines: 'Two people from another town had keys to his room, and paid nothing.',
    safeContact: 'Telephone, mornings. His mother may always be told.',
    notes: [
      {
        daysAgo: 6,
        kind: 'visit',
        present: 'Daniel and his mother, in hospital',
        fact: 'Sat with him for half an hour. He spoke about the boat he built with his grandfather. His mother asked me to come again.',
        voice: '“You came even when there was nothing to fix.”',
      },
    ],
  },
];

/** Names for the people who fill the lists: given names, family names, and what the referral says in a sentence. */
export const namePool = {
  female: [
    'Aaliyah',
    'Grace',
    'Inès',
    'Priya',
    'Shanice',
    'Zoë',
    'Fatima',
    'Ruby',
    'Ngozi',
    'Ewa',
    'Keira',
    'Mei',
  ],
  male: [
    'Abdul',
    'Callum',
    'Dejan',
    'Elijah',
    'Finn',
    'Hassan',
    'Isaac',
    'José',
    'Luca',
    'Malachi',
    'Noah',
    'Rhys',
    'Samuel',
    'Tyrese',
    'Yusuf',
    'Zane',
  ],
  family: [
    'Ahmed',
    'Begum',
    'Campbell',
    'da Silva',
    'Edwards',
    'Francis',
    'García',
    'Hughes',
    'Ibrahim',
    'Joseph',
    'Kaya',
    'Lewis',
    'Mohamed',
    'Nowak',
    'Osei',
    "O'Brien",
    'Patel',
    'Roberts',
    'Said',
    'Thompson',
    'Uddin',
    'Walker',
  ],
  concerns: [
    'Missing from home three times this month and found outside London each time.',
    'Has two phones that ring at night, and is frightened when one of them does.',
    'Told a youth worker that they owe money for something that was taken from them.',
    'Collected from school by an adult whom the family do not know.',
    'Found on an early train with a single ticket and no money of their own.',
    'Has stopped seeing old friends and sleeps through the day.',
  ],
} as const;
