import { Details } from '../platform/govuk/index.ts';
import type { Measure } from '../statistics/measure.ts';
import { FigureTable } from './charts/index.ts';
import { rowCount, withoutMiddle } from './data-table.ts';
import { FigureDrawing, type FigureDrawingProps, isDrawn, providersIn } from './figure-drawing.tsx';
import { figureNotes } from './figure-notes.ts';
import { figureTables } from './figure-tables.ts';
import { partInWords } from './key-words.ts';
import type { MapShapes } from './maps/index.ts';
import { countInWords } from './number-words.ts';
import { periodInWords } from './period-words.ts';
import type { FigureBlock } from './report-document.ts';
import { isObject, type MeasureFigures, numberOf, type ReportFigures } from './report-figures.ts';

/** What of a measure's definition a reader needs beside its figures. */
export type Definition = Pick<Measure, 'id' | 'shape'>;

interface FigureViewProps {
  block: FigureBlock;
  number: number;
  figures: ReportFigures;
  measure: MeasureFigures;
  definition: Definition;
  /** The page that defines a measure. */
  definitionAddress: (measure: string) => string | null;
  /** What maps are drawn from; null where there are none. */
  shapes: MapShapes | null;
  /** Shows what is behind a summary, for paper. */
  unfolded: boolean;
}

export const figureId = (measure: string): string => `figure-${measure.replaceAll('.', '-')}`;

/** Rows of a table of places that paper has, with the two at its end: what is not known, and the total. */
const ROWS_ON_PAPER = 60;

/** One figure of a report: drawn, as tables, and with all that it takes to make it again. */
export function FigureView(props: FigureViewProps) {
  const { block, number, figures, measure, definition, definitionAddress, unfolded } = props;
  const whole = measure.reason === undefined ? figureTables(measure, definition.shape, figures) : [];
  const { own } = definition.shape;
  // Of places by how many they have, paper has the first: five hundred wards are sixteen pages.
  const isLong = unfolded && own.kind === 'count-table' && own.keys === 'open';
  const tables = isLong ? whole.map((table) => withoutMiddle(table, ROWS_ON_PAPER)) : whole;
  const leftOut = whole.reduce((sum, table, n) => sum + rowCount(table) - rowCount(tables[n] ?? table), 0);
  const title = block.title ?? measure.title;
  const [first, ...others] = tables;
  const drawing = { block, measure, figures, shapes: props.shapes };
  const parts = block.drawn === 'runs' ? providersIn(measure) : [];
  const drawn = parts.length === 0 && first !== undefined && isDrawn(drawing);
  return (
    <section
      class="hw-figure"
      id={figureId(block.measure)}
      aria-labelledby={`${figureId(block.measure)}-title`}
    >
      <h3 class="govuk-heading-m" id={`${figureId(block.measure)}-title`}>
        Figure {number}: {title}
      </h3>
      {figureNotes(measure, definition.shape).map((note) => (
        <p class="govuk-body hw-figure__note">{note}</p>
      ))}
      {drawn && first && <FigureDrawing {...drawing} table={first} />}
      {parts.map((part) => (
        <ProviderView key={part.key} {...drawing} part={part} definition={definition} />
      ))}
      {(drawn ? others : parts.length > 0 ? [] : tables).map((table) => (
        <>
          {table.title !== title && <h4 class="govuk-heading-s">{table.title}</h4>}
          <FigureTable table={table} />
        </>
      ))}
      {leftOut > 0 && (
        <p class="govuk-body">
          {countInWords(leftOut)} more rows of the table are in the web page, the spreadsheet (ODS) and the
          CSV of this report, and in the total here.
        </p>
      )}
      {unfolded ? (
        <PrintedProvenance
          measure={measure}
          definition={definition}
          address={definitionAddress(block.measure)}
        />
      ) : (
        <Details summaryText={`How figure ${number} is counted`}>
          <Provenance
            measure={measure}
            definition={definition}
            figures={figures}
            address={definitionAddress(block.measure)}
          />
        </Details>
      )}
    </section>
  );
}

/** One provider's part of a figure. */
function ProviderView({
  part,
  definition,
  ...drawing
}: Omit<FigureDrawingProps, 'part'> & {
  part: { key: string; measure: MeasureFigures };
  definition: Definition;
}) {
  const { own } = definition.shape;
  const each = own.kind === 'object' ? own.fields.providers : undefined;
  if (each?.kind !== 'each') return null;
  const [table] = figureTables(part.measure, { own: each.shape }, drawing.figures);
  if (!table) return null;
  return (
    <>
      <h4 class="govuk-heading-s">{partInWords('provider', part.key)}</h4>
      <FigureDrawing {...drawing} measure={part.measure} part={part.key} table={table} />
    </>
  );
}

function Provenance({
  measure,
  definition,
  figures,
  address,
}: {
  measure: MeasureFigures;
  definition: Definition;
  figures: ReportFigures;
  address: string | null;
}) {
  const said = (name: string, what: string): (readonly [string, string])[] => {
    const words = measure[name];
    return typeof words === 'string' ? [[what, words]] : [];
  };
  const facts: (readonly [string, string])[] = [
    ['Period', periodInWords(figures.period)],
    ...(figures.comparison ? [['Compared with', periodInWords(figures.comparison)] as const] : []),
    ...fractionOf(measure),
    ...said('geography', 'Geography'),
    ...said('unknowns', 'Not known'),
    ...said('ties', 'Equal counts'),
    ...said('rounding', 'Rounding'),
    ['As recorded at', figures.asAt],
    ['Hash', measure.hash],
  ];
  return (
    <>
      <p class="govuk-body">{measure.definition}</p>
      <p class="govuk-body">
        {address === null ? (
          `${definition.id}, version ${measure.version} of its definition`
        ) : (
          <a class="govuk-link" href={address}>
            {definition.id}, version {measure.version} of its definition
          </a>
        )}
      </p>
      <dl class="govuk-summary-list govuk-summary-list--no-border hw-facts">
        {facts.map(([name, value]) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{name}</dt>
            <dd class="govuk-summary-list__value">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The same on paper, in a line or two: what the figure is of, and where the whole of its definition is. */
function PrintedProvenance({
  measure,
  definition,
  address,
}: {
  measure: MeasureFigures;
  definition: Definition;
  address: string | null;
}) {
  const named = `${definition.id}, version ${measure.version}`;
  const { unknowns } = measure;
  const facts = [
    ...fractionOf(measure).map(([name, value]) => `${name} ${value}`),
    ...(typeof unknowns === 'string' ? [`Not known: ${unknowns.replace(/\.$/, '')}`] : []),
    `Hash ${measure.hash}`,
  ];
  return (
    <p class="hw-figure__counted">
      {address === null ? named : <a href={address}>{named}</a>}. {facts.join('. ')}.
    </p>
  );
}

/** Numerator and denominator where the measure is a share; what all its rows are of where it is a table of them. */
function fractionOf(measure: MeasureFigures): (readonly [string, string])[] {
  const share = isObject(measure.current) ? measure.current : measure;
  const [numerator, denominator] = [numberOf(share.numerator), numberOf(share.denominator)];
  if (numerator !== null && denominator !== null)
    return [
      ['Numerator', countInWords(numerator)],
      ['Denominator', countInWords(denominator)],
    ];
  const total = isObject(measure.total) ? numberOf(measure.total.current) : null;
  return total === null ? [] : [['Of', countInWords(total)]];
}
