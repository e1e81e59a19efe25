import type { Caveat } from './caveats.ts';
import type { NotableChanges } from './notable.ts';
import type { ReportFigures } from './report-figures.ts';

/** How a figure is drawn above its tables. */
export type Drawing =
  | 'table'
  /** A bar for each row, with the period before beside it. */
  | 'bars'
  /** Months in a line, with the year before behind them. */
  | 'months'
  /** Shares that make up a whole, of six parts at most: one bar for each period. */
  | 'shares'
  /** Months or quarters with their limits and signals. */
  | 'run'
  /** The same for each provider. */
  | 'runs'
  /** Rates with their intervals, against 1. */
  | 'intervals'
  | 'borough-map'
  | 'ward-map'
  /** Wards by how deprived they are, whatever the figure counts. */
  | 'deprivation-map'
  | 'force-map'
  /** A circle for each police force. */
  | 'rescue-map'
  | 'town-map';

export interface FigureBlock {
  readonly kind: 'figure';
  readonly measure: string;
  readonly drawn: Drawing;
  /** What it is called where the measure's own title does not say it. */
  readonly title?: string;
}

/** Text that the author writes. */
export interface TextBlock {
  readonly kind: 'text';
  readonly section: string;
  readonly title: string;
  /** What belongs there, for the author alone. */
  readonly ask: string;
}

/** What was agreed with those who fund the service, and the figures that bear on it, which stand elsewhere. */
export interface OutcomeBlock {
  readonly kind: 'outcome';
  readonly outcome: string;
  /** Placeholders, by what they are. */
  readonly evidence: readonly { readonly says: string; readonly figure: string }[];
  /** What of it these records cannot tell. */
  readonly untold?: string;
}

export type Block =
  | FigureBlock
  | TextBlock
  | OutcomeBlock
  /** Made from what is known: never written by hand. */
  | { readonly kind: 'about' | 'sources' | 'caveats' | 'notable' }
  /** Plain words that are the same in every report of the kind. */
  | { readonly kind: 'words'; readonly words: string };

export interface Chapter {
  /** Names it in its address. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const reportKinds = [
  { code: 'strategic-assessment', text: 'Strategic assessment' },
  { code: 'quarterly-performance', text: 'Quarterly performance report' },
  { code: 'borough-profile', text: 'Borough profile' },
  { code: 'data-completeness', text: 'Data completeness' },
] as const;
export type ReportKind = (typeof reportKinds)[number]['code'];

/** Who vouches for a report. */
export interface SignOff {
  readonly author: string;
  readonly signedOffBy: string;
  /** ISO 8601, in UTC. */
  readonly signedOffAt: string;
  readonly publishedAt: string;
}

/** A report as its reader sees it, whether drawn from a draft, from what was frozen, or by the command line. */
export interface ReportContent {
  readonly kind: ReportKind;
  readonly title: string;
  readonly marking: string;
  readonly serviceName: string;
  /** The area that a borough profile is of. */
  readonly area: { readonly code: string; readonly name: string } | null;
  readonly figures: ReportFigures;
  /** What the author wrote, by section. */
  readonly texts: Readonly<Record<string, string>>;
  readonly caveats: readonly Caveat[];
  readonly notable: NotableChanges;
  /** Null for what was not signed off. */
  readonly signOff: SignOff | null;
  /** SHA-256, in hexadecimal, of what was published; null for what was not. */
  readonly sha256: string | null;
}

/** What is frozen beside the figures of an edition when it is published. */
export interface Frozen extends Omit<ReportContent, 'figures' | 'sha256'> {
  readonly signOff: SignOff;
}

/** A section that an author writes, and the chapter that it stands in: several chapters have a section of one title. */
export interface WrittenSection extends TextBlock {
  readonly chapter: string;
}

/** The sections that an author writes, in their order. */
export const sectionsOf = (chapters: readonly Chapter[]): WrittenSection[] =>
  chapters.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => (block.kind === 'text' ? [{ ...block, chapter: title }] : [])),
  );

/** The measures that a report draws, each once. */
export const measuresOf = (chapters: readonly Chapter[]): string[] => [
  ...new Set(
    chapters.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'figure' ? [block.measure] : [])),
    ),
  ),
];
