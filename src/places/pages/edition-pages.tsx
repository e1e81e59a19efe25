import { z } from 'zod';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { date } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { missing, type Page, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { findEditions, type ListedEdition, useEdition } from '../editions.ts';
import { type PlaceKind, placeKinds } from '../place-kind.ts';

const kindsInWords: Readonly<Record<PlaceKind, string>> = {
  wards: 'Wards',
  forces: 'Police forces',
  deprivation: 'Deprivation',
  'population-by-age': 'Population by age',
  'population-by-ethnic-group': 'Population by ethnic group',
  postcodes: 'Postcodes',
};

/** The editions of what is known of places, and which of them figures are made with. */
export const editionsPage = page({
  path: '/set-up/places',
  for: ['administrator'],

  async get({ tx }) {
    const editions = await findEditions(tx);
    return show(
      'Places',
      <>
        <h1 class="govuk-heading-l">Places</h1>
        <p class="govuk-body">
          Maps, deprivation and rates by population are made with published files. Editions stand side by
          side: figures of a day are made with the edition in use on that day, so that an older report keeps
          what it was made with.
        </p>
        {editions.length === 0 ? (
          <p class="govuk-body">
            Nothing was imported yet. Whoever runs the server imports a file with “homeward reference import”.
          </p>
        ) : (
          <ScrollingTable
            about="Editions"
            firstCellIsHeader
            head={['What', 'Edition', 'Rows', 'Imported', 'In use'].map((text) => ({ text }))}
            rows={editions.map((each) => [
              { text: kindsInWords[each.kind] },
              {
                text: (
                  <a class="govuk-link" href={editionPage.url({ kind: each.kind, edition: each.edition })}>
                    {each.edition}
                    <span class="govuk-visually-hidden"> of {kindsInWords[each.kind].toLowerCase()}</span>
                  </a>
                ),
              },
              { text: each.rows.toLocaleString('en-GB'), format: 'numeric' },
              { text: formatLondon(each.importedAt) },
              { text: useInWords(each) },
            ])}
          />
        )}
      </>,
      { backTo: '/set-up' },
    );
  },
});

/** One edition, and a form that puts it to use. */
export const editionPage = page({
  path: '/set-up/places/:kind/:edition',
  for: ['administrator'],
  params: z.object({ kind: z.enum(placeKinds), edition: z.string() }),
  form: z.object({
    from: date({ called: 'The day it is used from', needed: 'Enter the day it is used from' }),
  }),

  async get({ tx, params, entry }) {
    const found = await findOne(tx, params);
    if (!found) return missing();
    const form = entry({});
    const title = `${kindsInWords[found.kind]}, edition ${found.edition}`;
    return show(
      title,
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          {found.rows.toLocaleString('en-GB')} rows, imported {formatLondon(found.importedAt)}.{' '}
          {useInWords(found)}.
        </p>
        <InsetText>
          <bdi>{found.source}</bdi>
        </InsetText>
        <h2 class="govuk-heading-m">Use it from a day on</h2>
        <Form>
          <DateQuestion
            name="from"
            label="From which day?"
            hint="Figures of that day and later are made with this edition, until another is used. Figures as at a moment before now stay as they are."
            entry={form}
          />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: editionsPage.url() },
    );
  },

  async post({ tx, params }, { from }) {
    const found = await findOne(tx, params);
    if (!found) return missing();
    if (from === null) return refuse({ field: 'from', message: 'Enter the day it is used from' });
    await useEdition(tx, found.kind, found.edition, from);
    return redirect(editionsPage.url(), {
      notice: `Edition ${found.edition} is used from ${formatDate(from)}`,
    });
  },
});

export const placePages: readonly Page[] = [editionsPage, editionPage];

async function findOne(
  tx: Parameters<typeof findEditions>[0],
  { kind, edition }: Pick<ListedEdition, 'kind' | 'edition'>,
): Promise<ListedEdition | undefined> {
  return (await findEditions(tx)).find((each) => each.kind === kind && each.edition === edition);
}

function useInWords({ inUseFrom }: ListedEdition): string {
  if (inUseFrom.length === 0) return 'Not in use';
  return `Used from ${inUseFrom.map(dayInWords).join(' and from ')}`;
}

const dayInWords = (day: PlainDate | null): string => (day === null ? 'the beginning' : formatDate(day));
