/** How long somebody waited, and whether it ended or they are waiting still. */
export interface Wait {
  /** In days or any one unit, 0 or more. */
  readonly time: number;
  /** False: still waiting when last seen (censored). */
  readonly ended: boolean;
}

export interface SurvivalStep {
  readonly time: number;
  /** How many were still waiting just before this time, and how many waits ended at it. */
  readonly atRisk: number;
  readonly ended: number;
  /** The estimated share that waits longer than this time. */
  readonly survival: number;
  /** Greenwood's standard error of it. */
  readonly standardError: number;
}

export interface KaplanMeier {
  /** One for each time at which a wait ended, in order. */
  readonly steps: readonly SurvivalStep[];
  /** The first time by which half have ended, as estimated; null when fewer have by the last time seen. */
  readonly median: number | null;
}

/** What products of fractions may be out by: a survival of a half must be taken for a half. */
const ROUNDING = 1e-9;

/**
 * How long a wait lasts, counting those who still wait for as long as they have: the product-limit estimate (Kaplan and
 * Meier 1958)
 *
 *     S(t) = ∏ (1 − dᵢ ÷ nᵢ)     se(t) = S(t) √ Σ dᵢ ÷ (nᵢ (nᵢ − dᵢ))     over the times tᵢ ≤ t at which waits ended
 *
 * with dᵢ that ended of the nᵢ who were waiting, and Greenwood's error (1926), which is 0 once S is. Who was last seen at a
 * time at which others' waits ended was waiting then. The median is the least t with S(t) ≤ ½ (Brookmeyer and Crowley 1982).
 *
 * @throws RangeError for a time that is negative or not a number
 */
export function kaplanMeier(waits: readonly Wait[]): KaplanMeier {
  const wrong = waits.find(({ time }) => !(time >= 0));
  if (wrong) throw new RangeError(`Nobody waits for ${wrong.time}`);
  const byTime = [...waits].sort((a, b) => a.time - b.time);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let gone = 0, next = 0; gone < byTime.length; gone = next) {
    const time = byTime[gone]?.time;
    let ended = 0;
    for (next = gone; byTime[next]?.time === time; next += 1) if (byTime[next]?.ended) ended += 1;
    if (time === undefined || ended === 0) continue;
    const atRisk = byTime.length - gone;
    survival *= 1 - ended / atRisk;
    greenwood += ended / (atRisk * (atRisk - ended));
    const standardError = survival === 0 ? 0 : survival * Math.sqrt(greenwood);
    steps.push({ time, atRisk, ended, survival, standardError });
  }
  return { steps, median: steps.find((step) => step.survival <= 0.5 + ROUNDING)?.time ?? null };
}
