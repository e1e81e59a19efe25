import type { MessageTemplates } from '../platform/messages/templates.ts';

const MINUTES_A_DAY = 24 * 60;

const notExpected =
  'If you did not expect this email, do not use the link, and tell whoever runs Homeward where you work.';
const signIn = 'You will be asked to sign in. This email says no more, because email is not private.';

/**
 * Every e-mail that the service sends. None says anything about a young person, nor that there is one: only that
 * something waits, and where.
 */
export const messageTemplates = {
  'something-waits': {
    name: 'Something is waiting',
    subject: 'Something is waiting for you in Homeward',
    text: 'Something is waiting for you in Homeward.',
    after: signIn,
  },
  'referrer-sign-in': {
    name: 'Link to sign in',
    subject: 'Your link to Homeward',
    text: 'You asked for a link to Homeward. It works once, for 30 minutes.',
    after: 'If you did not ask for it, do nothing: without the link nobody can sign in.',
    usefulFor: 30,
  },
  invitation: {
    name: 'Invitation',
    subject: 'Set up your Homeward account',
    text: 'An account has been made for you in Homeward. Use this link within 3 days to choose a password and set up sign-in codes.',
    after: notExpected,
    usefulFor: 3 * MINUTES_A_DAY,
  },
  reset: {
    name: 'Link to set up an account again',
    subject: 'Set up your Homeward account again',
    text: 'Your Homeward account has been reset. Use this link within 24 hours to choose a new password and set up sign-in codes.',
    after: notExpected,
    usefulFor: MINUTES_A_DAY,
  },
  'credentials-changed': {
    name: 'Sign-in details changed',
    subject: 'Your Homeward sign-in details were changed',
    text: 'Your password, sign-in codes or recovery codes for Homeward were changed.',
    after: 'If you did not change them, tell whoever runs Homeward where you work at once.',
  },
  'referral-received': {
    name: 'A referral arrived',
    subject: 'A referral is waiting in Homeward',
    text: 'A referral has arrived and is waiting for you in Homeward.',
    after: signIn,
  },
  'referral-news': {
    name: 'News of a referral',
    subject: 'There is news of your referral',
    text: 'There is news of a referral that you sent to Homeward.',
    after:
      'You will be asked for your email address, and sent a link. This email says no more, because email is not private.',
  },
  'referral-added-to': {
    name: 'A referrer added something',
    subject: 'Something was added to a referral in Homeward',
    text: 'Somebody has added something to a referral in Homeward.',
    after: signIn,
  },
  'referral-withdrawn': {
    name: 'A referral was withdrawn',
    subject: 'A referral was withdrawn in Homeward',
    text: 'Somebody has withdrawn a referral in Homeward.',
    after: signIn,
  },
  'file-refused': {
    name: 'A file was refused',
    subject: 'A file was refused in Homeward',
    text: 'A file that somebody added in Homeward was found not to be safe, and nobody can open it.',
    after: signIn,
  },
  'borough-answered': {
    name: 'A borough answered',
    subject: 'A borough has answered about a referral',
    text: 'A borough has answered about a referral in Homeward.',
    after: signIn,
  },
  'referral-question': {
    name: 'A question about a referral',
    subject: 'There is a question about your referral',
    text: 'A coordinator has a question about a referral that you sent to Homeward.',
    after:
      'You will be asked for your email address, and sent a link. This email says no more, because email is not private.',
  },
  'borough-asked': {
    name: 'A borough is asked something',
    subject: 'Your borough is asked something in Homeward',
    text: 'A coordinator asks your borough something in Homeward.',
    after: signIn,
  },
  'check-asked': {
    name: 'A check was asked for',
    subject: 'A check is waiting in Homeward',
    text: 'Somebody asks for a check in Homeward.',
    after: signIn,
  },
  'consultation-asked': {
    name: 'A consultation was asked for',
    subject: 'A consultation is waiting in Homeward',
    text: 'Somebody asks for a consultation in Homeward.',
    after: signIn,
  },
  'request-answered': {
    name: 'Something you asked was answered',
    subject: 'There is an answer for you in Homeward',
    text: 'Something that you asked in Homeward has been answered.',
    after: signIn,
  },
  'request-withdrawn': {
    name: 'Something is no longer asked',
    subject: 'Something is no longer asked of you in Homeward',
    text: 'Something that you were to answer in Homeward was withdrawn. There is nothing for you to do.',
    after: signIn,
  },
  'new-allocation': {
    name: 'A new allocation',
    subject: 'There is something new in your caseload',
    text: 'There is something new in your caseload in Homeward.',
    after: signIn,
  },
  'allocation-handed-back': {
    name: 'An allocation was handed back',
    subject: 'Somebody waits again in Homeward',
    text: 'A provider has handed an allocation back in Homeward. It waits for you to choose another.',
    after: signIn,
  },
  late: {
    name: 'Something is late',
    subject: 'Something is waiting for you in Homeward',
    text: 'Something is waiting for you in Homeward, and is late.',
    after: signIn,
  },
  'check-in-missed': {
    name: 'Somebody has not said that they are back',
    subject: 'Somebody has not checked in',
    text: 'Somebody who went out to work has not said that they are back. Find out now whether they are safe.',
    after: signIn,
  },
  'support-reopened': {
    name: 'Support was opened again',
    subject: 'Somebody waits in Homeward',
    text: 'Support that had ended was opened again in Homeward. It waits for you to choose a provider.',
    after: signIn,
  },
  'role-asked-for': {
    name: 'A role was asked for',
    subject: 'A role waits for your approval in Homeward',
    text: 'Somebody is to be given a role in Homeward, or to speak for an organisation. Nothing of it counts until you approve it.',
    after: signIn,
  },
  'approver-changed': {
    name: 'Who speaks for an organisation changed',
    subject: 'Who approves roles has changed in Homeward',
    text: 'Somebody began or stopped speaking for an organisation in Homeward.',
    after: signIn,
  },
  'disposal-proposed': {
    name: 'A disposal was proposed',
    subject: 'A decision waits for you in Homeward',
    text: 'Somebody proposed a disposal in Homeward. It waits for somebody else to decide it.',
    after: signIn,
  },
  'borough-without-contact': {
    name: 'A borough has no contact',
    subject: 'A referral arrived for a borough that has no contact',
    text: 'A referral has arrived in Homeward for a borough in which nobody is told of referrals. Make sure that somebody sees it.',
    after: signIn,
  },
  'record-opened': {
    name: 'A record was opened in an emergency',
    subject: 'A review is waiting for you in Homeward',
    text: 'Somebody opened a record in an emergency. You are asked to review it.',
    after: signIn,
  },
  'area-without-coordinator': {
    name: 'An area has no coordinator',
    subject: 'A referral arrived for an area that has no coordinator',
    text: 'A referral has arrived in Homeward for an area that has no coordinator. Make sure that somebody decides it.',
    after: signIn,
  },
  'responsibility-taken-on': {
    name: 'An area takes on responsibility',
    subject: 'Your area is now responsible for something in Homeward',
    text: 'Your area is now responsible for something in Homeward that was another’s before. Read it.',
    after: signIn,
  },
  'responsibility-passed-on': {
    name: 'Responsibility passed to another area',
    subject: 'Your area is no longer responsible for something in Homeward',
    text: 'Something in Homeward that your area was responsible for is now another’s. There is nothing for you to do.',
    after: signIn,
  },
  'borough-changed': {
    name: 'Another area is responsible for somebody who is supported',
    subject: 'Another area is responsible for something you work on in Homeward',
    text: 'Something that you or your provider works on in Homeward is the responsibility of another area now. You go on with it: read who to ask.',
    after: signIn,
  },
  'concern-raised': {
    name: 'A concern was raised',
    subject: 'Something urgent is waiting for you in Homeward',
    text: 'Something urgent is waiting for you in Homeward. Read it today.',
    after: signIn,
  },
  'not-safe': {
    name: 'Somebody is not safe at a follow-up',
    subject: 'Something urgent is waiting for you in Homeward',
    text: 'Something urgent is waiting for you in Homeward. Read it today.',
    after: signIn,
  },
  'report-waits': {
    name: 'A report waits to be signed off',
    subject: 'A report waits for you in Homeward',
    text: 'A report waits in Homeward to be signed off by somebody who did not write it. You are one of those who can.',
    after: signIn,
  },
  'report-signed-off': {
    name: 'A report was signed off',
    subject: 'Your report was signed off in Homeward',
    text: 'A report that you wrote in Homeward was signed off. It is being published.',
    after: signIn,
  },
  'report-sent-back': {
    name: 'A report was sent back',
    subject: 'Your report was sent back in Homeward',
    text: 'A report that you wrote in Homeward was sent back to you. It says what is to be changed.',
    after: signIn,
  },
  'report-published': {
    name: 'A report was published',
    subject: 'Your report is published in Homeward',
    text: 'A report that you wrote in Homeward is published.',
    after: signIn,
  },
  'report-not-published': {
    name: 'A report could not be published',
    subject: 'A report could not be published in Homeward',
    text: 'A report that you wrote or signed off in Homeward could not be published. It says why, and what to do.',
    after: signIn,
  },
  'name-recipients': {
    name: 'Somebody must be chosen',
    subject: 'Somebody must be chosen in Homeward',
    text: 'In Homeward somebody must be chosen to receive what is confidential. Choose them today.',
    after: signIn,
  },
} as const satisfies MessageTemplates;
