import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { amendmentShape, answerAmendment } from '../../platform/forms/amendment.tsx';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Details } from '../../platform/govuk/index.ts';
import { missing, page, refuse, show } from '../../platform/http/page.ts';
import { kindOfReport } from '../compute-report.ts';
import { Narrative, narrativeFaults } from '../narrative.tsx';
import { writeText } from '../report-commands.ts';
import { measuresOf, sectionsOf } from '../report-document.ts';
import { figuresOf, findReport, versionsOfText } from '../report-queries.ts';
import { textFieldInWords } from '../text-document.ts';
import { addressOf, lookAt } from './report-page.tsx';
import { writers } from './reports-page.tsx';

const MOST = 20_000;

/** One text of a report: a box to write it in, what it looks like, and how it was before. */
export const reportTextPage = page({
  path: '/reports/:report/texts/:section',
  for: writers,
  params: z.object({
    report: z.uuid(),
    section: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(60),
  }),
  form: z.object({
    words: text({ called: 'The text', most: MOST, lines: 'many' }),
    ...amendmentShape(['words']),
  }),

  async get({ tx, params, entry }) {
    const report = await findReport(tx, params.report);
    const chapters = report && kindOfReport(report.kind).chapters;
    const section = chapters && sectionsOf(chapters).find((each) => each.section === params.section);
    if (!report || !chapters || !section) return missing();
    await lookAt(tx, report);
    const { versions } = await versionsOfText(tx, report.id, section.section);
    const now = versions.at(-1);
    const words = now?.values.words ?? '';
    const typed = entry({ words, version: String(now?.version ?? 0) });
    const figures = (await figuresOf(tx, report.id)).internal?.figures;
    const isDraft = report.state === 'draft';
    return show(
      section.title,
      <>
        <Faults entry={typed} />
        {section.chapter !== section.title && <span class="govuk-caption-l">{section.chapter}</span>}
        <h1 class="govuk-heading-l">{section.title}</h1>
        {isDraft && (
          <>
            <p class="govuk-body">{section.ask}</p>
            <Form autosave>
              <input type="hidden" name="version" value={typed.value('version')} />
              <LongTextQuestion
                name="words"
                label="Text"
                hint="Name no young person, and tell nothing by which one could be known."
                most={MOST}
                rows={16}
                entry={typed}
              />
              <Button preventDoubleClick>Save and see what it looks like</Button>
            </Form>
            <Details summaryText="How to write headings, lists and figures">
              <p class="govuk-body">
                Begin a heading with <code>##</code>, an item of a list with <code>-</code>, a quotation with{' '}
                <code>&gt;</code>. Leave an empty line between paragraphs. Put <code>**</code> around what is
                strong and <code>*</code> around what is emphasised. A link is{' '}
                <code>[its words](https://example.org)</code>.
              </p>
              <p class="govuk-body">
                A figure is put in by its name, so that text and tables always agree:{' '}
                <code>{'{{referrals.total}}'}</code>, <code>{'{{referrals.total change}}'}</code>,{' '}
                <code>{'{{referrals.by-borough E09000022 previous}}'}</code>,{' '}
                <code>{'{{support.engaged of}}'}</code>. The measures of this report are:
              </p>
              <ul class="govuk-list govuk-list--bullet">
                {measuresOf(chapters).map((measure) => (
                  <li>
                    <code>{measure}</code>
                    {figures?.measures[measure] ? `: ${figures.measures[measure].title}` : ''}
                  </li>
                ))}
              </ul>
            </Details>
          </>
        )}
        <h2 class="govuk-heading-m">What it looks like</h2>
        {words === '' || !figures ? (
          <p class="govuk-body">Nothing is written: this text is left out of the report.</p>
        ) : (
          <Narrative words={words} figures={figures} />
        )}
        {versions.length > 1 && (
          <>
            <h2 class="govuk-heading-m">How it was before</h2>
            {versions
              .slice(0, -1)
              .toReversed()
              .filter(({ values }) => values.words !== '')
              .map(({ version, at, by, values }) => (
                <Details summaryText={`Version ${version}, ${by ?? 'the service'}, ${formatLondon(at)}`}>
                  <p class="hw-text">{values.words}</p>
                </Details>
              ))}
          </>
        )}
      </>,
      { backTo: addressOf(report) },
    );
  },

  async post({ tx, params, entry }, form) {
    const report = await findReport(tx, params.report, true);
    const known =
      report &&
      sectionsOf(kindOfReport(report.kind).chapters).some(({ section }) => section === params.section);
    if (!report || !known) return missing();
    if (report.state !== 'draft')
      return refuse({
        field: 'words',
        message: 'The report was submitted: ask whoever signs it off to send it back',
      });
    const outcome = await writeText(tx, report, params.section, {
      version: form.version,
      seen: form.seen,
      words: form.words,
      choice: form['keep-words'],
    });
    const figures = (await figuresOf(tx, report.id)).internal?.figures;
    const faults = figures ? narrativeFaults(form.words, figures) : [];
    return await answerAmendment(outcome, {
      called: 'this text',
      entry: entry(),
      controls: ['words'],
      fieldInWords: textFieldInWords,
      valueInWords: (_field, value) => (
        <span class="hw-text">{value === '' ? 'Nothing written' : value}</span>
      ),
      seen: form.seen,
      leaveTo: `${addressOf(report)}/texts/${params.section}`,
      notices: {
        saved:
          faults.length === 0
            ? 'The text is saved'
            : `The text is saved, but ${faults.length === 1 ? 'a placeholder names' : 'placeholders name'} no figure: see below`,
      },
      look: () => lookAt(tx, report),
    });
  },
});
