import { caveatsOf, type Told } from './caveats.ts';
import { shapesIn } from './compute-report.ts';
import { notableChanges } from './notable.ts';
import type { Frozen, ReportContent, ReportKind } from './report-document.ts';
import type { ReportFigures } from './report-figures.ts';
import type { Publication } from './report-queries.ts';

/** A public edition bears no more than this, whatever the internal one does. */
export const PUBLIC_MARKING = 'OFFICIAL';

/** What is known of a report beside its figures; all of it can be left out for figures alone. */
export interface Beside extends Told {
  readonly kind: ReportKind;
  readonly title: string;
  readonly marking: string;
  readonly serviceName: string;
  readonly area?: ReportContent['area'];
  readonly texts?: Readonly<Record<string, string>>;
  readonly signOff?: ReportContent['signOff'];
}

/** A report of figures that were just worked out, with its caveats and what is notable in them. */
export function contentOf(figures: ReportFigures, beside: Beside): ReportContent {
  const shapes = shapesIn(beside.kind, figures);
  return {
    kind: beside.kind,
    title: beside.title,
    marking: figures.disclosure === 'public' ? PUBLIC_MARKING : beside.marking,
    serviceName: beside.serviceName,
    area: beside.area ?? null,
    figures,
    texts: beside.texts ?? {},
    caveats: caveatsOf(figures, shapes, beside),
    notable: notableChanges(figures, shapes),
    signOff: beside.signOff ?? null,
    sha256: null,
  };
}

/** A report as it was published: nothing of it is worked out again. */
export const contentOfPublication = ({ figures, frozen, sha256 }: Publication): ReportContent => ({
  ...frozen,
  figures,
  sha256,
});

/** What is frozen beside the figures. @throws RangeError for a report that nobody signed off */
export function frozenOf({ figures: _figures, sha256: _sha256, signOff, ...content }: ReportContent): Frozen {
  if (!signOff) throw new RangeError('A report that nobody signed off is not published');
  return { ...content, signOff };
}
