import { agencyKinds, type CodedWord, policeForces, yesNoNotKnown } from '../reference/code-lists.ts';
import type { Section } from './referral-question.ts';

/** The first pages of a referral: whether somebody is in danger, whether this is the place, and who refers. */

export const kindsOfReferral = [
  { code: 'intervention', text: 'Support for the young person' },
  { code: 'intelligence', text: 'Intelligence only' },
] as const satisfies readonly CodedWord[];

/** Who the service is for, beside age and place (domain guide 1.4). */
export const criteria = [
  { code: 'used', text: 'They are being used by people who run a county line, or may be' },
  { code: 'close-to', text: 'They are close to people involved in a county line, or are pressed to join in' },
  {
    code: 'sexual-exploitation',
    text: 'They are sexually exploited, harmed or controlled by people in a county line or gang',
  },
  { code: 'missing', text: 'They go missing, and it may be because of any of these' },
  { code: 'not-known', text: 'Not known: I am not sure' },
  { code: 'none', text: 'None of these' },
] as const satisfies readonly CodedWord[];

/** Agencies whose referrals are counted by the council team that they come from. */
const COUNCIL_SERVICES = [
  'childrens-social-care',
  'youth-offending-service',
  'early-help',
  'housing',
  'education',
];

/** Who refers: none of it is told to a borough that may not know whom intelligence came from. */
export const aboutYou: Section = {
  title: 'About you',
  parts: [
    {
      name: 'you',
      title: 'About you',
      questions: [
        {
          key: 'yourName',
          kind: 'line',
          asks: 'Your full name',
          called: 'Your full name',
          orNotKnown: false,
          most: 100,
          needed: 'Enter your full name',
          autocomplete: 'name',
        },
        {
          key: 'role',
          kind: 'line',
          asks: 'Your job or role',
          hint: 'If you are the young person, or family, say so',
          called: 'Your job or role',
          orNotKnown: false,
          most: 100,
          needed: 'Enter your job or role',
          autocomplete: 'organization-title',
        },
        {
          key: 'phone',
          kind: 'line',
          asks: 'Your work phone number',
          hint: "We may ring your agency's published number to check who you are before we tell you more",
          called: 'Your work phone number',
          orNotKnown: false,
          most: 40,
          needed: 'Enter a phone number',
          type: 'tel',
          autocomplete: 'tel',
          width: 'half',
          rule: {
            holds: (typed) => typed.replace(/\D/g, '').length >= 10,
            otherwise: 'Enter a phone number with its area code, like 020 7946 0000',
          },
        },
        {
          key: 'agencyKind',
          kind: 'list',
          asks: 'What kind of agency do you work for?',
          options: agencyKinds,
          needed: 'Choose the kind of agency you work for',
        },
      ],
    },
    {
      name: 'agency',
      title: 'Your agency',
      isAsked: (answers) => !answers.is('agencyKind', 'self-or-family'),
      questions: [
        {
          key: 'agencyName',
          kind: 'line',
          asks: 'Name of your agency or organisation',
          called: 'Name of your agency',
          orNotKnown: false,
          most: 200,
          needed: 'Enter the name of your agency or organisation',
          autocomplete: 'organization',
        },
        {
          key: 'referringArea',
          kind: 'list',
          asks: 'Which police force?',
          options: [{ code: 'not-known', text: 'Not known' }, ...policeForces],
          isAsked: (answers) => answers.is('agencyKind', 'county-police'),
        },
        {
          key: 'team',
          kind: 'line',
          asks: 'Your team',
          hint: 'As other people would find it',
          called: 'Your team',
          orNotKnown: false,
          most: 200,
        },
        {
          key: 'agencyAddress',
          kind: 'words',
          asks: 'Address of your agency',
          hint: 'Where it can be found and written to, as it is published',
          called: 'Address of your agency',
          orNotKnown: true,
          most: 500,
          rows: 3,
        },
        {
          key: 'manager',
          kind: 'line',
          asks: 'Who can we speak to when you are away?',
          hint: 'Your manager or the duty desk, and their phone number',
          called: 'Who to speak to when you are away',
          orNotKnown: true,
          most: 200,
        },
      ],
    },
    {
      name: 'relation',
      title: 'You and the young person',
      isAsked: (answers) => answers.is('agencyKind', 'self-or-family'),
      questions: [
        {
          key: 'relation',
          kind: 'line',
          asks: 'What are you to the young person?',
          hint: 'For example, their aunt. If you are the young person, say “myself”',
          called: 'What you are to the young person',
          orNotKnown: false,
          most: 100,
        },
      ],
    },
  ],
};

export const beginning: readonly Section[] = [
  {
    title: 'Danger, and the right service',
    parts: [
      {
        name: 'danger',
        title: 'Is anybody in danger now?',
        questions: [
          {
            key: 'safeNow',
            kind: 'choice',
            asks: 'Is the young person safe now?',
            options: yesNoNotKnown,
            needed: 'Choose whether the young person is safe now',
            tells: {
              no: 'If they are in danger now, call 999 before you go on. This page will keep.',
            },
          },
          {
            key: 'dangerNow',
            kind: 'words',
            asks: 'What is the danger, and what has been done about it?',
            hint: 'Who was told, when, and what they said',
            called: 'What the danger is',
            orNotKnown: true,
            most: 2_000,
            rows: 3,
            under: { key: 'safeNow', code: 'no' },
          },
        ],
      },
      {
        name: 'criteria',
        title: 'Who the service is for',
        intro: [
          'Young people up to 25 for whom one of the councils of this service is responsible, or who live with one of them, and for whom one or more of these is known or suspected.',
          'If you are not sure, refer them. A coordinator reads every referral, and looks for another service where this is not the right one.',
        ],
        questions: [
          {
            key: 'criteria',
            kind: 'ticks',
            asks: 'Which of these do you know of, or suspect?',
            hint: 'Tick all that apply',
            options: criteria,
            alone: ['not-known', 'none'],
            needed: 'Tick what you know of or suspect, or “Not known”',
            tells: {
              none: 'You can still refer them. Say on the next pages what worries you; a coordinator may suggest a service that fits better.',
            },
          },
        ],
      },
      {
        name: 'kind',
        title: 'The kind of referral',
        questions: [
          {
            key: 'kind',
            kind: 'choice',
            asks: 'What are you asking for?',
            options: kindsOfReferral,
            needed: 'Choose whether you ask for support, or give intelligence only',
            hints: {
              intervention:
                'One-to-one support from a worker. It needs their agreement before it starts, but not before you refer',
              intelligence:
                'You ask for no support now. What you know helps to find and protect young people, and is shared with their borough. It does not depend on their agreement',
            },
          },
        ],
      },
    ],
  },
  aboutYou,
];

/** Whether a referral's team is a council's, which referrals are counted by. */
export const isCouncilService = (agencyKind: string): boolean => COUNCIL_SERVICES.includes(agencyKind);
