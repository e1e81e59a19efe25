import type { PlainDate } from '../platform/clock/plain-date.ts';
import { isAskedOf, type KeptAnswer } from './referral-answers.ts';
import { Answers, type Said } from './referral-answers-so-far.ts';
import { parts } from './referral-form.ts';
import { hasNotKnownBox, type Question } from './referral-question.ts';

/**
 * The questions that the form asks of a referral for support and that were never put to this referrer, in the words and
 * order of the form: above all whether the young person agrees, and how they can be reached. What somebody was asked and
 * left empty is not among them.
 * @param today the day on which ages are counted.
 */
export function notAskedYet(kept: readonly KeptAnswer[], today: PlainDate): string[] {
  const answers = new Answers(today);
  const found: string[] = [];
  for (const part of parts) {
    const isAsked = part.isAsked?.(answers) ?? true;
    for (const question of part.questions) {
      const answer = kept.find(({ key }) => key === question.key);
      if (question.key === 'kind') {
        // What it asks for now, whatever it asked for when it was sent.
        answers.pass('kind', { ...NOTHING, words: 'intervention' });
      } else if (answer) {
        answers.pass(question.key, said(question, answer));
      } else {
        const isMissing = isAsked && isAskedOf(question, answers);
        if (isMissing) found.push(question.asks);
        answers.pass(question.key, isMissing ? NOTHING : null);
      }
    }
  }
  return found;
}

const NOTHING: Said = { words: '', ticked: [], notKnown: false };

function said(question: Question, { value }: KeptAnswer): Said {
  if (value === null) return NOTHING;
  if (value === 'not-known' && hasNotKnownBox(question)) return { ...NOTHING, notKnown: true };
  return question.kind === 'ticks' ? { ...NOTHING, ticked: value.split(';') } : { ...NOTHING, words: value };
}
