import type { Database } from '../platform/database/transaction.ts';
import type { Json } from '../statistics/measure.ts';
import { computeEditions } from './compute-editions.ts';
import { type Definitions, definitions, definitionsIn, versionsTold } from './definitions.ts';
import { sha256Of } from './publish-report.ts';
import { figuresAsText } from './report-commands.ts';
import { isObject } from './report-figures.ts';
import { type KeptAudit, type Publication, publicationsOf } from './report-queries.ts';

/** What came of checking one edition that was published. */
export interface Verified {
  readonly id: string;
  readonly title: string;
  readonly edition: string;
  readonly sha256: string;
  /** What the auditor did before it was published; null where it hides nothing of its own. */
  readonly audit: KeptAudit | null;
  /** The first thing that is not as it was published; null when everything is. */
  readonly differs: string | null;
}

/**
 * Works published figures out again, as at their moment and by the versions of their definitions, and compares them with what
 * was frozen; the hash is made again too.
 *
 * @param reportId all reports unless told
 * @param all every definition that there is, unless told
 */
export async function verifyReports(
  database: Database,
  reportId?: string,
  all: Definitions = definitions,
): Promise<Verified[]> {
  const publications = await database.asTask('housekeeping', (tx) => publicationsOf(tx, reportId));
  const verified: Verified[] = [];
  for (const publication of publications) {
    const { id, title, edition, sha256, audit } = publication;
    verified.push({
      id,
      title,
      edition,
      sha256,
      audit,
      differs: await firstDifference(database, publication, all),
    });
  }
  return verified;
}

async function firstDifference(
  database: Database,
  publication: Publication,
  all: Definitions,
): Promise<string | null> {
  const { figuresText, wordsText, sha256, kind, figures, frozen, edition } = publication;
  if (sha256Of(figuresText, wordsText) !== sha256) return 'the hash is not that of what is kept';
  const { period, comparison } = figures;
  const again = await computeEditions(
    database,
    { kind, area: frozen.area, period, comparison, editions: [edition] },
    new Date(figures.asAt),
    { until: publication.publishedAt, by: definitionsIn(all, versionsTold(figures.measures)) },
  );
  const now = again.get(edition)?.figures;
  if (!now) return 'it has no figures now';
  if (figuresAsText(now) === figuresText) return null;
  return (
    differenceBetween(figures as unknown as Json, JSON.parse(figuresAsText(now)) as Json, '') ??
    'its figures are the same in another order'
  );
}

/** Where two figures first differ, in the order of the first: `measures.referrals.total.total.current: 598, and 599 now`. */
export function differenceBetween(was: Json | undefined, is: Json | undefined, at: string): string | null {
  if (Array.isArray(was) && Array.isArray(is)) {
    for (const [n, each] of was.entries()) {
      const key = isObject(each) && typeof each.key === 'string' ? each.key : String(n);
      const found = differenceBetween(each, is[n], `${at}.${key}`);
      if (found) return found;
    }
    return was.length === is.length ? null : `${named(at)}: ${was.length} rows, and ${is.length} now`;
  }
  if (isObject(was) && isObject(is)) {
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const found = differenceBetween(was[name], is[name], `${at}.${name}`);
      if (found) return found;
    }
    return null;
  }
  return was === is ? null : `${named(at)}: ${told(was)}, and ${told(is)} now`;
}

const named = (at: string): string => at.replace(/^\./, '');
const told = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));
