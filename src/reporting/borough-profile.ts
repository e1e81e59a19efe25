import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { definedAs } from '../statistics/catalogue.ts';
import type { Asked, Json, MeasureShape, Period } from '../statistics/measure.ts';
import { percent } from '../statistics/percent.ts';
import { figuresOf } from './assessment-figures.ts';
import { behindProfiles, type Definitions, definitions } from './definitions.ts';
import type { Definition } from './figure-view.tsx';
import { computeNarrowed, referralsOf } from './narrowed.ts';
import type { Block, Chapter, Drawing } from './report-document.ts';
import {
  type Edition,
  isHidden,
  isObject,
  type JsonObject,
  type MeasureFigures,
  numberOf,
  type ReportFigures,
  rowsOf,
} from './report-figures.ts';
import { strategicAssessment } from './strategic-assessment.ts';

/** What only the internal edition tells: counts within one borough are too small to publish beside those of all boroughs. */
const WITHIN = [
  'referrals.decisions',
  'referrals.by-agency',
  'referrals.by-ward',
  'referrals.by-age',
  'referrals.by-gender',
  'referrals.by-ethnic-group',
  'referrals.in-education',
  'referrals.by-social-care-status',
  'referrals.disability',
  'referrals.gang-link',
  'referrals.missing',
];

const standing: Definition = {
  id: 'profile.standing',
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'referrals', where: { borough: '*' } },
      by: 'what',
      keys: 'fixed',
      exclusive: false,
      ranked: true,
    },
  },
};
const gapShape: MeasureShape = {
  own: {
    kind: 'object',
    fields: {
      ofReferrals: { kind: 'bare-share', of: { records: 'referrals' }, part: { borough: '*' } },
      ofIndividuals: { kind: 'bare-share', of: { records: 'individuals' }, part: { residence: '*' } },
      gap: { kind: 'derived', of: { records: 'referrals' } },
    },
  },
};
const gap: Definition = { id: 'profile.referral-gap', shape: gapShape };

/** The definition of a measure of a profile, in the version by which it was counted. */
export function profileDefinition(
  measure: string,
  version: number,
  { measures }: Definitions = definitions,
): Definition | undefined {
  const own = [standing, gap].find(({ id }) => id === measure);
  if (own) return version === 1 ? own : undefined;
  return definedAs(measures, measure, version);
}

/**
 * The figures of one borough. In the public edition they are what the published strategic assessment of the same dates tells of it,
 * so that a profile never gives away what that hides; what is counted within the borough is in the internal edition alone.
 *
 * @throws Refusal for a public edition where no such assessment is published
 */
export async function boroughProfile(
  tx: Transaction,
  asked: Asked,
  { edition, area, until, by }: { edition: Edition; area: string; until: Date | null; by: Definitions },
): Promise<ReportFigures> {
  const whole =
    edition === 'internal'
      ? await strategicAssessment(tx, asked, edition, until, by)
      : await publishedAssessment(tx, asked, until);
  const within = edition === 'internal' ? await countedWithin(tx, asked, area, by) : {};
  return {
    ...whole,
    report: 'borough-profile',
    measures: { ...besideOthers(whole, area), ...within },
  };
}

/** The newest strategic assessment of the same dates that everybody may read. @param until that came out before; null for any */
async function publishedAssessment(
  tx: Transaction,
  { period, comparison }: Asked,
  until: Date | null,
): Promise<ReportFigures> {
  const { rows } = await sql<{ figures: string }>`
    select figures from service.report_publication
    where kind = 'strategic-assessment' and edition = 'public' and (${until}::timestamptz is null or published_at < ${until})
    order by published_at desc, id desc`.execute(tx);
  const found = rows
    .map(({ figures }) => JSON.parse(figures) as ReportFigures)
    .find((figures) => isSame(figures.period, period) && isSame(figures.comparison, comparison));
  if (!found)
    throw new Refusal(
      'Publish a strategic assessment of the same dates for everybody first: a public profile tells what that tells of the borough, and nothing that it hides',
    );
  return found;
}

const isSame = (one: Period | null, other: Period | null): boolean =>
  one?.from === other?.from && one?.to === other?.to;

async function countedWithin(
  tx: Transaction,
  asked: Asked,
  area: string,
  { measures: { inUse } }: Definitions,
): Promise<Record<string, MeasureFigures>> {
  const measures = WITHIN.flatMap((id) => inUse.find((each) => each.id === id) ?? []);
  const results = await computeNarrowed(tx, asked, measures, referralsOf(area));
  return Object.fromEntries(
    measures.flatMap((measure) => {
      const result = results.get(measure.id);
      return result ? [[measure.id, figuresOf(measure, result, asked)]] : [];
    }),
  );
}

