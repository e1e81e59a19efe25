import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { plainDate } from '../platform/clock/plain-date.ts';
import { type Catalogue, catalogue, versionsBefore } from './catalogue.ts';
import type { Computable } from './compute.ts';
import type { DefinedMeasure } from './define-measure.ts';
import { inventory } from './inventory.ts';
import {
  type Asked,
  type Counted,
  protectedRecords,
  type Records,
  reasonsWithoutFigure,
  recordKinds,
  type Shape,
} from './measure.ts';
import { readAllStatements } from './reading.ts';

/** Compiles SQL and runs none. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const anyYear: Asked = {
  period: { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') },
  comparison: { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') },
  asAt: new Date(0),
};

/** The functions and reference tables that the SQL of a measure reads. */
export function readsOf({ reads }: Computable): string[] {
  const statements = readAllStatements(Object.values(reads), anyYear).map(
    (each) => each.compile(compiler).sql,
  );
  const names = statements.flatMap((statement) => statement.match(/\b(?:as_at|reference)\.[a-z_]+/g) ?? []);
  return [...new Set(names)].sort();
}

/** What disclosure control does with the figures of a measure, in the words of measures.md. */
export function disclosureRuleOf({ shape }: Pick<DefinedMeasure, 'shape'>): string {
  const counted = [shape.own, ...Object.values(shape.parts ?? {})].flatMap(recordsIn);
  const named = (kinds: readonly Records[]) =>
    recordKinds
      .filter((kind) => kinds.includes(kind) && counted.includes(kind))
      .map((kind) => recordsInWords[kind])
      .join(' and ');
  const hidden = named(protectedRecords);
  const open = named(recordKinds.filter((kind) => !protectedRecords.includes(kind)));
  return [
    ...(hidden === ''
      ? []
      : [
          `Counts of ${hidden} under the smallest that may be told are hidden from the public edition, and what follows from them.`,
        ]),
    ...(open === '' ? [] : [`Counts of ${open} are told as they are.`]),
  ].join(' ');
}

export const recordsInWords: Readonly<Record<Records, string>> = {
  referrals: 'referrals',
  episodes: 'episodes of support',
  'closed-episodes': 'episodes of support that closed',
  'onward-referrals': 'onward referrals',
  people: 'people',
  'rescue-requests': 'rescue requests',
  individuals: 'individuals',
  'nrm-referrals': 'referrals to the National Referral Mechanism',
  'training-sessions': 'training sessions',
  attendees: 'professionals who attended',
};

function recordsIn(shape: Shape): Records[] {
  const of = (counted: Counted | undefined): Records[] => (counted ? [counted.records] : []);
  switch (shape.kind) {
    case 'each':
      return recordsIn(shape.shape);
    case 'object':
    case 'rows':
      return Object.values(shape.fields).flatMap(recordsIn);
    case 'bands':
    case 'open':
    case 'derived-from-ranks':
      return [];
    default:
      return of(shape.of);
  }
}

/** docs/measures.md: every measure, and every item of the field's own report with what gives it or why nothing can. */
export function measuresDocument(of: Catalogue = catalogue): string {
  return `${[
    '# Measures',
    'Written by `node bin/prepare.mjs measures` from the modules of `src/statistics/measures/`: do not edit it here.',
    'A definition is changed only by a new version: the one before stays, is told below the one in use, and can be asked for (`report … --version ID=N`). What was published by it is worked out again by it. Every figure carries the id and version of its measure, its period, the moment it is as at, its numerators and denominators, and a hash of what it was computed from (in a public edition under a key of the service, so that nobody finds hidden numbers by trying): asked for again as at that moment it is the same, whatever was corrected since.',
    '## How figures are made',
    [
      '- A period has both of its days in it. As at a moment: what had been recorded by then.',
      '- Whoever was disposed of is counted still, by codes and days that lead to nobody. As at every moment that figures were ever made as at, they are the same; as at any other, what was recorded here of whoever has been disposed of since is known to the day.',
      '- Percentages are whole, rounded half up from the exact fraction, and stand beside their numerator and denominator.',
      '- Ranks are standard competition ranks (1, 2, 2, 4), largest first.',
      '- Change is (current − previous) ÷ previous, unrounded; points are the difference of two displayed percentages.',
      '- What is not known is a category of its own and stays in the denominator unless the measure says otherwise.',
      '- A measure has no figure, and says why, where what it is made of was never supplied:',
      ...Object.entries(reasonsWithoutFigure).map(([reason, words]) => `  - \`${reason}\`: ${words}`),
    ].join('\n'),
    '## The measures',
    ...of.inUse.flatMap((measure) => [
      measureInWords(measure),
      ...versionsBefore(of, measure).map(earlierInWords),
    ]),
    '## Every table, chart and map of the field’s own assessment',
    'What the service’s own strategic assessment had (domain guide 1.16), and what gives it here, or why our records cannot.',
    [
      '| what it had | here |',
      '|---|---|',
      ...inventory.map(
        ({ item, measures: given, words }) =>
          `| ${item} | ${[given.map((id) => `\`${id}\``).join(', '), words].filter((part) => part !== '').join('. ')} |`,
      ),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

/** A version that is in use no more. */
const earlierInWords = ({ id, version, definition }: DefinedMeasure): string =>
  `Before: \`${id}\`, version ${version}. ${definition} (\`--version ${id}=${version}\`)`;

function measureInWords(measure: DefinedMeasure): string {
  const { id, version, title, definition, rules } = measure;
  const row = (name: string, words: string | undefined) =>
    words === undefined ? [] : [`- ${name}: ${words}`];
  return [
    `### ${title}`,
    `\`${id}\`, version ${version}. ${definition}`,
    [
      ...row('Geography', rules.geography),
      ...row('Not known', rules.unknowns),
      ...row('Ties', rules.ties),
      `- Read from: ${readsOf(measure)
        .map((name) => `\`${name}\``)
        .join(', ')}.`,
      `- Disclosure: ${disclosureRuleOf(measure)}`,
    ].join('\n'),
  ].join('\n\n');
}
