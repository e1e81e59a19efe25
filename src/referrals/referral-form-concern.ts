import {
  type CodedWord,
  policeForces,
  socialCareStatuses,
  yesNoNotKnown,
  yesNoUnknown,
} from '../reference/code-lists.ts';
import type { Answers } from './referral-answers-so-far.ts';
import { mayBeUnder } from './referral-birth.ts';
import type { Section, WordsQuestion } from './referral-question.ts';

/** The pages about what is happening: the concern, who else was told, the county line, missing, police. */

export const countyLinesKnowledge = [
  { code: 'known', text: 'Yes: it is known' },
  { code: 'suspected', text: 'It is suspected' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const signs = [
  { code: 'unexplained-things', text: 'Money, clothes, phones or tickets that they cannot explain' },
  { code: 'changing-phones', text: 'More than one phone, or numbers that change' },
  { code: 'constant-calls', text: 'Calls at all hours, or hostile callers' },
  { code: 'travel', text: 'Travel that they cannot explain, taxis, or being found out of the area' },
  { code: 'hotels', text: 'Hotels, rented rooms or other people’s homes' },
  { code: 'injuries', text: 'Injuries that they cannot explain' },
  { code: 'older-people', text: 'Older or controlling people around them' },
  { code: 'school', text: 'Sudden changes at school, college or work' },
  { code: 'home', text: 'Sudden changes at home, or leaving in a hurry' },
  { code: 'drugs', text: 'Drugs on them, or using them' },
  { code: 'weapons', text: 'Weapons, or fear of being attacked' },
  { code: 'low', text: 'Low mood, fear or self-harm' },
  { code: 'none', text: 'None of these' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const roles = [
  { code: 'carrying', text: 'Made to carry drugs or money' },
  { code: 'selling', text: 'Made to sell drugs' },
  { code: 'storing', text: 'Made to keep drugs, money or weapons' },
  { code: 'staying', text: 'Made to stay in somebody’s home' },
  { code: 'recruiting', text: 'Pressed to bring in others' },
  { code: 'driving', text: 'Made to drive, or to hire a car or a room' },
  { code: 'money', text: 'Their bank account or name is used' },
  { code: 'other', text: 'Something else' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const spreads = [
  { code: 'across', text: 'From here to another part of the country' },
  { code: 'local', text: 'Only within this area' },
  { code: 'both', text: 'Both' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const transport = [
  { code: 'train', text: 'Train' },
  { code: 'coach', text: 'Coach or bus' },
  { code: 'car', text: 'Somebody’s car' },
  { code: 'hired-car', text: 'Hired car' },
  { code: 'taxi', text: 'Taxi or minicab' },
  { code: 'other', text: 'Another way' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const violence = [
  { code: 'threats', text: 'Threats to them' },
  { code: 'threats-to-family', text: 'Threats to their family or friends' },
  { code: 'harmed', text: 'They were hurt' },
  { code: 'held', text: 'They were held against their will' },
  { code: 'sexual', text: 'Sexual violence' },
  { code: 'filmed', text: 'They were filmed or shamed' },
  { code: 'weapon', text: 'A weapon was used or shown' },
  { code: 'none', text: 'None of these' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const knownOrSuspected = [
  { code: 'known', text: 'Yes: it is known' },
  { code: 'suspected', text: 'It is suspected' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const evidence = [
  { code: 'told-us', text: 'The young person said so' },
  { code: 'family', text: 'Family or carers said so' },
  { code: 'seen', text: 'Somebody at work saw it' },
  { code: 'found', text: 'They were found with drugs, money or weapons' },
  { code: 'stopped', text: 'Police stopped or arrested them' },
  { code: 'elsewhere', text: 'They were found far from home' },
  { code: 'phone', text: 'Phones, messages or social media' },
  { code: 'report', text: 'A report from another agency' },
  { code: 'intelligence', text: 'Police intelligence' },
  { code: 'opinion', text: 'Professional judgement alone' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const missingAnswers = [
  { code: 'linked', text: 'Yes, and I think it is linked to county lines' },
  { code: 'not-linked', text: 'Yes, but I do not think it is linked' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const returnInterviews = [
  { code: 'done', text: 'Yes' },
  { code: 'declined', text: 'It was offered, and they did not want it' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const policeMatters = [
  { code: 'arrested', text: 'Arrested' },
  { code: 'under-investigation', text: 'Released under investigation' },
  { code: 'bail', text: 'On bail' },
  { code: 'charged', text: 'Charged, and waiting for court' },
  { code: 'convicted', text: 'Convicted' },
  { code: 'order', text: 'On an order or out-of-court disposal' },
  { code: 'remanded', text: 'Held on remand' },
  { code: 'custody', text: 'Serving a sentence in custody' },
  { code: 'none', text: 'None of these' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** Who referred to the NRM: the kinds of first responder that the service counts (import-format.md, nrm.csv). */
export const firstResponders = [
  { code: 'local-authority', text: 'A council' },
  { code: 'police', text: 'Police' },
  { code: 'charity', text: 'A charity' },
  { code: 'border-force', text: 'Border Force' },
  { code: 'other', text: 'Another organisation' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const grounds = [
  { code: 'positive', text: 'Positive' },
  { code: 'negative', text: 'Negative' },
  { code: 'pending', text: 'Not decided yet' },
  { code: 'withdrawn', text: 'Withdrawn' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const meetings = [
  { code: 'strategy', text: 'A strategy meeting' },
  { code: 'mace', text: 'A multi-agency exploitation meeting (MASE, MACE or CEG)' },
  { code: 'missing-panel', text: 'A missing panel' },
  { code: 'nrm-panel', text: 'A local NRM panel' },
  { code: '87a', text: 'An 87a form was sent to the police' },
  { code: 'none', text: 'None of these' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const mayBeCountyLines = (answers: Answers): boolean => !answers.is('countyLines', 'no');
const wentMissing = (answers: Answers): boolean =>
  answers.is('missing', 'linked') || answers.is('missing', 'not-linked');

/** A question in some lines of text, such as follows many a choice. */
const words = (
  question: Pick<WordsQuestion, 'key' | 'asks' | 'called'> & Partial<WordsQuestion>,
): WordsQuestion => ({ kind: 'words', orNotKnown: true, most: 2_000, rows: 3, ...question });

export const concern: readonly Section[] = [
  {
    title: 'What is happening',
    parts: [
      {
        name: 'concern',
        title: 'What worries you',
        questions: [
          words({
            key: 'whatIsHappening',
            asks: 'What is happening?',
            hint: 'What was seen or said, by whom and when. Keep what you know apart from what you think',
            called: 'What is happening',
            most: 10_000,
            rows: 8,
            needed: 'Enter what is happening, or tick “Not known”',
          }),
          words({
            key: 'deadline',
            asks: 'Is there a day by which something has to happen?',
            hint: 'Such as a court hearing, a release or a move. Say what, and when',
            called: 'What has to happen by when',
            most: 500,
            rows: 2,
          }),
        ],
      },
      {
        name: 'county-lines',
        title: 'County lines',
        intro: [
          'A county line is run by people who move drugs between areas and make children and young adults do the work.',
        ],
        questions: [
          {
            key: 'countyLines',
            kind: 'choice',
            asks: 'Is a county line involved?',
            options: countyLinesKnowledge,
            needed: 'Choose whether a county line is involved, or “Not known”',
          },
          words({
            key: 'whyCountyLines',
            asks: 'Why do you think so?',
            called: 'Why you think so',
            most: 5_000,
          }),
        ],
      },
      {
        name: 'social-care',
        title: 'Social care',
        intro: [
          'This referral does not tell social care, and does not replace telling them. If a child may be harmed, tell the children’s social care of the council where they live first.',
        ],
        questions: [
          {
            key: 'socialCareTold',
            kind: 'choice',
            asks: "Have the council's children's or adult social care been told?",
            options: yesNoNotKnown,
            needed: 'Choose whether social care have been told',
          },
          words({
            key: 'socialCareWho',
            asks: 'Which council, which team, and who knows the young person there',
            called: 'Which council and team',
            most: 500,
            rows: 2,
            under: { key: 'socialCareTold', code: 'yes' },
          }),
          {
            key: 'socialCareStatus',
            kind: 'choice',
            asks: 'What are they to social care now?',
            hint: 'If several are true, choose the first of them',
            options: socialCareStatuses,
          },
          {
            key: 'legalOrder',
            kind: 'line',
            asks: 'Under which order or section are they looked after, and in what placement?',
            hint: 'Such as section 20, a care order, or remand to care',
            called: 'Order and placement',
            orNotKnown: true,
            most: 200,
            under: { key: 'socialCareStatus', code: 'cla' },
          },
        ],
      },
      {
        name: 'nrm',
        title: 'The National Referral Mechanism',
        intro: [
          'The National Referral Mechanism (NRM) finds out whether somebody is a victim of modern slavery. Every child who may be one must be referred to it, and an adult who agrees. Only a first responder, such as a council or the police, can do that.',
          'This referral does not do so, and does not replace it.',
        ],
        questions: [
          {
            key: 'nrm',
            kind: 'choice',
            asks: 'Has anybody referred them to the National Referral Mechanism (NRM)?',
            options: yesNoNotKnown,
            needed: 'Choose whether anybody has referred them to the NRM',
          },
          {
            key: 'firstResponder',
            kind: 'choice',
            asks: 'Who was the first responder?',
            options: firstResponders,
            needed: 'Choose who the first responder was, or “Not known”',
            under: { key: 'nrm', code: 'yes' },
          },
          {
            key: 'dutyToNotify',
            kind: 'choice',
            asks: 'If they did not agree to it, was the Home Office notified without their name?',
            hint: 'Councils and the police have a duty to notify',
            options: yesNoNotKnown,
            isAsked: (answers) => !mayBeUnder(18, answers),
          },
        ],
      },
    ],
  },
  {
    title: 'More about the county line',
    parts: [
      {
        name: 'signs',
        title: 'What has been noticed',
        questions: [
          {
            key: 'signs',
            kind: 'ticks',
            asks: 'Which of these have been noticed?',
            hint: 'Tick all that apply. None of them proves anything, and no score is made of them',
            options: signs,
            alone: ['none', 'not-known'],
          },
        ],
      },
      {
        name: 'line',
        title: 'The line, and what they are made to do',
        isAsked: mayBeCountyLines,
        questions: [
          {
            key: 'roles',
            kind: 'ticks',
            asks: 'What are they made or pressed to do?',
            hint: 'Tick all that apply',
            options: roles,
            alone: ['not-known'],
          },
          {
            key: 'lineName',
            kind: 'line',
            asks: 'Name of the line',
            hint: 'What it is called, or its phone number',
            called: 'Name of the line',
            orNotKnown: true,
            most: 200,
            autocomplete: 'off',
          },
          {
            key: 'gangLink',
            kind: 'choice',
            asks: 'Is there a link to a gang?',
            options: yesNoUnknown,
          },
          {
            key: 'gangName',
            kind: 'line',
            asks: 'Which gang, and what the link is',
            called: 'Which gang',
            orNotKnown: true,
            most: 500,
            autocomplete: 'off',
            under: { key: 'gangLink', code: 'yes' },
          },
        ],
      },
      {
        name: 'places',
        title: 'Where and when',
        isAsked: mayBeCountyLines,
        questions: [
          {
            key: 'spread',
            kind: 'choice',
            asks: 'Where does it happen?',
            options: spreads,
          },
          {
            key: 'linkedForce',
            kind: 'list',
            asks: 'Police force of the place they are taken to',
            hint: 'If there are several, the one you know most about. A county is not always a force: Kent Police also covers Medway',
            options: [{ code: 'not-known', text: 'Not known' }, ...policeForces],
          },
          {
            key: 'linkedTown',
            kind: 'line',
            asks: 'Town',
            called: 'Town',
            orNotKnown: true,
            most: 100,
            autocomplete: 'off',
            width: 'half',
          },
          words({
            key: 'placesAndDates',
            asks: 'Other places, and dates',
            called: 'Other places, and dates',
          }),
          {
            key: 'transport',
            kind: 'ticks',
            asks: 'How do they travel?',
            hint: 'Tick all that apply',
            options: transport,
            alone: ['not-known'],
          },
        ],
      },
      {
        name: 'control',
        title: 'How they are controlled',
        isAsked: mayBeCountyLines,
        questions: [
          {
            key: 'debt',
            kind: 'choice',
            asks: 'Are they said to owe a debt?',
            options: yesNoNotKnown,
          },
          words({
            key: 'debtDetails',
            asks: 'To whom, how much, and how it is to be paid',
            called: 'What is known of the debt',
            most: 500,
            rows: 2,
            under: { key: 'debt', code: 'yes' },
          }),
          {
            key: 'violence',
            kind: 'ticks',
            asks: 'Has there been violence or a threat of it?',
            hint: 'Tick all that apply',
            options: violence,
            alone: ['none', 'not-known'],
          },
          words({
            key: 'phonesAndOnline',
            asks: 'Phones, and what happens online',
            hint: 'Numbers they use or are given, apps, names of accounts',
            called: 'Phones, and what happens online',
          }),
          {
            key: 'sexualExploitation',
            kind: 'choice',
            asks: 'Are they sexually exploited?',
            options: knownOrSuspected,
          },
        ],
      },
      {
        name: 'people',
        title: 'The people and places involved',
        intro: ['Only what is needed to protect somebody.'],
        questions: [
          words({
            key: 'peopleAndPlaces',
            asks: 'What is known about the people and places involved?',
            hint: 'Such as names, nicknames, ages, addresses, phone numbers and cars of those who exploit them',
            called: 'What is known about the people and places',
            most: 5_000,
            rows: 5,
          }),
          words({
            key: 'friends',
            asks: 'Other young people who may be at risk with them',
            hint: 'Names and dates of birth, if you know them. Refer each of them too',
            called: 'Other young people at risk',
          }),
          {
            key: 'homeTakenOver',
            kind: 'choice',
            asks: 'Has somebody’s home been taken over (“cuckooed”)?',
            options: yesNoNotKnown,
          },
          {
            key: 'homeTakenOverWhere',
            kind: 'line',
            asks: 'Address of the home taken over',
            called: 'Address of the home taken over',
            orNotKnown: true,
            most: 300,
            autocomplete: 'off',
            under: { key: 'homeTakenOver', code: 'yes' },
          },
        ],
      },
      {
        name: 'evidence',
        title: 'How this is known',
        questions: [
          {
            key: 'evidence',
            kind: 'ticks',
            asks: 'How is this known?',
            hint: 'Tick all that apply',
            options: evidence,
            alone: ['not-known'],
          },
          {
            key: 'lastActivity',
            kind: 'date',
            asks: 'When was the last thing that points to a county line?',
            hint: 'National returns count what was seen in the last 30 days. For example, 14 6 2026',
            called: 'The day of the last thing',
            orNotKnown: true,
            isAsked: mayBeCountyLines,
          },
        ],
      },
    ],
  },
  {
    title: 'Missing, police and meetings',
    parts: [
      {
        name: 'missing',
        title: 'Going missing',
        questions: [
          {
            key: 'missing',
            kind: 'choice',
            asks: 'Have they gone missing?',
            hint: 'Missing is anybody whose whereabouts cannot be established. If they are missing now, tell the police on 101, or 999 if they are at risk',
            options: missingAnswers,
          },
        ],
      },
      {
        name: 'missing-episodes',
        title: 'When they were missing',
        isAsked: wentMissing,
        questions: [
          {
            key: 'timesMissing',
            kind: 'line',
            asks: 'How many times in the last year?',
            called: 'How many times',
            orNotKnown: true,
            most: 4,
            inputmode: 'numeric',
            width: 'short',
            rule: {
              holds: (typed) => /^\d+$/.test(typed),
              otherwise: 'Enter how many times as a number, like 3',
            },
          },
          {
            key: 'longestMissingDays',
            kind: 'line',
            asks: 'The longest time, in days',
            hint: 'Less than a day is 0',
            called: 'The longest time',
            orNotKnown: true,
            most: 4,
            inputmode: 'numeric',
            width: 'short',
            rule: {
              holds: (typed) => /^\d+$/.test(typed),
              otherwise: 'Enter the longest time as a number of days, like 7',
            },
          },
          {
            key: 'lastMissing',
            kind: 'date',
            asks: 'When did they last go missing?',
            hint: 'For example, 14 6 2026',
            called: 'The day they last went missing',
            orNotKnown: true,
          },
          {
            key: 'returnInterview',
            kind: 'choice',
            asks: 'Did somebody independent talk with them when they came back?',
            hint: 'The return home interview, which every missing child must be offered within 72 hours',
            options: returnInterviews,
          },
          {
            key: 'missingReference',
            kind: 'line',
            asks: 'Police reference',
            called: 'Police reference',
            orNotKnown: true,
            most: 100,
            autocomplete: 'off',
            width: 'half',
          },
          words({
            key: 'missingDetails',
            asks: 'What is known about where they were, and with whom',
            called: 'What is known about when they were missing',
          }),
        ],
      },
      {
        name: 'police',
        title: 'Police and court',
        intro: [
          'Somebody made to commit a crime may have a defence in law. What you say here helps to find it.',
        ],
        questions: [
          {
            key: 'policeMatters',
            kind: 'ticks',
            asks: 'Which of these are they, or were they in the last year?',
            hint: 'Tick all that apply',
            options: policeMatters,
            alone: ['none', 'not-known'],
          },
        ],
      },
      {
        name: 'court',
        title: 'What they are accused of, and what comes next',
        isAsked: (answers) =>
          answers.ticked('policeMatters').some((matter) => matter !== 'none' && matter !== 'not-known'),
        questions: [
          words({
            key: 'offences',
            asks: 'For what, when, and which police force or court',
            called: 'For what, and when',
          }),
          {
            key: 'courtDate',
            kind: 'date',
            asks: 'Next date at court, or when bail ends',
            hint: 'For example, 14 9 2026',
            called: 'The next date',
            orNotKnown: true,
            future: true,
          },
          {
            key: 'heldAt',
            kind: 'line',
            asks: 'If they are held, where, and until when?',
            called: 'Where they are held',
            orNotKnown: true,
            most: 200,
          },
        ],
      },
      {
        name: 'nrm-progress',
        title: 'How the NRM referral stands',
        isAsked: (answers) => answers.is('nrm', 'yes'),
        questions: [
          {
            key: 'nrmReferredOn',
            kind: 'date',
            asks: 'When were they referred to the NRM?',
            hint: 'For example, 14 6 2026',
            called: 'The day they were referred to the NRM',
            orNotKnown: true,
          },
          {
            key: 'reasonableGrounds',
            kind: 'choice',
            asks: 'Reasonable grounds decision',
            options: grounds,
          },
          {
            key: 'conclusiveGrounds',
            kind: 'choice',
            asks: 'Conclusive grounds decision',
            options: grounds,
          },
          {
            key: 'guardian',
            kind: 'choice',
            asks: 'Have they an independent child trafficking guardian?',
            options: yesNoNotKnown,
            isAsked: (answers) => mayBeUnder(18, answers),
          },
        ],
      },
      {
        name: 'meetings',
        title: 'Meetings about them',
        questions: [
          {
            key: 'meetings',
            kind: 'ticks',
            asks: 'Which of these have there been?',
            hint: 'Tick all that apply',
            options: meetings,
            alone: ['none', 'not-known'],
          },
          words({
            key: 'meetingsDetails',
            asks: 'When, and what was decided',
            called: 'What was decided',
          }),
        ],
      },
    ],
  },
];
