/** More wait for their turn than can be served in the time anybody waits for a page. */
export class TooManyWaiting extends Error {
  /** What the server answers with: it is busy, and nothing is wrong with what was asked. */
  readonly statusCode = 503;
}

/** Lets so many pieces of work run at once; the others wait, in the order they came. */
export class Turns {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** @throws TooManyWaiting at once, having run nothing, when the line is full. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await this.#wait();
    try {
      return await work();
    } finally {
      // Whoever is next takes over this one's place, so that nobody who comes meanwhile can slip in.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) throw new TooManyWaiting('Too many wait for their turn');
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
