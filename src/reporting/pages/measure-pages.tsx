import { z } from 'zod';
import { SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { catalogue, versionsBefore } from '../../statistics/catalogue.ts';
import type { DefinedMeasure } from '../../statistics/define-measure.ts';
import { reasonsWithoutFigure } from '../../statistics/measure.ts';
import { measures, measureWithId } from '../../statistics/measures/index.ts';
import { disclosureRuleOf, readsOf } from '../../statistics/measures-document.ts';
import { readers } from './reports-page.tsx';

/** Every measure: what each figure of a report is. */
export const measuresPage = page({
  path: '/measures',
  for: readers,

  async get() {
    const title = 'What the figures mean';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Each figure of a report is one of these measures. A definition is changed only by a new version, and
          a figure as at a past moment stays the same, whatever was corrected since. A young person whose
          record was disposed of is counted still, by codes and days that lead to nobody.
        </p>
        <ul class="govuk-list govuk-list--spaced">
          {measures.map(({ id, title: called }) => (
            <li key={id}>
              <a class="govuk-link" href={measurePage.url({ measure: id })}>
                {called}
              </a>
            </li>
          ))}
        </ul>
      </>,
      { backTo: '/reports' },
    );
  },
});

/** One measure, in the words of the catalogue (docs/measures.md is written from the same modules). */
export const measurePage = page({
  path: '/measures/:measure',
  for: readers,
  params: z.object({ measure: z.string().max(100) }),

  async get({ params }) {
    const measure = measureWithId(params.measure);
    if (!measure) return missing();
    return show(
      measure.title,
      <>
        <h1 class="govuk-heading-l">{measure.title}</h1>
        <p class="govuk-body">{measure.definition}</p>
        <SummaryList
          rows={rowsOf(measure).map(([key, value]) => ({ key: { text: key }, value: { text: value } }))}
        />
        <EarlierVersions versions={versionsBefore(catalogue, measure)} />
        <h2 class="govuk-heading-m">Where there is no figure</h2>
        <ul class="govuk-list govuk-list--bullet">
          {Object.entries(reasonsWithoutFigure).map(([reason, words]) => (
            <li key={reason}>{words}</li>
          ))}
        </ul>
      </>,
      { backTo: measuresPage.url() },
    );
  },
});

/** By which what was published before is counted still. */
export function EarlierVersions({ versions }: { readonly versions: readonly DefinedMeasure[] }) {
  if (versions.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Earlier versions</h2>
      <p class="govuk-body">
        What was published by one of these keeps it, and is not to be compared with what is counted by
        another.
      </p>
      <SummaryList
        rows={versions.map(({ version, definition }) => ({
          key: { text: `Version ${version}` },
          value: { text: definition },
        }))}
      />
    </>
  );
}

function rowsOf(measure: DefinedMeasure): [key: string, value: string][] {
  const { id, version, rules } = measure;
  const given: [string, string | undefined][] = [
    ['Measure', `${id}, version ${version}`],
    ['Geography', rules.geography],
    ['Not known', rules.unknowns],
    ['Ties', rules.ties],
    ['Rounding', 'Percentages are whole, rounded half up from the exact fraction'],
    ['Read from', readsOf(measure).join(', ')],
    ['In the public edition', disclosureRuleOf(measure)],
  ];
  return given.flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]]));
}
