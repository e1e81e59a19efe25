import { z } from 'zod';
import { missing, page, show } from '../../platform/http/page.ts';
import { findServiceDetails } from '../../setting-up/index.ts';
import { countingAs } from '../../statistics/counting-as.ts';
import { kindOfReport } from '../compute-report.ts';
import { findMapShapes } from '../maps/index.ts';
import { nrmMadeSince } from '../nrm-made-since.ts';
import { contentOf } from '../report-content.ts';
import { earlierReports, figuresOf, findReport, textsOf } from '../report-queries.ts';
import { ReportView } from '../report-view.tsx';
import { definitionAddress } from '../report-words.ts';
import { addressOf, lookAt } from './report-page.tsx';
import { writers } from './reports-page.tsx';

/** An edition as it would be published now. */
export const reportPreviewPage = page({
  path: '/reports/:report/preview/:edition',
  for: writers,
  params: z.object({ report: z.uuid(), edition: z.enum(['internal', 'public']) }),

  async get({ tx, params }) {
    const report = await findReport(tx, params.report);
    const figures = report && (await figuresOf(tx, report.id))[params.edition]?.figures;
    if (!report || (!figures && !report.editions.includes(params.edition))) return missing();
    await lookAt(tx, report);
    if (!figures)
      return show(
        'Not worked out yet',
        <>
          <h1 class="govuk-heading-l">Not worked out yet</h1>
          <p class="govuk-body">This edition is not worked out yet. Open this page again in a minute.</p>
        </>,
        { backTo: addressOf(report) },
      );
    const earlier = await earlierReports(tx, {
      id: report.id,
      kind: report.kind,
      areaCode: report.area?.code ?? null,
      edition: params.edition,
    });
    const { chapters, definitionOf } = kindOfReport(report.kind);
    const content = contentOf(figures, {
      ...report,
      serviceName: (await findServiceDetails(tx)).serviceName,
      texts: await textsOf(tx, report.id),
      earlier,
      nrm:
        params.edition === 'internal'
          ? await countingAs(tx, (counting) => nrmMadeSince(counting, report))
          : null,
    });
    return show(
      `${report.title}, as it is now`,
      <ReportView
        content={content}
        chapters={chapters}
        definitionOf={definitionOf}
        definitionAddress={definitionAddress}
        shapes={await findMapShapes(tx, report.asAt, report.period.to)}
      />,
      { backTo: addressOf(report) },
    );
  },
});
