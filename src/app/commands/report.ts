import { sql } from 'kysely';
import { londonInstant } from '../../platform/clock/london-time.ts';
import { parsePlainDate } from '../../platform/clock/plain-date.ts';
import { asAccount } from '../../platform/database/as-account.ts';
import type { Connections } from '../../platform/database/connections.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { Database, type Transaction } from '../../platform/database/transaction.ts';
import { makeFile } from '../../platform/files/new-file.ts';
import { Refusal } from '../../platform/refusal.ts';
import { kindOfReport } from '../../reporting/compute-report.ts';
import { type Definitions, definitions, definitionsIn } from '../../reporting/definitions.ts';
import { findMapShapes } from '../../reporting/maps/index.ts';
import { nrmMadeSince } from '../../reporting/nrm-made-since.ts';
import { contentOf } from '../../reporting/report-content.ts';
import type { ReportKind } from '../../reporting/report-document.ts';
import { type Edition, editions, type ReportFigures } from '../../reporting/report-figures.ts';
import { type PublishedFormat, publishedFormats, writeReport } from '../../reporting/report-files.tsx';
import { periodsOf } from '../../reporting/report-periods.ts';
import { earlierEditions } from '../../reporting/report-queries.ts';
import { kindInWords } from '../../reporting/report-words.ts';
import { versionsInUse } from '../../statistics/catalogue.ts';
import { countingAs } from '../../statistics/counting-as.ts';
import { settledMoment } from '../../statistics/settled.ts';
import { countingTask } from '../../statistics/side-by-side.ts';
import { type Command, type Invocation, UsageError } from '../command-line.ts';

/** A report may count over millions of records. */
const PATIENCE_MS = 300_000;
/** Of exact numbers; a public edition bears its own. */
const INTERNAL_MARKING = 'OFFICIAL-SENSITIVE';

const formats = publishedFormats.map(({ code }) => code);

/** A report to read; the others are its numbers alone. */
const hasCaveats = (format: PublishedFormat): boolean => format !== 'json' && format !== 'csv';

/** What of a report can be asked for besides its period. */
interface Asks {
  /** It compares two periods. */
  readonly compares: boolean;
  /** It is of one borough. */
  readonly ofBorough: boolean;
}

const asks: Readonly<Record<ReportKind, Asks>> = {
  'strategic-assessment': { compares: true, ofBorough: false },
  'quarterly-performance': { compares: false, ofBorough: false },
  'borough-profile': { compares: true, ofBorough: true },
  'data-completeness': { compares: true, ofBorough: false },
};

/** The command that makes a kind of report, without an author’s texts. */
export function reportCommand(kind: ReportKind): Command {
  const { compares, ofBorough } = asks[kind];
  const title = kindInWords(kind);
  const usage = [
    `report ${kind}`,
    ...(ofBorough ? ['--borough CODE'] : []),
    '--from DATE --to DATE',
    ...(compares ? ['[--compare-from DATE --compare-to DATE]'] : []),
    '[--as-at TIME] [--version ID=N]... [--disclosure internal|public]',
    `--format ${formats.join('|')}`,
    '[--out FILE] [--as ACCOUNT] [--json]',
  ];
  return {
    usage: usage.join(' '),
    summary: `Prints the figures of the ${title.toLowerCase()}, or writes it to a new file.`,
    options: {
      ...(ofBorough && { borough: { type: 'string' } }),
      from: { type: 'string' },
      to: { type: 'string' },
      ...(compares && { 'compare-from': { type: 'string' }, 'compare-to': { type: 'string' } }),
      'as-at': { type: 'string' },
      version: { type: 'string', multiple: true },
      disclosure: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
      as: { type: 'string' },
      json: { type: 'boolean' },
    },
    async run({ settings, options, print }) {
      const asked = textOf(options);
      const format = formats.find((code) => code === (asked('format') ?? (options.json ? 'json' : '')));
      if (!format) throw new UsageError(`--format is one of ${formats.join(', ')}.`);
      const out = asked('out');
      if (out === undefined && (format === 'ods' || format === 'pdf'))
        throw new UsageError(`--out is missing: a file for the ${format}.`);
      const edition = editionOf(asked('disclosure') ?? 'internal');
      const borough = asked('borough');
      if (ofBorough && borough === undefined)
        throw new UsageError('--borough is missing: the code of a borough, such as E09000022.');
      const periods = periodsOf(
        {
          from: asked('from'),
          to: asked('to'),
          compareFrom: asked('compare-from'),
          compareTo: asked('compare-to'),
        },
        { from: '--from', to: '--to', compareFrom: '--compare-from', compareTo: '--compare-to' },
      );
      const moment = momentOf(asked('as-at'));
      if (ofBorough && edition === 'public' && options.version)
        throw new Refusal(
          '--version is not for a public profile: it tells what the published assessment does',
        );
      const by = definitionsAsked(kind, options.version);
      const account = asked('as');
      if (settings.environment === 'production' && account === undefined)
        throw new UsageError('--as is missing: the email address of an analyst or an operations manager.');

      const { connections, release } = await reachDatabase(settings);
      try {
        const make = async () => {
          const { content, shapes } = await asWhoeverCounts(connections, account, async (tx) => {
            const area = borough === undefined ? null : await boroughWithCode(tx, borough);
            const asAt = await settledMoment(tx, moment);
            const computedAsAt = (at: Date) =>
              kindOfReport(kind).compute(
                tx,
                { ...periods, asAt: at },
                { edition, area: area?.code ?? null, until: null, by },
              );
            const figures = await computedAsAt(asAt);
            // What was hidden at one moment could be worked out from what is shown at another.
            const tellsSince = hasCaveats(format) && moment !== null && edition === 'internal';
            return {
              content: contentOf(figures, {
                kind,
                title,
                marking: INTERNAL_MARKING,
                serviceName: await serviceName(tx),
                area,
                earlier: area === null && hasCaveats(format) ? await earlierEditions(tx, kind, edition) : [],
                nrm:
                  hasCaveats(format) && edition === 'internal'
                    ? await nrmMadeSince(tx, { ...periods, asAt })
                    : null,
                since: tellsSince ? await computedAsAt(await settledMoment(tx, null)) : null,
              }),
              shapes: await findMapShapes(tx, asAt, periods.period.to),
            };
          });
          const written = await writeReport(content, format, { publicUrl: settings.publicUrl, shapes });
          return { written, figures: content.figures };
        };
        if (out === undefined) {
          print(String((await make()).written).trimEnd());
          return;
        }
        const { asAt, disclosure } = await writeNew(out, make);
        print(
          options.json
            ? JSON.stringify({ file: out, asAt, disclosure })
            : `The ${title.toLowerCase()} as at ${asAt} is in ${out}.`,
        );
      } finally {
        await release();
      }
    },
  };
}

