import { classNames, Table, type TableCell, type TableProps } from '../govuk/index.ts';

type ScrollingTableProps = Omit<TableProps, 'saysRoles'> & {
  /** What is in the table. */
  about: string;
};

/**
 * A table that may be wider than a small screen. On a phone the rows of a wide one stack, each cell under the name of its
 * column; a table of figures, which are compared down a column, scrolls by itself, by the keyboard too.
 */
export function ScrollingTable({ about, ...table }: ScrollingTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (axe: scrollable-region-focusable)
    <section class="hw-scroll" tabIndex={0} aria-label={about}>
      <Table {...(stacks(table) ? stacked(table) : table)} />
    </section>
  );
}

/** How many columns a phone has room for. */
const MOST_BESIDE_EACH_OTHER = 3;

const stacks = ({ head = [] }: TableProps): boolean =>
  head.length > MOST_BESIDE_EACH_OTHER && !head.slice(1).every(({ format }) => format === 'numeric');

/** The table with what its styles need to stack it: in each cell the name of its column. */
function stacked({ head = [], rows, ...table }: TableProps): TableProps {
  const named = (cell: TableCell, column: number): TableCell => {
    const heading = head[column]?.text;
    return typeof heading === 'string'
      ? { ...cell, attributes: { ...cell.attributes, 'data-heading': heading } }
      : cell;
  };
  return {
    ...table,
    head,
    rows: rows.map((row) => (row ? row.map(named) : row)),
    classes: classNames('hw-stacked', table.classes),
    saysRoles: true,
  };
}
