import { parentPort, workerData } from 'node:worker_threads';
import { auditWithin } from './audit.ts';
import { protect } from './protect.ts';
import type { ThreadRequest, ThreadWord } from './protect-in-thread.ts';

// What protect-in-thread.ts starts: built as a file of its own.

const { figures, protection, before, attackFor } = workerData as ThreadRequest;
const say = (word: ThreadWord) => parentPort?.postMessage(word);

const { measures, problem, hidden, exposed, disagreements } = protect(figures, protection, before);
if (attackFor !== null) say({ kind: 'protected' });
const audited =
  attackFor === null || disagreements.length > 0 ? null : await auditWithin(problem, hidden, attackFor);
say({ kind: 'done', made: { measures, exposed, disagreements, audited } });
