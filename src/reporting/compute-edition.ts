import type { Transaction } from '../platform/database/transaction.ts';
import type { Publication } from '../statistics/disclosure/earlier-publications.ts';
import { protect } from '../statistics/disclosure/protect.ts';
import type { ToProtect } from '../statistics/disclosure/protect-in-thread.ts';
import type { Asked, Fields } from '../statistics/measure.ts';
import { countAssessment } from './assessment-figures.ts';
import { type CountedReport, exactly } from './counted-report.ts';
import { countCompleteness } from './data-completeness.ts';
import { type Definitions, definitionsIn, versionsTold } from './definitions.ts';
import { protectionAsAt, publishedBefore } from './published-before.ts';
import { countQuarters } from './quarterly-performance.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
import { figureKey, withSealedHashes } from './sealed-hashes.ts';

/**
 * Counts a report, by the definitions in use of those it is given. Needs a transaction that may count.
 *
 * @param asked its moment settled (`settledMoment`)
 */
type CountReport = (tx: Transaction, asked: Asked, by: Definitions) => Promise<CountedReport>;

/** The reports that are counted; a borough profile tells what an assessment does. */
const counted = {
  'strategic-assessment': countAssessment,
  'quarterly-performance': countQuarters,
  'data-completeness': countCompleteness,
} as const satisfies Record<string, CountReport>;
export type CountedKind = keyof typeof counted;
export const countedKinds: readonly CountedKind[] = [
  'strategic-assessment',
  'quarterly-performance',
  'data-completeness',
];

/**
 * The figures of an edition. In the public one what is small is hidden, and whatever else it takes for nobody to find it out, from
 * what was published before too, in whichever kind of report.
 *
 * @param asked its moment settled (`settledMoment`)
 * @param until what was published before this moment is known to everybody; null for all that was
 * @param by the definitions in use of these
 */
export async function computeEdition(
  tx: Transaction,
  kind: CountedKind,
  asked: Asked,
  edition: Edition,
  until: Date | null,
  by: Definitions,
): Promise<ReportFigures> {
  if (edition === 'internal') return exactly(await counted[kind](tx, asked, by));
  const { figures, protection, before, tell } = await countForEverybody(tx, kind, asked, until, by);
  const made = protect(figures, protection, before);
  if (made.disagreements.length > 0)
    throw new Error(`Figures that should agree do not: ${made.disagreements.join('; ')}`);
  return tell(made.measures);
}

/** A public edition of which nothing is hidden yet: that takes long, and needs no database. */
export interface Unprotected extends ToProtect {
  tell(fields: Readonly<Record<string, Fields>>): ReportFigures;
}

/** Counts a public edition, and all that was published before it. Needs a transaction that may count. */
export async function countForEverybody(
  tx: Transaction,
  kind: CountedKind,
  asked: Asked,
  until: Date | null,
  by: Definitions,
): Promise<Unprotected> {
  const { exact, tell } = await counted[kind](tx, asked, by);
  const key = await figureKey(tx);
  return {
    figures: exact,
    protection: await protectionAsAt(tx, asked.asAt),
    before: await knownToEverybody(tx, asked, until, by),
    tell: (fields) => withSealedHashes(tell('public', fields), key),
  };
}

/** What was published of the same days, counted again as it was then: by the versions of then too. */
async function knownToEverybody(
  tx: Transaction,
  asked: Asked,
  until: Date | null,
  all: Definitions,
): Promise<Publication[]> {
  const known: Publication[] = [];
  for (const kind of countedKinds)
    for (const earlier of await publishedBefore(tx, kind, asked, until)) {
      const by = definitionsIn(all, versionsTold(earlier.shown));
      const { exact, asCounted } = await counted[kind](tx, earlier.asked, by);
      known.push({ figures: exact, shown: asCounted(earlier.shown) });
    }
  return known;
}
