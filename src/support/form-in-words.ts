/** What a form that was typed in and not sent is called, by the address of its page. Pure. */

const person = '^/people/[^/]+';

/** Of two that fit, the first is meant: the more particular stands before. */
const forms: readonly (readonly [address: string, words: string])[] = [
  [`${person}/notes/new/several$`, 'A note about several young people'],
  [`${person}/notes/new$`, 'A note'],
  ['^/notes/[^/]+/edit$', 'A change to a note'],
  [`${person}/contacts/|^/contacts/`, 'A contact'],
  [`${person}/concerns/new$`, 'A safeguarding concern'],
  [`${person}/concerns/[^/]+/tell$`, 'Who was told of a concern'],
  [`${person}/concerns/[^/]+/told/`, 'An answer to a concern'],
  [`${person}/concerns/[^/]+/close$`, 'The close of a concern'],
  [`${person}/concerns/[^/]+$`, 'What happened since a concern'],
  [`${person}/risk/new$`, 'An assessment of risk'],
  [`${person}/risk/`, 'A correction of an assessment of risk'],
  [`${person}/safety-plan/edit$`, 'The safety plan'],
  [`${person}/trigger-profile/edit$`, 'The trigger profile'],
  [`${person}/needs/new$`, 'Needs'],
  [`${person}/goals/new$`, 'A goal'],
  [`${person}/goals/[^/]+/edit$`, 'A change to a goal'],
  [`${person}/goals/[^/]+/steps/new$`, 'A step towards a goal'],
  [`${person}/goals/[^/]+/steps/`, 'A change to a step towards a goal'],
  [`${person}/summary$`, 'The case summary'],
  [`${person}/chronology/new$`, 'An event'],
  [`${person}/safe-contact$`, 'Safe contact'],
  [`${person}/network/new$`, 'Somebody of the network'],
  [`${person}/network/`, 'A change to somebody of the network'],
  [`${person}/consent/new$`, 'A decision about sharing'],
  [`${person}/consent/`, 'A change to a decision about sharing'],
  [`${person}/education/new$`, 'Education, training or work'],
  [`${person}/education/`, 'A change to education, training or work'],
  [`${person}/onward-referrals/new$`, 'A referral to another service'],
  [`${person}/onward-referrals/`, 'A change to a referral to another service'],
  [`${person}/transition-plan/edit$`, 'The plan for turning 18'],
  [`${person}/closing/edit$`, 'The closing'],
  [`${person}/follow-up$`, 'A follow-up'],
  ['^/allocations/[^/]+/hand-back$', 'An allocation handed back'],
  // The page of a day may be seen over a shoulder: it does not say that somebody raised an allegation.
  ['^/allegations', 'A confidential form'],
];

const patterns = forms.map(([address, words]) => [new RegExp(address), words] as const);

/** What a form is called: "The safety plan"; where nobody gave it a name, "A form". */
export function formInWords(path: string): string {
  return patterns.find(([address]) => address.test(path))?.[1] ?? 'A form';
}
