import {
  type CodedWord,
  disabilities,
  educationSettings,
  educationStatuses,
  yesNoNotKnown,
} from '../reference/code-lists.ts';
import type { Answers } from './referral-answers-so-far.ts';
import type { Section, WordsQuestion } from './referral-question.ts';

/** The pages about the young person's life: school, health, family, risks, strengths and what they want. */

const attendance = [
  { code: 'mostly', text: 'Most of the time' },
  { code: 'half', text: 'About half of the time' },
  { code: 'rarely', text: 'Rarely or never' },
  { code: 'reduced', text: 'On a reduced timetable' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const exclusions = [
  { code: 'permanent', text: 'Yes, permanently' },
  { code: 'suspended', text: 'Yes, for a time' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const migration = [
  { code: 'settled', text: 'Citizen, or settled' },
  { code: 'asylum', text: 'Seeking asylum, or given protection' },
  { code: 'limited', text: 'Leave to stay for a time' },
  { code: 'none', text: 'No leave to stay' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const professionals = [
  { code: 'social-worker', text: 'Social worker' },
  { code: 'youth-justice', text: 'Youth justice or probation worker' },
  { code: 'school', text: 'Somebody at school or college' },
  { code: 'health', text: 'Health or mental health worker' },
  { code: 'youth-worker', text: 'Youth worker or charity' },
  { code: 'lawyer', text: 'Solicitor' },
  { code: 'none', text: 'None of these' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const risks = [
  { code: 'threat-to-life', text: 'A threat to their life' },
  { code: 'osman', text: 'Police have warned them of a threat to life (Osman warning)' },
  { code: 'self-harm', text: 'Self-harm, or thoughts of suicide' },
  { code: 'weapon', text: 'They carry a weapon, or are near to those who do' },
  { code: 'substances', text: 'Harm from drugs or alcohol' },
  { code: 'pregnant', text: 'Pregnant, or with a young child' },
  { code: 'other', text: 'Another risk' },
  { code: 'none', text: 'None of these' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const visitRisks = [
  { code: 'exploiters', text: 'People who exploit them may be there' },
  { code: 'weapons', text: 'Weapons' },
  { code: 'dog', text: 'A dangerous dog' },
  { code: 'aggression', text: 'Somebody in the home who is aggressive' },
  { code: 'not-alone', text: 'No worker should go alone' },
  { code: 'none', text: 'None of these' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const references = [
  { code: 'nhs', text: 'NHS number' },
  { code: 'upn', text: 'Unique pupil number (UPN)' },
  { code: 'lcs', text: "Council's case number (such as LCS)" },
  { code: 'pnc', text: 'Police National Computer (PNC)' },
  { code: 'cro', text: 'Criminal Records Office (CRO)' },
  { code: 'merlin', text: 'Merlin' },
  { code: 'ecins', text: 'ECINS' },
  { code: 'none', text: 'None' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const asksForSupport = (answers: Answers): boolean => answers.is('kind', 'intervention');

const words = (
  question: Pick<WordsQuestion, 'key' | 'asks' | 'called'> & Partial<WordsQuestion>,
): WordsQuestion => ({ kind: 'words', orNotKnown: true, most: 2_000, rows: 3, ...question });

/** A professional who works with them, asked when it is said that there is one. */
const professional = (code: string, key: string, who: string): WordsQuestion =>
  words({
    key,
    asks: `${who}: name, team, phone and email`,
    called: who,
    most: 500,
    rows: 2,
    under: { key: 'professionals', code },
  });

export const life: readonly Section[] = [
  {
    title: 'Their life',
    parts: [
      {
        name: 'education',
        title: 'Education, training and work',
        questions: [
          {
            key: 'educationStatus',
            kind: 'choice',
            asks: 'Are they in education?',
            options: educationStatuses,
          },
          {
            key: 'educationSetting',
            kind: 'choice',
            asks: 'Where?',
            options: [...educationSettings, { code: 'not-known', text: 'Not known' }],
            under: { key: 'educationStatus', code: 'in-education' },
          },
          {
            key: 'schoolName',
            kind: 'line',
            asks: 'Name of the school, college or employer, and their year',
            called: 'Name of the school',
            orNotKnown: true,
            most: 200,
            under: { key: 'educationStatus', code: 'in-education' },
          },
          {
            key: 'attendance',
            kind: 'choice',
            asks: 'Do they attend?',
            options: attendance,
            under: { key: 'educationStatus', code: 'in-education' },
          },
          {
            key: 'excluded',
            kind: 'choice',
            asks: 'Have they been excluded or suspended in the last year?',
            options: exclusions,
          },
        ],
      },
      {
        name: 'health',
        title: 'Health and disability',
        questions: [
          {
            key: 'disabilities',
            kind: 'ticks',
            asks: 'Have they a disability, or a need like one?',
            hint: 'Tick all that apply, diagnosed or not',
            options: [
              ...disabilities,
              { code: 'none', text: 'None' },
              { code: 'not-known', text: 'Not known' },
            ],
            alone: ['none', 'not-known'],
          },
          {
            key: 'carePlan',
            kind: 'choice',
            asks: 'Have they an education, health and care plan (EHCP)?',
            options: yesNoNotKnown,
          },
          words({
            key: 'health',
            asks: 'Physical and mental health, and medicines that they need',
            called: 'Health',
            isAsked: asksForSupport,
          }),
          {
            key: 'doctor',
            kind: 'line',
            asks: 'Their GP',
            called: 'Their GP',
            orNotKnown: true,
            most: 200,
            isAsked: asksForSupport,
          },
        ],
      },
      {
        name: 'background',
        title: 'Nationality',
        isAsked: asksForSupport,
        questions: [
          {
            key: 'nationality',
            kind: 'line',
            asks: 'Nationality',
            called: 'Nationality',
            orNotKnown: true,
            most: 100,
            width: 'half',
          },
          {
            key: 'migration',
            kind: 'choice',
            asks: 'Immigration status',
            hint: 'It makes no difference to whether they are offered support',
            options: migration,
          },
          {
            key: 'unaccompanied',
            kind: 'choice',
            asks: 'Did they come to the UK as a child without a parent or carer?',
            options: yesNoNotKnown,
          },
        ],
      },
      {
        name: 'family',
        title: 'Family and household',
        isAsked: asksForSupport,
        questions: [
          words({
            key: 'family',
            asks: 'Parents, carers and who else lives with them',
            hint: 'Names, what they are to the young person, and how to reach them. Say who must not be contacted',
            called: 'Parents and carers',
          }),
          words({
            key: 'siblings',
            asks: 'Brothers, sisters and other children at home, with dates of birth',
            hint: 'They may be at risk too',
            called: 'Brothers and sisters',
          }),
          {
            key: 'trustedAdult',
            kind: 'line',
            asks: 'An adult they trust',
            called: 'An adult they trust',
            orNotKnown: true,
            most: 300,
          },
        ],
      },
      {
        name: 'professionals',
        title: 'Who works with them',
        isAsked: asksForSupport,
        questions: [
          {
            key: 'professionals',
            kind: 'ticks',
            asks: 'Which professionals work with them?',
            hint: 'Tick all that apply',
            options: professionals,
            alone: ['none', 'not-known'],
          },
          professional('social-worker', 'socialWorker', 'Social worker'),
          professional('youth-justice', 'youthJusticeWorker', 'Youth justice or probation worker'),
          professional('school', 'schoolWorker', 'Person at school or college'),
          professional('health', 'healthWorker', 'Health worker'),
          professional('youth-worker', 'youthWorker', 'Youth worker or charity'),
          professional('lawyer', 'lawyer', 'Solicitor'),
        ],
      },
    ],
  },
  {
    title: 'Risks, strengths and wishes',
    parts: [
      {
        name: 'risks',
        title: 'Risks',
        questions: [
          {
            key: 'risks',
            kind: 'ticks',
            asks: 'Which of these are there now?',
            hint: 'Tick all that apply',
            options: risks,
            alone: ['none', 'not-known'],
          },
          words({
            key: 'risksDetails',
            asks: 'What is known about it, and what is done already',
            called: 'What is known about the risks',
          }),
        ],
      },
      {
        name: 'visiting',
        title: 'Visiting them',
        isAsked: asksForSupport,
        questions: [
          {
            key: 'visitRisks',
            kind: 'ticks',
            asks: 'What could be a risk to a worker who visits?',
            hint: 'Tick all that apply',
            options: visitRisks,
            alone: ['none', 'not-known'],
          },
          words({
            key: 'safePlace',
            asks: 'Where is it safe to meet them?',
            called: 'Where it is safe to meet them',
            most: 1_000,
            rows: 2,
          }),
        ],
      },
      {
        name: 'strengths',
        title: 'Strengths and wishes',
        questions: [
          words({
            key: 'strengths',
            asks: 'What are they good at, and who and what protects them?',
            hint: 'Such as family, friends, interests, a school or worker they trust',
            called: 'Strengths',
          }),
          words({
            key: 'theirView',
            asks: 'What do they say about it, in their own words?',
            called: 'What they say about it',
            isAsked: asksForSupport,
          }),
          words({
            key: 'goals',
            asks: 'What do they want to change, and what would help?',
            called: 'What they want to change',
            isAsked: asksForSupport,
          }),
        ],
      },
      {
        name: 'references',
        title: 'Numbers and earlier referrals',
        questions: [
          {
            key: 'referredBefore',
            kind: 'choice',
            asks: 'Have they been referred to this service before?',
            options: yesNoNotKnown,
          },
          {
            key: 'referredBeforeWhen',
            kind: 'line',
            asks: 'When, by whom, and its reference',
            called: 'When and by whom',
            orNotKnown: true,
            most: 300,
            under: { key: 'referredBefore', code: 'yes' },
          },
          {
            key: 'references',
            kind: 'ticks',
            asks: 'Which numbers do you have for them?',
            hint: 'They help to find the right person. Tick those that you have beside you',
            options: references,
            alone: ['none', 'not-known'],
          },
          ...(
            [
              ['nhs', 'nhsNumber', 'NHS number'],
              ['upn', 'upn', 'Unique pupil number'],
              ['lcs', 'councilNumber', "Council's case number"],
              ['pnc', 'pncNumber', 'PNC number'],
              ['cro', 'croNumber', 'CRO number'],
              ['merlin', 'merlinNumber', 'Merlin number'],
              ['ecins', 'ecinsNumber', 'ECINS number'],
            ] as const
          ).map(
            ([code, key, called]) =>
              ({
                key,
                kind: 'line',
                asks: called,
                called,
                orNotKnown: false,
                most: 50,
                needed: `Enter the ${called}, or untick it`,
                autocomplete: 'off',
                width: 'half',
                under: { key: 'references', code },
              }) as const,
          ),
        ],
      },
    ],
  },
];
