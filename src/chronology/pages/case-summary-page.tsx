import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import {
  DeathNotice,
  findPersonToWriteAbout,
  fullName,
  type PersonSection,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Tag } from '../../platform/govuk/index.ts';
import { fieldsOf } from '../../platform/history/document.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import {
  type SummaryField,
  summaryDocument,
  summaryFieldInWords,
  summaryValueInWords,
} from '../case-summary.ts';
import { saveSummary } from '../case-summary-commands.ts';
import { type CaseSummary, ownSummary, summariesOf } from '../case-summary-queries.ts';

const MOST = 5_000;
const fields = fieldsOf(summaryDocument);
const written = ['stands', 'worries', 'workingWell', 'next'] as const satisfies readonly SummaryField[];

const readers = [
  'caseworker',
  'provider-manager',
  'coordinator',
  'operations-manager',
] as const satisfies readonly Role[];

/** Where things stand, at the top of a young person's page. */
export const caseSummarySection: PersonSection = {
  for: readers,
  async show({ tx, asker, service, person, mayWrite }) {
    const summaries = await summariesOf(tx, person.id);
    if (summaries.length === 0 && (!mayWrite || person.diedOn !== null)) return null;
    const today = londonDate(service.clock.now());
    return (
      <>
        <h2 class="govuk-heading-m">Where things stand</h2>
        {summaries.length === 0 && (
          <p class="govuk-body">
            Nobody has summed the case up yet. Do it for whoever picks it up when you are away.
          </p>
        )}
        {summaries.map((summary) => (
          <Summary key={summary.id} summary={summary} today={person.diedOn === null ? today : null} />
        ))}
        {mayWrite && person.diedOn === null && (
          <p class="govuk-body not-printed">
            <a class="govuk-link" href={caseSummaryPage.url({ person: person.id })}>
              {summaries.some(({ organisationId }) => organisationId === asker.organisationId)
                ? 'Write the case summary afresh'
                : 'Write a case summary'}
            </a>
          </p>
        )}
      </>
    );
  },
};

/** @param today null where it is written afresh no more, because they have died */
function Summary({ summary, today }: { summary: CaseSummary; today: PlainDate | null }) {
  const { refreshBy } = summary.values;
  return (
    <section class="hw-note" aria-label={`Case summary by ${summary.organisationName}`}>
      <p class="hw-note__meta">
        <bdi>{summary.organisationName}</bdi>, <bdi>{summary.by}</bdi>, {formatLondon(summary.at)}.{' '}
        {today !== null &&
          (refreshBy !== '' && plainDate(refreshBy) < today ? (
            <Tag classes="govuk-tag--red">To be written afresh</Tag>
          ) : (
            `To be written afresh by ${formatDate(plainDate(refreshBy))}`
          ))}
      </p>
      {written
        .filter((field) => summary.values[field] !== '')
        .map((field) => (
          <div key={field}>
            <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{summaryFieldInWords[field]}</h3>
            <p class="hw-note__text" dir="auto">
              {summary.values[field]}
            </p>
          </div>
        ))}
    </section>
  );
}

/** Writes where things stand with a young person, for the provider that supports them. */
export const caseSummaryPage = page({
  path: '/people/:person/summary',
  for: ['caseworker', 'provider-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    stands: text({
      called: summaryFieldInWords.stands,
      most: MOST,
      needed: 'Enter where things stand',
      lines: 'many',
    }),
    worries: text({ called: summaryFieldInWords.worries, most: MOST, lines: 'many' }),
    workingWell: text({ called: summaryFieldInWords.workingWell, most: MOST, lines: 'many' }),
    next: text({ called: summaryFieldInWords.next, most: MOST, lines: 'many' }),
    ...amendmentShape(fields),
  }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-case-summary',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const own = await ownSummary(tx, asker, person.id);
    const typed = entry({ ...own?.values, version: String(own?.version ?? 0) });
    const today = londonDate(service.clock.now());
    const by = dueOn(today, (await thresholdsOn(tx, today))['case-summary']);
    return show(
      'Case summary',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(person)}</bdi>
        </p>
        <h1 class="govuk-heading-l">Case summary</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          Half a page that somebody who has never met them can act on. The coordinator of their borough reads
          it too. What you save counts until {formatDate(by)}; then it must be written afresh.
        </p>
        <Form autosave>
          <input type="hidden" name="version" value={typed.value('version')} />
          {written.map((field) => (
            <LongTextQuestion
              key={field}
              name={field}
              label={
                field === 'stands' ? summaryFieldInWords[field] : `${summaryFieldInWords[field]} (optional)`
              }
              entry={typed}
              most={MOST}
              rows={4}
            />
          ))}
          <p class="hw-autosave" data-autosave-status></p>
          <Button preventDoubleClick>Save the summary</Button>
        </Form>
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    const today = londonDate(service.clock.now());
    const refreshBy = dueOn(today, (await thresholdsOn(tx, today))['case-summary']);
    const { stands, worries, workingWell, next } = form;
    const outcome = await saveSummary(tx, asker, person, {
      version: form.version,
      seen: form.seen,
      values: () => ({ stands, worries, workingWell, next, refreshBy }),
      choices: choicesIn(fields, form),
    });
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'changed-meanwhile':
        return changedMeanwhile({
          called: 'this summary',
          outcome,
          entry: entry(),
          controls: written,
          fieldInWords: summaryFieldInWords,
          valueInWords: summaryValueInWords,
          seen: form.seen,
          leaveTo: personAddress(person.id),
        });
      default:
        return redirect(personAddress(person.id), { notice: 'The case summary is saved' });
    }
  },
});