/** How the borough stands among the others, out of the tables of all of them. */
export function besideOthers(whole: ReportFigures, area: string): Record<string, MeasureFigures> {
  const [referrals, individuals] = behindProfiles.map((id) => whole.measures[id]);
  const rowIn = (measure: MeasureFigures | undefined) => rowsOf(measure).find(({ key }) => key === area);
  const rows = [
    { key: 'referrals', label: 'Referrals', row: rowIn(referrals) },
    { key: 'individuals', label: 'Individuals linked to county lines', row: rowIn(individuals) },
  ].flatMap(({ row, key, label }): JsonObject[] => (row ? [{ ...row, key, label }] : []));
  const hash = createHash('sha256')
    .update([area, referrals?.hash, individuals?.hash].join('\n'))
    .digest('hex');
  const ofReferrals = shareIn(referrals, rowIn(referrals));
  const ofIndividuals = shareIn(individuals, rowIn(individuals));
  const [now, known] = [numberOf(ofReferrals.percent), numberOf(ofIndividuals.percent)];
  const later = behindProfiles.flatMap((id) => {
    const version = whole.measures[id]?.version ?? 1;
    return version === 1 ? [] : [[id, version] as const];
  });
  const madeOf = later.length === 0 ? {} : { madeOf: Object.fromEntries(later) };
  const isSuppressed = ofReferrals.suppressed === true || ofIndividuals.suppressed === true;
  return {
    [standing.id]: {
      version: 1,
      title: 'The borough among the others',
      definition:
        'The borough’s referrals, and the individuals linked to county lines who lived there, with its rank among the boroughs: the rows of the borough in the measures referrals.by-borough and county-lines.by-borough.',
      ...madeOf,
      hash,
      rows: rows as Json,
      ...(rows.length === 0 && { reason: 'no-data' }),
    },
    [gap.id]: {
      version: 1,
      title: 'Referral gap',
      definition:
        'The borough’s share of all referrals, beside its share of all individuals who are known to be linked to county lines. The gap is the first percentage less the second: below 0, fewer are referred than are known.',
      ...madeOf,
      hash,
      ofReferrals,
      ofIndividuals,
      gap: now === null || known === null ? null : now - known,
      ...(isSuppressed && { suppressed: true }),
      ...(referrals?.reason === undefined && individuals?.reason === undefined
        ? {}
        : { reason: referrals?.reason ?? individuals?.reason ?? 'no-data' }),
    },
  };
}

/** A row's share of the total, hidden with either of them. */
function shareIn(measure: MeasureFigures | undefined, row: JsonObject | undefined): JsonObject {
  const total = isObject(measure?.total) ? measure.total : undefined;
  const [numerator, denominator] = [numberOf(row?.current), numberOf(total?.current)];
  if (numerator === null || denominator === null)
    return {
      numerator: null,
      denominator: null,
      percent: null,
      ...((isHidden(row) || isHidden(total)) && { suppressed: true }),
    };
  return { numerator, denominator, percent: percent(numerator, denominator) };
}

const figure = (measure: string, drawn: Drawing = 'table'): Block => ({ kind: 'figure', measure, drawn });

export const boroughProfileChapters: readonly Chapter[] = [
  {
    id: 'about',
    title: 'About this profile',
    blocks: [{ kind: 'about' }, { kind: 'sources' }, { kind: 'caveats' }],
  },
  {
    id: 'summary',
    title: 'Summary',
    blocks: [
      {
        kind: 'text',
        section: 'summary',
        title: 'Summary',
        ask: 'What the council and its partners must know, and what is recommended.',
      },
      { kind: 'notable' },
    ],
  },
  {
    id: 'among-others',
    title: 'The borough among the others',
    blocks: [
      figure(standing.id),
      figure(gap.id),
      {
        kind: 'text',
        section: 'gap',
        title: 'What the gap may mean',
        ask: 'Whether fewer are referred than are known, or more, and what may explain it.',
      },
    ],
  },
  {
    id: 'referrals',
    title: 'Referrals',
    blocks: [
      {
        kind: 'text',
        section: 'referrals',
        title: 'Referrals from the borough',
        ask: 'Who refers, and what came of it.',
      },
      figure('referrals.decisions', 'bars'),
      figure('referrals.by-agency', 'bars'),
      figure('referrals.by-ward', 'ward-map'),
    ],
  },
  {
    id: 'young-people',
    title: 'Who the young people are',
    blocks: [
      { kind: 'text', section: 'young-people', title: 'The young people', ask: 'What stands out.' },
      figure('referrals.by-age', 'bars'),
      figure('referrals.by-gender', 'shares'),
      figure('referrals.by-ethnic-group', 'shares'),
      figure('referrals.in-education', 'bars'),
      figure('referrals.by-social-care-status', 'bars'),
      figure('referrals.disability'),
      figure('referrals.gang-link'),
      figure('referrals.missing'),
    ],
  },
];
