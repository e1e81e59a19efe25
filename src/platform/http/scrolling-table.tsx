import { Table, type TableProps } from '../govuk/index.ts';

/** A table that may be wider than a small screen: it scrolls by itself, and by the keyboard too. */
export function ScrollingTable({ about, ...table }: TableProps & { about: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (axe: scrollable-region-focusable)
    <section class="hw-scroll" tabIndex={0} aria-label={about}>
      <Table {...table} />
    </section>
  );
}
