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
}

/** Figures or facts to be compared. */
export function Table(props: TableProps) {
  const { rows, head, caption, captionClasses, firstCellIsHeader, classes, attributes } = props;
  return (
    <table class={classNames('govuk-table', classes)} {...attributes}>
      {caption && <caption class={classNames('govuk-table__caption', captionClasses)}>{caption}</caption>}
      {head && (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {head.map((cell, index) => (
              <th
                key={index}
                scope="col"
                class={classNames(
                  'govuk-table__header',
                  cell.format && `govuk-table__header--${cell.format}`,
                  cell.classes,
                )}
                {...cellAttributes(cell)}
              >
                {cell.text}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body">
        {rows.map(
          (row, rowIndex) =>
            row && (
              <tr key={rowIndex} class="govuk-table__row">
                {row.map((cell, index) =>
                  index === 0 && firstCellIsHeader ? (
                    <th
                      key={index}
                      scope="row"
                      class={classNames('govuk-table__header', cell.classes)}
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
