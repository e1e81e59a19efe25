import { z } from 'zod';
import { choice, MOST_INTEGER, onlyAsked, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, WarningText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { exposedInWords } from '../publish-report.ts';
import { changeReport, sendBackReport, signOffReport, wroteAnyOf } from '../report-commands.ts';
import { figuresOf, findReport } from '../report-queries.ts';
import { editionInWords } from '../report-words.ts';
import { warningOfShortPublic } from '../short-in-public.ts';
import { markingOptions, markings } from './new-report-page.tsx';
import { exposedIn, lookAt, reportPage, reportParams } from './report-page.tsx';
import { writers } from './reports-page.tsx';

const MOST = 2_000;

/** The title and the marking of a draft. */
export const reportDetailsPage = page({
  path: '/reports/:report/details',
  for: writers,
  params: reportParams,
  form: z.object({
    version: z.coerce.number().int().min(0).max(MOST_INTEGER),
    title: text({ called: 'The title', most: 120, needed: 'Enter a title' }),
    marking: choice(markings, 'Choose a protective marking'),
  }),

  async get({ tx, params, entry }) {
    const report = await findReport(tx, params.report);
    if (!report) return missing();
    if (report.state !== 'draft') return redirect(reportPage.url(params));
    const typed = entry({ version: String(report.version), title: report.title, marking: report.marking });
    const title = 'Title and marking';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <Form>
          <input type="hidden" name="version" value={typed.value('version')} />
          <TextQuestion name="title" label="Title" entry={typed} />
          <ChoiceQuestion
            name="marking"
            label="Protective marking of the internal edition"
            hint="A public edition is marked OFFICIAL"
            options={markingOptions}
            entry={typed}
          />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: reportPage.url(params) },
    );
  },

  async post({ tx, params }, form) {
    const report = await findReport(tx, params.report, true);
    if (!report) return missing();
    if (report.state !== 'draft')
      return redirect(reportPage.url(params), {
        notice: 'It was submitted already, and is not changed any more',
      });
    if (!(await changeReport(tx, report, form)))
      return refuse({
        field: 'title',
        message:
          'Somebody changed the report since you opened this page: open it again, and make your change to what it says now',
      });
    return redirect(reportPage.url(params), { notice: 'The report is changed' });
  },
});

/** Somebody who wrote none of it signs it off, or sends it back and says why. */
export const signOffReportPage = page({
  path: '/reports/:report/sign-off',
  for: writers,
  params: reportParams,
  form: z.object({
    version: z.coerce.number().int().min(0).max(MOST_INTEGER),
    decision: choice(['sign-off', 'send-back'], 'Choose whether to sign it off'),
    why: text({ called: 'What is to be changed', most: MOST, lines: 'many' }).register(onlyAsked, {
      when: ({ decision }) => decision === 'send-back',
    }),
  }),

  async get({ tx, asker, params, entry }) {
    const report = await findReport(tx, params.report);
    if (!report) return missing();
    if (report.state !== 'submitted' && report.state !== 'signed-off')
      return redirect(reportPage.url(params));
    await lookAt(tx, report);
    const wrote = await wroteAnyOf(tx, report.id, asker.accountId);
    const exposed = exposedIn(await figuresOf(tx, report.id));
    const signs = report.state === 'submitted' && !wrote;
    const short = signs ? await warningOfShortPublic(tx, report) : null;
    const typed = entry({ version: String(report.version), ...(signs ? {} : { decision: 'send-back' }) });
    const title = signs ? 'Sign off, or send back' : 'Send back';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">{report.title}</p>
        {exposed.length > 0 && <WarningText>{exposedInWords(exposed)}</WarningText>}
        {short !== null && <WarningText>{short}</WarningText>}
        {signs ? (
          <>
            <p class="govuk-body">
              Read it first, each edition as it will be published. Your signature publishes it, once an
              auditor has tried in vain to find out what the public edition hides:
            </p>
            <ul class="govuk-list govuk-list--bullet">
              {report.editions.map((edition) => (
                <li>
                  <a class="govuk-link" href={`/reports/${report.id}/preview/${edition}`}>
                    {editionInWords[edition]}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : (
          wrote &&
          report.state === 'submitted' && (
            <InsetText>Nobody signs off what they wrote: you can take it back.</InsetText>
          )
        )}
        <Form>
          <input type="hidden" name="version" value={report.version} />
          {signs ? (
            <ChoiceQuestion
              name="decision"
              label="What do you decide?"
              options={[
                { value: 'sign-off', text: 'It is right: sign it off' },
                { value: 'send-back', text: 'Send it back to its author' },
              ]}
              entry={typed}
            />
          ) : (
            <input type="hidden" name="decision" value="send-back" />
          )}
          <LongTextQuestion
            name="why"
            label={signs ? 'What is to be changed, if you send it back' : 'What is to be changed'}
            most={MOST}
            entry={typed}
          />
          <Button preventDoubleClick>{signs ? 'Save the decision' : 'Send it back'}</Button>
        </Form>
      </>,
      { backTo: reportPage.url(params) },
    );
  },

  async post({ tx, asker, params }, { version, decision, why }) {
    const report = await findReport(tx, params.report, true);
    if (!report) return missing();
    const here = reportPage.url(params);
    // Sent back, written anew and submitted again while the page stood open, it is not what was read.
    if (report.state === 'submitted' && report.version !== version)
      return refuse({
        field: 'decision',
        message: 'The report was changed since you opened this page: read it again before you decide',
      });
    if (decision === 'send-back') {
      if (why === '') return refuse({ field: 'why', message: 'Enter what is to be changed' });
      if (report.state !== 'submitted' && report.state !== 'signed-off')
        return redirect(here, { notice: 'There is nothing to send back any more' });
      await sendBackReport(tx, report, why);
      return redirect(here, { notice: 'The report is back with its author' });
    }
    if (report.state !== 'submitted')
      return redirect(here, { notice: 'There is nothing to sign off any more' });
    if (await wroteAnyOf(tx, report.id, asker.accountId))
      return refuse({
        field: 'decision',
        message: 'Nobody signs off what they wrote: ask somebody who wrote none of it',
      });
    if (exposedIn(await figuresOf(tx, report.id)).length > 0)
      return refuse({
        field: 'decision',
        message:
          'It cannot be published, because numbers of it could be worked out whatever is hidden: send it back to its author',
      });
    await signOffReport(tx, report, asker);
    return redirect(here, { notice: 'The report is signed off, and is being published' });
  },
});
