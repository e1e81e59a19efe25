import { Worker } from 'node:worker_threads';
import type { Fields } from '../measure.ts';
import type { Audited } from './audit.ts';
import type { Publication } from './earlier-publications.ts';
import type { Figures } from './figures.ts';
import type { Protection } from './protect.ts';

/** Figures that are still to be protected, and all that it takes. */
export interface ToProtect {
  readonly figures: Figures;
  readonly protection: Protection;
  /** What was published before. */
  readonly before: readonly Publication[];
}

export interface MadePublic {
  /** The fields of each measure, as they may be published. */
  readonly measures: Readonly<Record<string, Fields>>;
  /** What can be worked out whatever is hidden now, from what was published before: names of cells. */
  readonly exposed: readonly string[];
  /** Faults of the figures: numbers that should agree and do not. */
  readonly disagreements: readonly string[];
  /** What the auditor did; null where it was not asked. */
  readonly audited: Audited | null;
}

export interface ThreadRequest extends ToProtect {
  /** Seconds; null for no audit. */
  readonly attackFor: number | null;
}

export type ThreadWord =
  | { readonly kind: 'protected' }
  | { readonly kind: 'done'; readonly made: MadePublic };

const thread = import.meta.url.endsWith('.ts') ? 'protecting-thread.ts' : 'protecting-thread.js';

/** How figures are protected. */
export interface Protecting {
  /** How many seconds of work the auditor has at first (see `auditWithin`); without it there is no audit. */
  readonly attackFor?: number | undefined;
  /** Ends it before its time. */
  readonly stopping?: AbortSignal | undefined;
  /** Called when all is hidden and the auditor begins. */
  onProtected?(): void;
}

/**
 * Protects figures, and audits them where that is asked, in a thread of its own: it takes seconds, and whoever else is served by
 * this process does not wait for it.
 *
 * @throws Error when the thread ends without an answer, and what it was stopped for
 */
export async function protectInThread(
  { figures, protection, before }: ToProtect,
  { attackFor, stopping, onProtected }: Protecting,
): Promise<MadePublic> {
  stopping?.throwIfAborted();
  const request: ThreadRequest = { figures, protection, before, attackFor: attackFor ?? null };
  const worker = new Worker(new URL(thread, import.meta.url), { workerData: request });
  let stop: (() => void) | undefined;
  try {
    return await new Promise<MadePublic>((resolve, reject) => {
      stop = () => reject(stopping?.reason);
      stopping?.addEventListener('abort', stop);
      worker.on('message', (word: ThreadWord) => {
        if (word.kind === 'done') resolve(word.made);
        else onProtected?.();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`The thread that protects figures ended with ${code}`)));
    });
  } finally {
    if (stop) stopping?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
