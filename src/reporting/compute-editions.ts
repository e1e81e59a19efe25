import type { Database } from '../platform/database/transaction.ts';
import type { Audited } from '../statistics/disclosure/audit.ts';
import { protectInThread } from '../statistics/disclosure/protect-in-thread.ts';
import { countingTask } from '../statistics/side-by-side.ts';
import { type CountedKind, countedKinds, countForEverybody } from './compute-edition.ts';
import { kindOfReport } from './compute-report.ts';
import { type Definitions, definitions } from './definitions.ts';
import type { ReportKind } from './report-document.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
import type { Report } from './report-queries.ts';

/** The figures of an edition, and what came of protecting them. */
export interface ComputedEdition {
  readonly figures: ReportFigures;
  /** What can be found out whatever is hidden, from what was published before or because so few are counted: names of cells. */
  readonly exposed: readonly string[];
  /** Null for an edition that hides nothing of its own, or where no audit was asked for. */
  readonly audited: Audited | null;
}

/** How editions are computed. */
export interface Computing {
  /** What was published before this moment is known to everybody; null for all that was. */
  readonly until?: Date | null;
  /** The definitions in use of these; those in use unless told. */
  readonly by?: Definitions;
  /** Seconds that the auditor has for an edition; without it there is no audit. */
  readonly attackFor?: number | undefined;
  /** Ends it before its time. */
  readonly stopping?: AbortSignal | undefined;
  onStage?(stage: 'hiding' | 'auditing'): Promise<void>;
}

/**
 * Counts the editions of a report, and protects the public one: in the background alone, outside the database and in a thread of
 * its own, for it takes seconds. Needs two connections.
 *
 * @param asAt a settled moment
 * @throws Refusal where figures cannot be worked out, saying what to do; what it was stopped for
 */
export async function computeEditions(
  database: Database,
  of: Pick<Report, 'kind' | 'area' | 'period' | 'comparison' | 'editions'>,
  asAt: Date,
  { until = null, by = definitions, attackFor, stopping, onStage }: Computing = {},
): Promise<ReadonlyMap<Edition, ComputedEdition>> {
  const asked = { period: of.period, comparison: of.comparison, asAt };
  const area = of.area?.code ?? null;
  const computed = new Map<Edition, ComputedEdition>();
  for (const edition of of.editions) {
    if (edition === 'internal' || !isCounted(of.kind)) {
      const { compute } = kindOfReport(of.kind);
      const figures = await countingTask(database, (tx) => compute(tx, asked, { edition, area, until, by }));
      computed.set(edition, { figures, exposed: [], audited: null });
      continue;
    }
    const kind = of.kind;
    const { tell, ...toProtect } = await countingTask(database, (tx) =>
      countForEverybody(tx, kind, asked, until, by),
    );
    await onStage?.('hiding');
    let telling: Promise<void> | undefined;
    const made = await protectInThread(toProtect, {
      attackFor,
      stopping,
      onProtected: () => {
        telling = onStage?.('auditing');
        // Awaited below, unless the thread fails before.
        telling?.catch(() => undefined);
      },
    });
    await telling;
    if (made.disagreements.length > 0)
      throw new Error(`Figures that should agree do not: ${made.disagreements.join('; ')}`);
    computed.set(edition, {
      figures: tell(made.measures),
      exposed: made.exposed,
      audited: made.audited,
    });
  }
  return computed;
}

const isCounted = (kind: ReportKind): kind is CountedKind => countedKinds.some((each) => each === kind);
