import type { PlainDate } from '../platform/clock/plain-date.ts';

/** What was said to one question that was asked. */
export interface Said {
  /** The words, the code or the date; empty where nothing was answered, and where ticks are. */
  readonly words: string;
  readonly ticked: readonly string[];
  /** The box beside the field says that it is not known. */
  readonly notKnown: boolean;
}

/**
 * The answers to the questions that were asked, in their order. A question that other answers made pointless was not
 * asked, whatever is still in its field. Whether a question matters is asked of the answers before it: a question that
 * was not passed yet cannot be asked about.
 */
export class Answers {
  /** The day on which ages are counted. */
  readonly today: PlainDate;
  readonly #said = new Map<string, Said | null>();

  constructor(today: PlainDate) {
    this.today = today;
  }

  /** Passes a question. @param said null when it was not asked. */
  pass(key: string, said: Said | null): void {
    this.#said.set(key, said);
  }

  /** What was said; null when it was not asked. @throws Error when no question before this one has the key. */
  said(key: string): Said | null {
    const said = this.#said.get(key);
    if (said === undefined) throw new Error(`Nothing asked so far is called ${key}`);
    return said;
  }

  /** The words, the code or the date of an answer; empty when there is none, or it is not known. */
  words(key: string): string {
    return this.said(key)?.words ?? '';
  }

  ticked(key: string): readonly string[] {
    return this.said(key)?.ticked ?? [];
  }

  is(key: string, code: string): boolean {
    return this.words(key) === code;
  }
}
