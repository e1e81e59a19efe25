import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { ScrollingTable } from './scrolling-table.tsx';

const head = (...headings: string[]) => headings.map((text) => ({ text }));
const row = (...cells: string[]) => cells.map((text) => ({ text }));

describe('a table of more columns than a phone has room for', () => {
  const html = render(
    <ScrollingTable
      about="Who waits"
      caption="Who waits"
      firstCellIsHeader
      head={head('Name', 'Since', 'Meanwhile', 'What to do')}
      rows={[row('Kofi', 'May', 'Nothing', 'Allocate'), false]}
    />,
  );

  test('names in each cell the column it is in, so that rows can stack', () => {
    expect(html).toContain('class="govuk-table hw-stacked"');
    expect(Array.from(html.matchAll(/data-heading="([^"]+)">([^<]+)</g), ([, ...named]) => named)).toEqual([
      ['Name', 'Kofi'],
      ['Since', 'May'],
      ['Meanwhile', 'Nothing'],
      ['What to do', 'Allocate'],
    ]);
  });

  test('stays a table to whoever hears it: every part of it says its role', () => {
    const parts = Array.from(html.matchAll(/<(table|thead|tbody|tr|th|td)[ >][^>]*/g), ([part]) => part);
    expect(parts).toHaveLength(13);
    expect(parts.filter((part) => !part.includes(' role="'))).toEqual([]);
  });
});

test('a table of few columns, or of figures that are compared down a column, stays as it is', () => {
  const figure = (text: string) => ({ text, format: 'numeric' });
  for (const table of [
    { head: head('Name', 'State', 'Since'), rows: [row('Kofi', 'Open', 'May')] },
    {
      head: [{ text: 'Who' }, figure('How many'), figure('Median'), figure('Longest')],
      rows: [[{ text: 'Everybody' }, figure('11'), figure('20'), figure('90')]],
    },
  ]) {
    const html = render(<ScrollingTable about="A table" {...table} />);
    expect(html).toContain('class="hw-scroll"');
    expect(html).not.toMatch(/hw-stacked|data-heading|role=/);
  }
});
