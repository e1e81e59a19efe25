import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { Details } from '../../platform/govuk/index.ts';
import { download, missing, page, show } from '../../platform/http/page.ts';
import { kindOfReport } from '../compute-report.ts';
import { findMapShapes } from '../maps/index.ts';
import { countInWords } from '../number-words.ts';
import { contentOfPublication } from '../report-content.ts';
import { fileNameOf, publishedFormats, writeReport } from '../report-files.tsx';
import { findPublication, type KeptAudit, type Publication } from '../report-queries.ts';
import { ReportView } from '../report-view.tsx';
import { definitionAddress } from '../report-words.ts';
import { readers, reportsPage } from './reports-page.tsx';

/** An edition as it was published: nothing of it is worked out again. */
export const publicationPage = page({
  path: '/publications/:publication',
  for: readers,
  params: z.object({ publication: z.uuid() }),

  async get({ tx, params }) {
    const publication = await findPublication(tx, params.publication);
    if (!publication) return missing();
    await recordLook(tx, {
      action: 'view-publication',
      subject: { kind: 'report', id: publication.reportId },
      personId: null,
    });
    const { chapters, definitionOf } = kindOfReport(publication.kind);
    return show(
      publication.title,
      <>
        <section class="hw-filter" aria-label="Downloads">
          <ul class="govuk-list">
            {publishedFormats.map(({ code, says }) => (
              <li>
                <a
                  class="govuk-link"
                  href={downloadPublicationPage.url({ publication: publication.id, format: code })}
                >
                  Download as {says}
                </a>
              </li>
            ))}
          </ul>
        </section>
        {publication.audit && <Audit audit={publication.audit} />}
        <ReportView
          content={contentOfPublication(publication)}
          chapters={chapters}
          definitionOf={definitionOf}
          definitionAddress={definitionAddress}
          shapes={await shapesFor(tx, publication)}
        />
      </>,
      { backTo: reportsPage.url() },
    );
  },
});

/** What was done to find out what it hides. */
function Audit({ audit }: { audit: KeptAudit }) {
  const { cells, hidden, tried, seconds, solver } = audit;
  return (
    <Details summaryText="How what is hidden was tried">
      <p class="govuk-body">
        Of {countInWords(cells)} numbers {countInWords(hidden)} are hidden. Before it was published an auditor
        tried to find out {countInWords(tried)} numbers: those, what is left over of them, and what earlier
        publications hide. It had everything that is published, for {seconds} seconds of work and with{' '}
        {solver}, and found none.
      </p>
    </Details>
  );
}

/** The same as a file. */
export const downloadPublicationPage = page({
  path: '/publications/:publication/download/:format',
  for: readers,
  params: z.object({ publication: z.uuid(), format: z.enum(['html', 'pdf', 'ods', 'csv', 'json']) }),

  async get({ tx, service, params }) {
    const publication = await findPublication(tx, params.publication);
    const format = publishedFormats.find(({ code }) => code === params.format);
    if (!publication || !format) return missing();
    await recordLook(tx, {
      action: 'download-publication',
      subject: { kind: 'report', id: publication.reportId },
      personId: null,
    });
    const content = contentOfPublication(publication);
    return download(
      fileNameOf(content, format.code),
      format.mediaType,
      await writeReport(content, format.code, {
        publicUrl: service.publicUrl,
        shapes: await shapesFor(tx, publication),
      }),
    );
  },
});

const shapesFor = (tx: Transaction, { figures }: Publication) =>
  findMapShapes(tx, new Date(figures.asAt), figures.period.to);