/** The definitions in use, but for those of which another version was asked for: `referrals.total=1`. */
function definitionsAsked(kind: ReportKind, typed: Invocation['options'][string]): Definitions {
  const { countedBy } = kindOfReport(kind);
  const inUse = versionsInUse(definitions[countedBy]);
  const asked: Record<string, number> = {};
  for (const each of Array.isArray(typed) ? typed.map(String) : []) {
    const [, id = '', version = ''] = /^([^=]+)=([1-9]\d{0,3})$/.exec(each) ?? [];
    if (id === '')
      throw new Refusal(`--version ${each} is no version: write it as ID=N, such as referrals.total=1`);
    if (!Object.hasOwn(inUse, id))
      throw new Refusal(
        `--version ${each} is of nothing in this report: it has ${Object.keys(inUse).join(', ')}`,
      );
    asked[id] = Number(version);
  }
  return definitionsIn(definitions, { ...inUse, ...asked });
}

async function boroughWithCode(tx: Transaction, code: string): Promise<{ code: string; name: string }> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from reference.area where kind = 'borough' and code = ${code}`.execute(tx);
  const [found] = rows;
  if (!found)
    throw new Refusal(
      `--borough ${code} is no borough of this service: give its code, such as E09000022 for Lambeth`,
    );
  return found;
}

async function serviceName(tx: Transaction): Promise<string> {
  const { rows } = await sql<{
    name: string;
  }>`select service_name as name from reference.service_details`.execute(tx);
  return rows[0]?.name ?? 'Homeward';
}

/** The option as text; undefined where it was not given. */
function textOf(options: Invocation['options']): (name: string) => string | undefined {
  return (name) => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
}

function editionOf(typed: string): Edition {
  const edition = editions.find((each) => each === typed);
  if (edition === undefined) throw new UsageError(`--disclosure is one of ${editions.join(', ')}.`);
  return edition;
}

/** A moment, as the `asAt` of a report has it or as London's clocks show it; null where none was given. */
function momentOf(typed: string | undefined): Date | null {
  if (typed === undefined) return null;
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(typed);
  // A day that there is not, as 30 February, would be taken for one that there is.
  const isDay = parsePlainDate(typed.slice(0, 10)) !== undefined;
  const moment = !isDay ? null : zoned ? new Date(typed) : inLondon(typed);
  if (moment === null || Number.isNaN(moment.getTime()))
    throw new Refusal(
      `--as-at ${typed} is no moment: write it as 2026-11-01T09:00:00, which is London's time, or with its zone`,
    );
  return moment;
}

function inLondon(typed: string): Date | null {
  const [, day = '', hour, minute, second = '0'] =
    /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$/.exec(typed) ?? [];
  const date = parsePlainDate(day);
  if (date === undefined) return null;
  const found = londonInstant({ date, hour: Number(hour), minute: Number(minute) });
  // Of the hour that is shown twice, the first; an hour that is skipped there is not.
  const instant = found.kind === 'one' ? found.instant : found.kind === 'ambiguous' ? found.earlier : null;
  return instant && new Date(instant.getTime() + Number(second) * 1000);
}

async function asWhoeverCounts<Result>(
  connections: Connections,
  account: string | undefined,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  if (account !== undefined)
    return await asAccount(
      connections,
      { email: account, role: ['analyst', 'operations-manager'], task: 'report' },
      (tx) => countingAs(tx, work),
    );
  const database = new Database(connections.jobs, { connections: 2, patience: PATIENCE_MS });
  try {
    return await countingTask(database, work);
  } finally {
    await database.close();
  }
}

async function writeNew(
  path: string,
  make: () => Promise<{ written: string | Uint8Array; figures: ReportFigures }>,
): Promise<ReportFigures> {
  let made: ReportFigures | undefined;
  await makeFile(path, async () => {
    const { written, figures } = await make();
    made = figures;
    return written;
  });
  if (!made) throw new Error('The file was made without its figures');
  return made;
}
