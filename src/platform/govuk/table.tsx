import type { ComponentChildren } from 'preact';
import { type Attributes, classNames, type ItemList } from './attributes.ts';

export interface TableCell {
  text?: ComponentChildren;
  /** "numeric" lines figures up on the right. */
  format?: string | undefined;
  colspan?: number | undefined;
  rowspan?: number | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface TableProps {
  rows: ItemList<readonly TableCell[]>;
  head?: readonly TableCell[] | undefined;
  caption?: string | undefined;
  captionClasses?: string | undefined;
  /** The first cell of each row is the row's heading. */
  firstCellIsHeader?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  /** Says by its role too what each part is, for a table that styles lay out otherwise: some browsers then see no table. */
  saysRoles?: boolean | undefined;
}

/** Figures or facts to be compared. */
export function Table(props: TableProps) {
  const { rows, head, caption, captionClasses, firstCellIsHeader, classes, attributes, saysRoles } = props;
  const says = (role: 'table' | 'rowgroup' | 'row' | 'columnheader' | 'rowheader' | 'cell') =>
    saysRoles ? { role } : {};
  return (
    <table class={classNames('govuk-table', classes)} {...says('table')} {...attributes}>
      {caption && <caption class={classNames('govuk-table__caption', captionClasses)}>{caption}</caption>}
      {head && (
        <thead class="govuk-table__head" {...says('rowgroup')}>
          <tr class="govuk-table__row" {...says('row')}>
            {head.map((cell, index) => (
              <th
                key={index}
                scope="col"
                class={classNames(
                  'govuk-table__header',
                  cell.format && `govuk-table__header--${cell.format}`,
                  cell.classes,
                )}
                {...says('columnheader')}
                {...cellAttributes(cell)}
              >
                {cell.text}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body" {...says('rowgroup')}>
        {rows.map(
          (row, rowIndex) =>
            row && (
              <tr key={rowIndex} class="govuk-table__row" {...says('row')}>
                {row.map((cell, index) =>
                  index === 0 && firstCellIsHeader ? (
                    <th
                      key={index}
                      scope="row"
                      class={classNames('govuk-table__header', cell.classes)}
                      {...says('rowheader')}
                      {...cellAttributes(cell)}
                    >
                      {cell.text}
                    </th>
                  ) : (
                    <td
                      key={index}
                      class={classNames(
                        'govuk-table__cell',
                        cell.format && `govuk-table__cell--${cell.format}`,
                        cell.classes,
                      )}
                      {...says('cell')}
                      {...cellAttributes(cell)}
                    >
                      {cell.text}
                    </td>
                  ),
                )}
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

function cellAttributes({ colspan, rowspan, attributes }: TableCell) {
  return { colspan: colspan || undefined, rowspan: rowspan || undefined, ...attributes };
}
