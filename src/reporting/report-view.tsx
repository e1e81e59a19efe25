import type { ComponentChildren } from 'preact';
import { formatLondon } from '../platform/clock/london-time.ts';
import { PAPER_WIDTH, PictureWidthProvider } from './charts/index.ts';
import { type Definition, FigureView, figureId } from './figure-view.tsx';
import { keyInWords } from './key-words.ts';
import type { MapShapes } from './maps/index.ts';
import { Narrative } from './narrative.tsx';
import type { NotableChanges } from './notable.ts';
import { countInWords } from './number-words.ts';
import { periodInWords } from './period-words.ts';
import { resolvePlaceholder } from './placeholder.ts';
import type { Block, Chapter, OutcomeBlock, ReportContent } from './report-document.ts';
import { isObject, type MeasureFigures } from './report-figures.ts';

export interface ReportViewProps {
  content: ReportContent;
  chapters: readonly Chapter[];
  /** The definition of a measure, in the version by which the figures were counted. */
  definitionOf: (measure: string, version: number) => Definition | undefined;
  /** The page that defines a measure. */
  definitionAddress: (measure: string) => string | null;
  /** What maps are drawn from; null where there are none. */
  shapes: MapShapes | null;
  /** Shows what is behind a summary, for a PDF, which has the marking on every page by itself. */
  unfolded?: boolean;
}

/** A report as a part of a page: its contents, its chapters, and everything they stand on. */
export function ReportView(props: ReportViewProps) {
  return props.unfolded ? (
    <PictureWidthProvider value={PAPER_WIDTH}>
      <Report {...props} />
    </PictureWidthProvider>
  ) : (
    <Report {...props} />
  );
}

/** Of a profile, the maps are of its borough alone. */
function shapesOf({ shapes, content: { area } }: ReportViewProps): MapShapes | null {
  if (!shapes || !area) return shapes;
  const isHere = (place: { readonly area: string }) => place.area === area.code;
  const wards = shapes.wards?.places.filter(isHere) ?? [];
  return {
    ...shapes,
    boroughs: { ...shapes.boroughs, places: shapes.boroughs.places.filter(isHere) },
    wards: shapes.wards && wards.length > 0 ? { ...shapes.wards, places: wards } : null,
  };
}

