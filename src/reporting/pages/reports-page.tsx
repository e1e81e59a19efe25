import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { periodInWords } from '../period-words.ts';
import { listOpenReports, listPublished } from '../report-queries.ts';
import { editionInWords, kindInWords, stateInWords } from '../report-words.ts';

/** Everybody who works with the service reads what is published for everybody. */
export const readers = [
  'spoc',
  'coordinator',
  'analyst',
  'caseworker',
  'provider-manager',
  'gender-consultant',
  'operations-manager',
  'data-protection-lead',
  'administrator',
] as const satisfies readonly Role[];
/** Those whose work it is to count write reports, and read the internal editions. */
export const writers = ['analyst', 'operations-manager'] as const satisfies readonly Role[];

export const isWriter = (role: Role): boolean => writers.some((each) => each === role);

const tagColours = {
  draft: 'grey',
  submitted: 'yellow',
  'signed-off': 'turquoise',
  published: 'green',
} as const;

/** Reports that were published and, for those who write them, those that are under way. */
export const reportsPage = page({
  path: '/reports',
  for: readers,

  async get({ tx, asker }) {
    const published = await listPublished(tx);
    const writes = isWriter(asker.role);
    const open = writes ? await listOpenReports(tx) : [];
    await recordLook(tx, { action: 'view-reports', subject: { kind: 'reports', id: null }, personId: null });
    const title = 'Reports';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          <a class="govuk-link" href="/measures">
            What the figures mean
          </a>
        </p>
        {writes && (
          <>
            <p class="govuk-body">
              <a class="govuk-link" href="/reports/new">
                Begin a report
              </a>
            </p>
            <p class="govuk-body">
              <a class="govuk-link" href="/reports/targets">
                Targets
              </a>
            </p>
            <h2 class="govuk-heading-m">Under way</h2>
            {open.length === 0 ? (
              <p class="govuk-body">No report is under way.</p>
            ) : (
              <ScrollingTable
                about="Reports under way"
                caption="Reports under way"
                captionClasses="govuk-visually-hidden"
                firstCellIsHeader
                head={['Report', 'Kind', 'Period', 'Author', 'State'].map((text) => ({ text }))}
                rows={open.map((report) => [
                  {
                    text: (
                      <a class="govuk-link" href={`/reports/${report.id}`}>
                        {report.title}
                      </a>
                    ),
                  },
                  { text: kindInWords(report.kind) },
                  { text: periodInWords(report.period) },
                  { text: report.author },
                  {
                    text: (
                      <Tag classes={`govuk-tag--${tagColours[report.state]}`}>
                        {stateInWords[report.state]}
                      </Tag>
                    ),
                  },
                ])}
              />
            )}
            <h2 class="govuk-heading-m">Published</h2>
          </>
        )}
        {published.length === 0 ? (
          <p class="govuk-body">No report is published yet.</p>
        ) : (
          <ScrollingTable
            about="Published reports"
            caption="Published reports"
            captionClasses="govuk-visually-hidden"
            firstCellIsHeader
            head={['Report', 'Kind', 'Period', 'Edition', 'Published'].map((text) => ({ text }))}
            rows={published.map((edition) => [
              {
                text: (
                  <a class="govuk-link" href={`/publications/${edition.id}`}>
                    {edition.title}
                    {writes && (
                      <span class="govuk-visually-hidden">
                        , {editionInWords[edition.edition].toLowerCase()}
                      </span>
                    )}
                  </a>
                ),
              },
              { text: kindInWords(edition.kind) },
              { text: periodInWords(edition.period) },
              { text: editionInWords[edition.edition] },
              { text: formatDate(londonDate(edition.publishedAt)) },
            ])}
          />
        )}
      </>,
    );
  },
});
