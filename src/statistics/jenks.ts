/** A class of natural breaks: from its smallest value to its largest, and how many values it holds. */
export interface NaturalClass {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** Equal values, which no break divides. */
interface Run {
  readonly value: number;
  readonly size: number;
}

/**
 * Jenks' natural breaks: the division of numbers into classes with the least sum of squared deviations from the means of their
 * classes, found exactly by Fisher's algorithm (1958) over the values that differ. Where two divisions are as good, the one
 * whose highest class is the larger.
 *
 * @param values of which equals are never divided
 * @param classes how many are wanted: 1 or more
 * @returns the classes from the smallest values; as many as there are different values, when they are fewer than wanted
 * @throws RangeError for a number of classes that is not whole, or less than 1
 */
export function naturalBreaks(values: readonly number[], classes: number): NaturalClass[] {
  if (!Number.isInteger(classes) || classes < 1) throw new RangeError(`${classes} is no number of classes`);
  const runs = runsOf(values);
  const wanted = Math.min(classes, runs.length);
  const deviation = deviationBetween(runs);

  // least[k][end]: the least deviation of the first `end` runs in k + 1 classes; starts: where the last of these begins.
  let least = runs.map((_run, end) => deviation(0, end + 1));
  const starts: number[][] = [runs.map(() => 0)];
  for (let k = 1; k < wanted; k += 1) {
    const start: number[] = [];
    const next = runs.map((_run, end) => {
      let best = Number.POSITIVE_INFINITY;
      for (let from = k; from <= end; from += 1) {
        const sum = (least[from - 1] ?? 0) + deviation(from, end + 1);
        if (sum < best) {
          best = sum;
          start[end] = from;
        }
      }
      return best;
    });
    least = next;
    starts.push(start);
  }

  const found: NaturalClass[] = [];
  for (let k = wanted - 1, end = runs.length; k >= 0; k -= 1) {
    const from = starts[k]?.[end - 1] ?? 0;
    found.unshift(classOf(runs.slice(from, end)));
    end = from;
  }
  return found;
}

function runsOf(values: readonly number[]): Run[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes].map(([value, size]) => ({ value, size })).sort((a, b) => a.value - b.value);
}

/** The sum of squared deviations from their mean of the runs from one place up to another, by sums kept beforehand. */
function deviationBetween(runs: readonly Run[]): (from: number, end: number) => number {
  // About their overall mean, so that squares of large values that lie close together do not cancel out.
  const count = runs.reduce((sum, { size }) => sum + size, 0);
  const centre = runs.reduce((sum, { value, size }) => sum + value * size, 0) / count;
  const upTo = [{ size: 0, sum: 0, squares: 0 }];
  let last = { size: 0, sum: 0, squares: 0 };
  for (const { value, size } of runs) {
    const off = value - centre;
    last = {
      size: last.size + size,
      sum: last.sum + off * size,
      squares: last.squares + off * off * size,
    };
    upTo.push(last);
  }
  return (from, end) => {
    const [before, after] = [upTo[from], upTo[end]];
    if (!before || !after || from + 1 === end) return 0;
    const [size, sum] = [after.size - before.size, after.sum - before.sum];
    return Math.max(0, after.squares - before.squares - (sum * sum) / size);
  };
}

function classOf(runs: readonly Run[]): NaturalClass {
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) throw new RangeError('A class holds at least one value');
  return { from: first.value, to: last.value, size: runs.reduce((sum, { size }) => sum + size, 0) };
}
