import { audit } from '../src/statistics/disclosure/audit.ts';
import { hide } from '../src/statistics/disclosure/hide.ts';
import { protect } from '../src/statistics/disclosure/protect.ts';
import { reportProblem } from '../src/statistics/disclosure/report-problem.ts';
import { madeUpRecords } from '../test/statistics/made-up-records.ts';
import { reportOfRecords } from '../test/statistics/report-of-records.ts';

// Hiding the cells of a full assessment, and attacking it as it would be published. Reading the figures as a problem is the
// bare cost that both are compared with. Budgets: hiding 2 s, attacking 60 s.

const k = 5;
const say = (line: string) => void process.stdout.write(`${line}\n`);

say(
  '| referrals | cells | hidden | reading (ms) | hiding (ms) | whole report (ms) | ratio to reading | attack (ms) | found |',
);
say('|---|---|---|---|---|---|---|---|---|');
for (const referrals of [60, 250, 1150, 10_000]) {
  const figures = reportOfRecords(madeUpRecords(1, { referrals, wards: 400 }));
  const read = timed(() => reportProblem(figures, k));
  const hidden = timed(() => hide(read.value.problem));
  const whole = timed(() => protect(figures, { k }));
  const before = performance.now();
  const found = await audit(whole.value.problem, whole.value.hidden);
  const attack = performance.now() - before;
  const numbers = [
    referrals,
    read.value.problem.cells.length,
    hidden.value.hidden.size,
    read.took.toFixed(0),
    hidden.took.toFixed(0),
    whole.took.toFixed(0),
    (whole.took / read.took).toFixed(1),
    attack.toFixed(0),
    found.length,
  ];
  say(`| ${numbers.join(' | ')} |`);
}

/** The middle of three. */
function timed<Value>(work: () => Value): { value: Value; took: number } {
  const runs = [1, 2, 3].map(() => {
    const before = performance.now();
    const value = work();
    return { value, took: performance.now() - before };
  });
  const [, middle] = runs.sort((a, b) => a.took - b.took);
  if (!middle) throw new Error('Nothing was timed');
  return middle;
}
