import { z } from 'zod';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import { parsePlainDate } from '../../platform/clock/plain-date.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type Change, findChanges } from '../changes.ts';
import { listInWords } from '../reasons-to-set.ts';

const whats: Readonly<Record<string, string>> = {
  patch: 'Patch',
  area: 'Area',
  threshold: 'Threshold',
  reason: 'Reason',
  allocation_rule: 'Rule of suggestions',
  message_words: 'Words of a message',
  service_details: 'The service',
  edition_in_use: 'Edition in use',
  figure_setting: 'Figures',
  performance_target: 'Target',
};

/** What a change says of each column; one that is not here only tells rows apart, or is said by what was changed. */
const columnsInWords: Readonly<Record<string, string>> = {
  patch: 'Patch',
  retired_on: 'Retired on',
  in_force_from: 'In force from',
  in_use_from: 'Used from',
  edition: 'Edition',
  value: 'Figure',
  provider: 'Provider',
  direction: 'Aimed at',
  unit: 'Counted in',
  source: 'Where it comes from',
  place: 'Place in the list',
  in_use: 'In use',
  subject: 'Subject',
  text: 'Words',
  service_name: 'Name of the service',
  telephone: 'Telephone',
  email: 'Email',
  hours: 'When somebody answers',
  postal_address: 'Postal address',
  controller: 'Organisation that answers for it',
  data_protection_contact: 'Email of the data protection lead',
};
const namedByName: readonly string[] = ['patch', 'area'];

/** What was set up otherwise, by whom, and what it was before. */
export const changesPage = page({
  path: '/set-up/changes',
  for: ['administrator', 'operations-manager'],
  query: z.object({ before: z.uuid().optional() }),

  async get({ tx, query, asker }) {
    const { changes, older } = await findChanges(tx, query.before);
    const last = changes.at(-1);
    return show(
      'What was changed',
      <>
        <h1 class="govuk-heading-l">What was changed</h1>
        {changes.length === 0 ? (
          <p class="govuk-body">Nothing was changed yet.</p>
        ) : (
          <ScrollingTable
            about="What was changed"
            head={['When', 'Who', 'What', 'Change'].map((heading) => ({ text: heading }))}
            rows={changes.map((change) => [
              { text: formatLondon(change.at) },
              { text: <bdi>{change.by ?? 'Homeward'}</bdi> },
              {
                text: (
                  <>
                    {whats[change.what] ?? change.what}: <bdi>{change.which}</bdi>
                    {change.list !== null && ` (${listInWords(change.list)})`}
                  </>
                ),
              },
              { text: <Changed change={change} /> },
            ])}
          />
        )}
        {older && last && (
          <a class="govuk-link" href={changesPage.url({}, { before: last.id })}>
            Show older
          </a>
        )}
      </>,
      asker.role === 'administrator' ? { backTo: '/set-up' } : {},
    );
  },
});

function Changed({ change: { what, changed } }: { change: Change }) {
  const wordOf = (column: string) =>
    column === 'name' && namedByName.includes(what) ? 'Name' : columnsInWords[column];
  return (
    <ul class="govuk-list">
      {changed.flatMap(({ column, was, is }) => {
        const word = wordOf(column);
        if (word === undefined) return [];
        return (
          <li key={column}>
            {word}: {was ? <Was was={was} is={is} /> : <bdi>{valueInWords(is)}</bdi>}
          </li>
        );
      })}
    </ul>
  );
}

function Was({ was, is }: { was: string; is: string | null }) {
  return (
    <>
      from <bdi>{valueInWords(was)}</bdi> to <bdi>{valueInWords(is)}</bdi>
    </>
  );
}

function valueInWords(value: string | null): string {
  if (value === null || value === '') return 'nothing';
  if (value === '-infinity') return 'the beginning';
  if (value === 'true' || value === 'false') return value === 'true' ? 'yes' : 'no';
  const day = parsePlainDate(value);
  return day ? formatDate(day) : value;
}
