import { parsePostcode } from '../platform/text/postcode.ts';
import {
  type CodedWord,
  datePrecisions,
  ethnicities,
  genders,
  yesNoNotKnown,
} from '../reference/code-lists.ts';
import type { Answers } from './referral-answers-so-far.ts';
import { ageOrYear, mayBeUnder } from './referral-birth.ts';
import type { Section } from './referral-question.ts';

/** The pages about who the young person is, what they know and agree to, and how they can be reached. */

export const nameKnowledge = [
  { code: 'full', text: 'First names and family name' },
  { code: 'one', text: 'One name only' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const postcodeKnowledge = [
  { code: 'known', text: 'I know the postcode' },
  { code: 'no-fixed-address', text: 'They have no fixed address' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const homes = [
  { code: 'family', text: 'With family or friends' },
  { code: 'foster', text: 'With foster carers' },
  { code: 'residential', text: "In a children's home" },
  { code: 'supported', text: 'In supported accommodation' },
  { code: 'own-tenancy', text: 'In a place of their own' },
  { code: 'temporary', text: 'In temporary accommodation or a hostel' },
  { code: 'custody', text: 'In custody' },
  { code: 'none', text: 'Nowhere settled' },
  { code: 'other', text: 'Somewhere else' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const consentAnswers = [
  { code: 'yes', text: 'Yes' },
  { code: 'no', text: 'No' },
  { code: 'not-asked', text: 'They have not been asked yet' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** What a professional's agency relies on when it refers for support (domain guide 3.3): consent to a service is another thing. */
export const supportBases = [
  { code: 'public-task', text: "It is part of my agency's public task" },
  { code: 'safeguarding', text: 'To safeguard a child, or an adult who is at risk' },
  { code: 'family', text: 'I am the young person, or family' },
  { code: 'other', text: 'Another reason' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** Why intelligence may be shared without consent (domain guide 3.3: lawful bases and conditions). */
export const lawfulReasons = [
  { code: 'safeguard-child', text: 'To safeguard a child' },
  { code: 'safeguard-adult', text: 'To safeguard an adult who is at risk' },
  { code: 'prevent-crime', text: 'To prevent or detect a crime' },
  { code: 'legal-duty', text: 'My agency has a legal duty or power to share it' },
  { code: 'other', text: 'Another reason' },
  { code: 'not-known', text: 'Not known: I need advice on this' },
] as const satisfies readonly CodedWord[];

const mayBeTold = [
  { code: 'yes', text: 'Yes' },
  { code: 'ask-me', text: 'Ask me first' },
  { code: 'no', text: 'No: it could put somebody at risk' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

const asksForSupport = (answers: Answers): boolean => answers.is('kind', 'intervention');

export const youngPerson: readonly Section[] = [
  {
    title: 'The young person',
    parts: [
      {
        name: 'name',
        title: 'Their name',
        questions: [
          {
            key: 'nameKnown',
            kind: 'choice',
            asks: 'What do you know of their name?',
            options: nameKnowledge,
            needed: 'Choose what you know of their name',
            hints: { one: 'They use one name, or you have heard only one' },
          },
          {
            key: 'givenNames',
            kind: 'line',
            asks: 'First names',
            called: 'First names',
            orNotKnown: false,
            most: 100,
            needed: 'Enter their first names',
            autocomplete: 'off',
            under: { key: 'nameKnown', code: 'full' },
          },
          {
            key: 'familyName',
            kind: 'line',
            asks: 'Family name',
            called: 'Family name',
            orNotKnown: false,
            most: 100,
            needed: 'Enter their family name',
            autocomplete: 'off',
            under: { key: 'nameKnown', code: 'full' },
          },
          {
            key: 'onlyName',
            kind: 'line',
            asks: 'Name',
            called: 'Name',
            orNotKnown: false,
            most: 100,
            needed: 'Enter their name',
            autocomplete: 'off',
            under: { key: 'nameKnown', code: 'one' },
          },
          {
            key: 'knownAs',
            kind: 'line',
            asks: 'Other names they are known by',
            hint: 'Such as a nickname or a street name',
            called: 'Other names they are known by',
            orNotKnown: true,
            most: 200,
            autocomplete: 'off',
          },
        ],
      },
      {
        name: 'birth',
        title: 'Their age',
        questions: [
          {
            key: 'birthKnown',
            kind: 'choice',
            asks: 'Do you know their date of birth?',
            options: datePrecisions,
            needed: 'Choose whether you know their date of birth',
          },
          {
            key: 'dateOfBirth',
            kind: 'date',
            asks: 'Date of birth',
            hint: 'For example, 29 2 2008',
            called: 'Date of birth',
            orNotKnown: false,
            needed: 'Enter their date of birth',
            under: { key: 'birthKnown', code: 'exact' },
          },
          {
            key: 'about',
            kind: 'line',
            asks: 'Their age, or the year they were born',
            hint: 'For example, 15 or 2010',
            called: 'Their age, or the year they were born',
            orNotKnown: false,
            most: 10,
            needed: 'Enter an age like 15, or a year like 2010',
            inputmode: 'numeric',
            autocomplete: 'off',
            width: 'short',
            rule: {
              holds: (typed) => ageOrYear(typed) !== null,
              otherwise: 'Enter an age like 15, or a year like 2010',
            },
            under: { key: 'birthKnown', code: 'approximate' },
          },
        ],
      },
      {
        name: 'gender-and-ethnicity',
        title: 'Gender and ethnic group',
        intro: ['As they describe themselves, if you know. “Not known” is better than a guess.'],
        questions: [
          {
            key: 'gender',
            kind: 'choice',
            asks: 'Gender',
            options: genders,
            needed: 'Choose their gender, or “Not known”',
          },
          {
            key: 'ethnicity',
            kind: 'list',
            asks: 'Ethnic group',
            hint: '“Not known” is in the list',
            options: ethnicities,
            needed: 'Choose their ethnic group, or “Not known”',
          },
        ],
      },
      {
        name: 'home',
        title: 'Where they live',
        questions: [
          {
            key: 'postcodeKnown',
            kind: 'choice',
            asks: 'Do you know the postcode where they live?',
            options: postcodeKnowledge,
            needed: 'Choose whether you know the postcode where they live',
          },
          {
            key: 'postcode',
            kind: 'line',
            asks: 'Postcode',
            called: 'Postcode',
            orNotKnown: false,
            most: 20,
            needed: 'Enter a full UK postcode, like SW1A 1AA',
            autocomplete: 'off',
            width: 'short',
            rule: {
              holds: (typed) => parsePostcode(typed) !== undefined,
              otherwise: 'Enter a full UK postcode, like SW1A 1AA',
            },
            under: { key: 'postcodeKnown', code: 'known' },
          },
          {
            key: 'address',
            kind: 'line',
            asks: 'House or flat, and street',
            called: 'House or flat, and street',
            orNotKnown: true,
            most: 200,
            autocomplete: 'off',
            under: { key: 'postcodeKnown', code: 'known' },
          },
          {
            key: 'livesIn',
            kind: 'list',
            asks: 'How do they live?',
            options: homes,
          },
        ],
      },
      {
        name: 'council',
        title: 'The council responsible for them',
        questions: [
          {
            key: 'area',
            kind: 'area',
            asks: 'Which council is responsible for them?',
            hint: 'The one with the duty to look after them, which is not always the one they live in. We tell its contact about this referral',
            needed: 'Choose the council responsible for them, or “Not known yet”',
          },
          {
            key: 'placedElsewhere',
            kind: 'choice',
            asks: 'Do they live outside that council’s area?',
            options: yesNoNotKnown,
          },
        ],
      },
    ],
  },
  {
    title: 'Agreement and sharing',
    parts: [
      {
        name: 'consent',
        title: 'What they know and agree to',
        intro: [
          'Tell them if it is safe to. If it is not, refer all the same: where somebody may be harmed, sharing what you know does not depend on their agreement. Support does.',
        ],
        isAsked: asksForSupport,
        questions: [
          {
            key: 'youngPersonKnows',
            kind: 'choice',
            asks: 'Does the young person know about this referral?',
            options: yesNoNotKnown,
            needed: 'Choose whether the young person knows about this referral',
          },
          {
            key: 'consents',
            kind: 'choice',
            asks: 'Do they agree to be contacted and offered support?',
            options: consentAnswers,
            needed: 'Choose whether they agree to be contacted',
          },
          {
            key: 'withoutConsent',
            kind: 'words',
            asks: 'If they do not know or have not agreed, why are you referring now?',
            hint: 'And what would make it possible to ask them',
            called: 'Why you are referring now',
            orNotKnown: true,
            most: 2_000,
            rows: 3,
          },
          {
            key: 'supportBasis',
            kind: 'choice',
            asks: 'What in law does your agency rely on to share this?',
            hint: 'Agreeing to support is one thing; this is another',
            options: supportBases,
          },
        ],
      },
      {
        name: 'sharing',
        title: 'Why you may share this',
        intro: ['Sharing without agreement needs a lawful reason. Share only what is needed for it.'],
        isAsked: (answers) => answers.is('kind', 'intelligence'),
        questions: [
          {
            key: 'lawfulReason',
            kind: 'choice',
            asks: 'Why may you share this?',
            options: lawfulReasons,
            needed: 'Choose why you may share this',
          },
          {
            key: 'lawfulReasonMore',
            kind: 'words',
            asks: 'Say more about why you may share it',
            called: 'Why you may share it',
            orNotKnown: false,
            most: 2_000,
            rows: 3,
            needed: 'Enter why you may share it',
            under: { key: 'lawfulReason', code: 'other' },
          },
          {
            key: 'youngPersonAware',
            kind: 'choice',
            asks: 'Does the young person know that you share this?',
            hint: 'It does not depend on it',
            options: yesNoNotKnown,
          },
          {
            key: 'sourceMayBeTold',
            kind: 'choice',
            asks: 'May the borough be told that it came from your agency?',
            options: mayBeTold,
          },
        ],
      },
      {
        name: 'parents',
        title: 'Their parents or carers',
        isAsked: (answers) => asksForSupport(answers) && mayBeUnder(18, answers),
        questions: [
          {
            key: 'parentsKnow',
            kind: 'choice',
            asks: 'Does a parent or carer know about this referral?',
            options: yesNoNotKnown,
          },
          {
            key: 'parentsAgree',
            kind: 'choice',
            asks: 'Does a parent or carer agree to support?',
            hint: 'For somebody under 16 we will have to ask them, unless that puts the young person at risk',
            options: consentAnswers,
          },
          {
            key: 'parentalResponsibility',
            kind: 'line',
            asks: 'Who has parental responsibility?',
            hint: 'Such as a parent, or a council',
            called: 'Who has parental responsibility',
            orNotKnown: true,
            most: 200,
          },
          {
            key: 'parentsNotTold',
            kind: 'words',
            asks: 'If they have not been told, why?',
            called: 'Why they have not been told',
            orNotKnown: true,
            most: 1_000,
            rows: 3,
          },
        ],
      },
      {
        name: 'contact',
        title: 'Reaching them safely',
        isAsked: asksForSupport,
        questions: [
          {
            key: 'safeContact',
            kind: 'words',
            asks: 'What are the safe ways to contact them?',
            hint: 'Which number, at what times, through whom. Say who must not know, and whether it is safe to ring, write or leave a message',
            called: 'Safe ways to contact them',
            orNotKnown: true,
            most: 2_000,
            needed: 'Enter the safe ways to contact them, or tick “Not known”',
          },
          {
            key: 'theirPhone',
            kind: 'line',
            asks: 'Their phone number',
            called: 'Their phone number',
            orNotKnown: true,
            most: 100,
            type: 'tel',
            autocomplete: 'off',
            width: 'half',
          },
          {
            key: 'interpreter',
            kind: 'choice',
            asks: 'Do they, or their family, need an interpreter?',
            options: yesNoNotKnown,
          },
          {
            key: 'language',
            kind: 'line',
            asks: 'Which language?',
            called: 'Which language',
            orNotKnown: true,
            most: 100,
            under: { key: 'interpreter', code: 'yes' },
          },
        ],
      },
    ],
  },
];
