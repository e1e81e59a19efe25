import { createHash } from 'node:crypto';
import type { Frozen } from '../../src/reporting/report-document.ts';

/** An edition as it was published, with a word in it that is nowhere else: enough of it that its page can be drawn. */
export function publicationRow(
  word: string,
  of: { reportId: string; edition: 'internal' | 'public'; period_from: string; period_to: string },
): Record<string, unknown> {
  const period = { from: of.period_from, to: of.period_to };
  const figures = JSON.stringify({
    report: 'strategic-assessment',
    period,
    comparison: null,
    asAt: '2026-05-01T00:00:00.000Z',
    disclosure: of.edition,
    measures: {},
  });
  const words = JSON.stringify({
    kind: 'strategic-assessment',
    title: word,
    marking: 'OFFICIAL',
    serviceName: 'Homeward',
    area: null,
    texts: { introduction: word },
    caveats: [],
    notable: { found: [], tried: 0 },
    signOff: {
      author: word,
      signedOffBy: word,
      signedOffAt: '2026-05-02T00:00:00.000Z',
      publishedAt: '2026-05-03T00:00:00.000Z',
    },
  } satisfies Frozen);
  return {
    report_id: of.reportId,
    edition: of.edition,
    kind: 'strategic-assessment',
    title: word,
    period_from: period.from,
    period_to: period.to,
    published_at: '2026-05-03',
    figures,
    words,
    sha256: createHash('sha256').update(`${figures}\n${words}`).digest('hex'),
  };
}