function Report(props: ReportViewProps) {
  const { content, chapters } = props;
  const numbers = figureNumbers(content, chapters);
  const shown = chapters.filter(({ blocks }) => blocks.some((block) => hasContent(block, props)));
  return (
    <article class={props.unfolded ? 'hw-report' : `hw-report hw-report--${content.marking.toLowerCase()}`}>
      <header>
        <p class="hw-report__marking">{content.marking}</p>
        <h1 class="govuk-heading-xl">{content.title}</h1>
        <p class="govuk-body-l">
          {content.area && `${content.area.name}, `}
          {periodInWords(content.figures.period)}
        </p>
      </header>
      <nav class="hw-report__contents" aria-labelledby="report-contents">
        <h2 class="govuk-heading-m" id="report-contents">
          Contents
        </h2>
        <ol class="govuk-list govuk-list--number">
          {shown.map(({ id, title }) => (
            <li>
              <a class="govuk-link" href={`#${id}`}>
                {title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {shown.map((chapter) => (
        <section class="hw-report__chapter" id={chapter.id} aria-labelledby={`${chapter.id}-title`}>
          <h2 class="govuk-heading-l" id={`${chapter.id}-title`}>
            {chapter.title}
          </h2>
          {chapter.blocks.map((block) => drawBlock(block, chapter, props, numbers))}
        </section>
      ))}
    </article>
  );
}

/** Figures are numbered in the order in which they stand. */
function figureNumbers(
  { figures }: ReportContent,
  chapters: readonly Chapter[],
): ReadonlyMap<string, number> {
  const measures = chapters.flatMap(({ blocks }) =>
    blocks.flatMap((block) =>
      block.kind === 'figure' && figures.measures[block.measure] ? [block.measure] : [],
    ),
  );
  return new Map(measures.map((measure, n) => [measure, n + 1]));
}

/** A chapter of texts that nobody wrote is left out. */
function hasContent(block: Block, { content }: ReportViewProps): boolean {
  if (block.kind === 'text') return (content.texts[block.section] ?? '') !== '';
  if (block.kind === 'figure') return content.figures.measures[block.measure] !== undefined;
  return block.kind !== 'words';
}

function drawBlock(
  block: Block,
  chapter: Chapter,
  props: ReportViewProps,
  numbers: ReadonlyMap<string, number>,
): ComponentChildren {
  const { content } = props;
  switch (block.kind) {
    case 'text': {
      const words = content.texts[block.section] ?? '';
      if (words === '') return null;
      // A text that is the whole chapter has its title already.
      return (
        <>
          {block.title !== chapter.title && <h3 class="govuk-heading-m">{block.title}</h3>}
          <Narrative words={words} figures={content.figures} level={block.title === chapter.title ? 2 : 3} />
        </>
      );
    }
    case 'figure': {
      const measure = content.figures.measures[block.measure];
      const definition = measure && props.definitionOf(block.measure, measure.version);
      if (!measure || !definition) return null;
      return (
        <FigureView
          block={block}
          number={numbers.get(block.measure) ?? 0}
          figures={content.figures}
          measure={measure}
          definition={definition}
          definitionAddress={props.definitionAddress}
          shapes={shapesOf(props)}
          unfolded={props.unfolded ?? false}
        />
      );
    }
    case 'outcome':
      return <Outcome block={block} content={content} numbers={numbers} />;
    case 'words':
      return <p class="govuk-body">{block.words}</p>;
    case 'about':
      return <About content={content} />;
    case 'sources':
      return <Sources content={content} definitionOf={props.definitionOf} />;
    case 'caveats':
      return <Caveats content={content} numbers={numbers} />;
    case 'notable':
      return (
        <Notable notable={content.notable} numbers={numbers} compared={content.figures.comparison !== null} />
      );
  }
}

function About({ content }: { content: ReportContent }) {
  const { figures, signOff, marking, sha256 } = content;
  const facts: [string, ComponentChildren][] = [
    ['Period', `${periodInWords(figures.period)}, both days included`],
    ['Compared with', figures.comparison ? periodInWords(figures.comparison) : 'Nothing'],
    ['Counted', `what had been recorded at ${formatLondon(new Date(figures.asAt))}`],
    [
      'Edition',
      figures.disclosure === 'public' ? 'Public: small numbers are hidden' : 'Internal: exact numbers',
    ],
    ['Protective marking', marking],
    ...(signOff
      ? ([
          ['Author', signOff.author],
          ['Signed off by', `${signOff.signedOffBy}, ${formatLondon(new Date(signOff.signedOffAt))}`],
          ['Published', formatLondon(new Date(signOff.publishedAt))],
        ] as [string, string][])
      : ([['Published', 'Not yet']] as [string, string][])),
    ...(sha256 === null ? [] : ([['Hash of what was published', sha256]] as [string, string][])),
  ];
  return (
    <>
      <h3 class="govuk-heading-m">Date parameters, marking and authors</h3>
      <dl class="govuk-summary-list hw-facts">
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

const recordsInWords: Readonly<Record<string, string>> = {
  referrals: 'Referrals to the service, with their decisions',
  episodes: 'Episodes of support',
  'closed-episodes': 'Outcomes of support, as signed off when it ended',
  'onward-referrals': 'Referrals on to other services',
  people: 'Missing episodes, arrests and convictions',
  'rescue-requests': 'Requests to bring young people home',
  individuals: 'Individuals linked to county lines, as returned to the national centre',
  'nrm-referrals': 'Referrals to the National Referral Mechanism',
  'training-sessions': 'Training sessions',
  attendees: 'Professionals who attended training',
};

/** What the figures are made of: the records that were counted, and the tables of others that they were set against. */
function Sources({ content, definitionOf }: Pick<ReportViewProps, 'content' | 'definitionOf'>) {
  const measures = Object.entries(content.figures.measures);
  const records = new Set(
    measures.flatMap(([id, { version, reason }]) => {
      const definition = definitionOf(id, version);
      return definition && reason === undefined ? recordsIn(definition.shape) : [];
    }),
  );
  const others = new Set(measures.flatMap(([, measure]) => sourceOf(measure)));
  return (
    <>
      <h3 class="govuk-heading-m">Data sources</h3>
      <ul class="govuk-list govuk-list--bullet">
        {Object.keys(recordsInWords)
          .filter((kind) => records.has(kind))
          .map((kind) => (
            <li>{recordsInWords[kind]}</li>
          ))}
        {[...others].map((source) => (
          <li>{source}</li>
        ))}
      </ul>
    </>
  );
}

/** Every kind of record that a shape counts, however deep. */
function recordsIn(shape: unknown): string[] {
  if (typeof shape !== 'object' || shape === null) return [];
  return Object.entries(shape).flatMap(([name, value]) =>
    name === 'records' && typeof value === 'string' ? [value] : recordsIn(value),
  );
}

function sourceOf({ population, source, edition }: MeasureFigures): string[] {
  const named = isObject(population)
    ? [
        `Population: ${String(population.source)}, ${String(population.edition)}${typeof population.year === 'number' ? `, of ${population.year}` : ''}`,
      ]
    : [];
  if (typeof edition !== 'string') return named;
  return [
    ...named,
    `${keyInWords('deprivation')}: ${typeof source === 'string' ? `${source}, ` : ''}${edition}`,
  ];
}

function Caveats({ content, numbers }: { content: ReportContent; numbers: ReadonlyMap<string, number> }) {
  return (
    <>
      <h3 class="govuk-heading-m">Data caveats</h3>
      {content.caveats.length === 0 ? (
        <p class="govuk-body">None is known.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {content.caveats.map(({ words, measure }) => (
            <li>
              {words}
              <SeeFigure measure={measure} numbers={numbers} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Notable({
  notable,
  numbers,
  compared,
}: {
  notable: NotableChanges;
  numbers: ReadonlyMap<string, number>;
  compared: boolean;
}) {
  return (
    <>
      <h3 class="govuk-heading-m">Notable rises and falls</h3>
      <p class="govuk-body">
        {compared
          ? `Found by rule and not by eye: a change whose 95% interval excludes no change, with at least 10 records of what changed, or a month that a chart of usual variation signals. ${countInWords(notable.tried)} changes were tried; of so many, about ${countInWords(Math.round(notable.tried / 20))} would be found by chance alone.`
          : 'There is no period to compare with: only months beyond usual variation are told.'}
      </p>
      {notable.found.length === 0 ? (
        <p class="govuk-body">None was found.</p>
      ) : (
        (['rise', 'fall'] as const).map((direction) => {
          const these = notable.found.filter((each) => each.direction === direction);
          return (
            these.length > 0 && (
              <>
                <h4 class="govuk-heading-s">{direction === 'rise' ? 'Rises' : 'Falls'}</h4>
                <ul class="govuk-list govuk-list--bullet">
                  {these.map(({ words, measure }) => (
                    <li>
                      {words}
                      <SeeFigure measure={measure} numbers={numbers} />
                    </li>
                  ))}
                </ul>
              </>
            )
          );
        })
      )}
    </>
  );
}

function Outcome({
  block,
  content,
  numbers,
}: {
  block: OutcomeBlock;
  content: ReportContent;
  numbers: ReadonlyMap<string, number>;
}) {
  return (
    <>
      <h3 class="govuk-heading-s">{block.outcome}</h3>
      <ul class="govuk-list govuk-list--bullet">
        {block.evidence.map(({ says, figure }) => {
          const found = resolvePlaceholder(content.figures, figure);
          return (
            <li>
              {says}: {found.ok ? found.text : 'not in this report'}
              <SeeFigure measure={figure.split(' ')[0]} numbers={numbers} />
            </li>
          );
        })}
      </ul>
      {block.untold !== undefined && <p class="govuk-body">{block.untold}</p>}
    </>
  );
}

function SeeFigure({
  measure,
  numbers,
}: {
  measure: string | undefined;
  numbers: ReadonlyMap<string, number>;
}) {
  const number = measure === undefined ? undefined : numbers.get(measure);
  if (measure === undefined || number === undefined) return null;
  return (
    <>
      {' '}
      <a class="govuk-link" href={`#${figureId(measure)}`}>
        Figure {number}
      </a>
    </>
  );
}
