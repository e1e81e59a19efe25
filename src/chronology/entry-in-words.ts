import { followUpAnswers } from '../closing/index.ts';
import { consentAnswers, sharedAnswers } from '../consent/index.ts';
import type { Reason } from '../organisations/index.ts';
import { assessmentStages, goalStatuses } from '../plans/index.ts';
import { eteStatuses } from '../progress/index.ts';
import { type CodedWord, onwardServices, wordFor } from '../reference/code-lists.ts';
import { actionInWords, kindInWords } from '../referrals/index.ts';
import { riskLevels } from '../safeguarding/index.ts';
import { contactHows, contactInWords, noteKinds } from '../support/index.ts';
import type { ChronologyEntry } from './chronology-queries.ts';

type Contact = Parameters<typeof contactInWords>[0];

const word = (list: readonly CodedWord[], code = '') => wordFor(list, code);
const inSentence = (list: readonly CodedWord[], code = '') => lowerFirst(word(list, code));
const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

/** What consent was asked for, or what was decided about. */
const decided = (kind: string | undefined, withWhom: string) =>
  kind === 'support' ? 'Support' : `Sharing with ${withWhom}`;

/** What an entry tells, in a line. @param reasons those that an allocation can end for */
export function entryInWords({ what, code, source }: ChronologyEntry, reasons: readonly Reason[]): string {
  switch (what) {
    case 'event':
      return 'Event';
    case 'referral-received':
      return `Referral received: ${code in kindInWords ? kindInWords[code as keyof typeof kindInWords] : code}`;
    case 'referral-action':
      return `Referral: ${(code in actionInWords ? actionInWords[code as keyof typeof actionInWords] : code).toLowerCase()}`;
    case 'referral-addition':
      return code === 'withdrawal' ? 'The referrer withdrew the referral' : 'The referrer added something';
    case 'episode-opened':
      return 'Episode of support opened';
    case 'episode-closed':
      return 'Episode of support closed';
    case 'allocated':
      return `Allocated to ${source}`;
    case 'allocation-ended':
      return `Support by ${source} ended${code === '' ? '' : `: ${word(reasons, code)}`}`;
    case 'support-before':
      return source === '' ? 'Support, before this system' : `Support by ${source}, before this system`;
    case 'follow-up': {
      const [reached, safe] = code.split(' ');
      const told = { yes: 'they said that they are safe', no: 'they said that they are not safe' };
      return `Follow-up: ${safe === 'yes' || safe === 'no' ? told[safe] : inSentence(followUpAnswers, reached)}`;
    }
    case 'summary':
      return 'Case summary written';
    case 'file':
      return 'File added';
    case 'not-to-be-contacted':
      return 'Not to be contacted';
    case 'borough-changed':
      return 'Another borough responsible';
    case 'died':
      return 'Died';
    case 'note':
      return `Case note: ${word(noteKinds, code)}`;
    case 'contact': {
      // The table's own checks name the same codes.
      const [how, withWhom, outcome] = code.split(' ') as [
        Contact['how'],
        Contact['withWhom'],
        Contact['outcome'],
      ];
      if (outcome !== 'reached') return contactInWords({ how, withWhom, outcome });
      const what = contactInWords({ how, withWhom, outcome: 'planned' });
      return contactHows.some((each) => each.code === how && each.isConversation)
        ? what
        : `${what}: they answered`;
    }
    case 'concern-raised':
      return 'Safeguarding concern raised';
    case 'concern-closed':
      return 'Safeguarding concern closed';
    case 'risk':
      return `Risk: ${word(riskLevels, code)}`;
    case 'decision': {
      const [kind, consent, shared] = code.split(' ');
      const asked =
        consent === 'withdrawn' ? 'consent, withdrawn since' : inSentence(consentAnswers, consent);
      return `${decided(kind, source)}: ${asked}${kind === 'sharing' ? `. ${word(sharedAnswers, shared)}` : ''}`;
    }
    case 'consent-withdrawn':
      return `${decided(code, source)}: consent was withdrawn`;
    case 'safety-plan':
      return 'Safety plan reviewed';
    case 'trigger-profile':
      return 'Trigger profile reviewed';
    case 'needs':
      return `Needs: ${word(assessmentStages, code)}`;
    case 'goal':
      return `Goal set (now: ${inSentence(goalStatuses, code)})`;
    case 'ete':
      return `Education, training and work: ${inSentence(eteStatuses, code)}`;
    case 'onward':
      return `Referred on: ${word(onwardServices, code)}`;
    default:
      return what;
  }
}
