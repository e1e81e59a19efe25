import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type Change, findChanges } from '../changes.ts';

const whats: Readonly<Record<string, string>> = {
  patch: 'Patch',
  area: 'Area',
  threshold: 'Threshold',
  reason: 'Reason',
  allocation_rule: 'Rule of suggestions',
  message_words: 'Words of a message',
  service_details: 'The service',
};

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
                  </>
                ),
              },
              { text: <Changed changed={change.changed} /> },
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

function Changed({ changed }: Pick<Change, 'changed'>) {
  return (
    <ul class="govuk-list">
      {changed.map(({ column, was, is }) => (
        <li key={column}>
          {column.replaceAll('_', ' ')}: <bdi>{was || 'nothing'}</bdi> → <bdi>{is || 'nothing'}</bdi>
        </li>
      ))}
    </ul>
  );
}
