import { dueOn, type Threshold } from '../organisations/index.ts';
import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';
import type { Code, CodedWord } from '../reference/code-lists.ts';
import { wordFor } from '../reference/code-lists.ts';

/**
 * How great the risk to a young person is: a judgement with its reasons and a day on which it is made again. It is never
 * reckoned from answers, and nothing in the service is decided by it.
 */
export const riskLevels = [
  { code: 'low', text: 'Low' },
  { code: 'medium', text: 'Medium' },
  { code: 'high', text: 'High' },
] as const satisfies readonly CodedWord[];
export type RiskLevel = Code<typeof riskLevels>;

/** The colour that goes with the word; never without it. */
export const riskColour: Readonly<Record<RiskLevel, string>> = {
  low: 'govuk-tag--green',
  medium: 'govuk-tag--yellow',
  high: 'govuk-tag--red',
};

/** The most characters that each text takes. */
export const MOST_CHARACTERS = 10_000;

/** What an assessment says. */
export interface Risk {
  level: RiskLevel;
  reasons: string;
  protective: string;
  beingDone: string;
  reviewOn: PlainDate;
}

export const riskFields = ['level', 'reasons', 'protective', 'beingDone', 'reviewOn'] as const;
export type RiskField = (typeof riskFields)[number];

export const riskFieldInWords: Readonly<Record<RiskField, string>> = {
  level: 'How great the risk is',
  reasons: 'Reasons',
  protective: 'What protects them',
  beingDone: 'What is being done',
  reviewOn: 'Look at it again by',
};

/** An assessment, as it is kept and changed. */
export const riskDocument: Document<RiskField> = {
  table: 'risk_assessment',
  kind: 'risk-assessment',
  columns: {
    level: 'level',
    reasons: 'reasons',
    protective: 'protective',
    beingDone: 'being_done',
    reviewOn: 'review_on',
  },
};

/** What a field says, as it is read. */
export function riskValueInWords(field: RiskField, value: string): string {
  switch (field) {
    case 'level':
      return wordFor(riskLevels, value);
    case 'reviewOn':
      return value === '' ? 'Nothing written' : formatDate(plainDate(value));
    default:
      return value || 'Nothing written';
  }
}

/**
 * Why a day is not one on which to look at a risk again; nothing where it is. It may be sooner than the service asks for,
 * and never later.
 *
 * @param latest the threshold `risk-review`
 */
export function whyNotReviewOn(reviewOn: PlainDate, today: PlainDate, latest: Threshold): string | undefined {
  const last = dueOn(today, latest);
  if (reviewOn <= today) return 'The day to look at it again must be in the future';
  return reviewOn > last ? `The day to look at it again must be ${formatDate(last)} or sooner` : undefined;
}
