import { londonInstant } from '../../platform/clock/london-time.ts';
import { parsePlainDate } from '../../platform/clock/plain-date.ts';
import { asAccount } from '../../platform/database/as-account.ts';
import type { Connections } from '../../platform/database/connections.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { Database, type Transaction } from '../../platform/database/transaction.ts';
import { makeFile } from '../../platform/files/new-file.ts';
import { Refusal } from '../../platform/refusal.ts';
import { type Edition, editions, type ReportFigures } from '../../reporting/report-figures.ts';
import { reportFormats } from '../../reporting/report-formats.ts';
import { periodsOf } from '../../reporting/report-periods.ts';
import { strategicAssessment } from '../../reporting/strategic-assessment.ts';
import { countingAs } from '../../statistics/counting-as.ts';
import { settledMoment } from '../../statistics/settled.ts';
import { type Command, type Invocation, UsageError } from '../command-line.ts';

/** A report may count over millions of records. */
const PATIENCE_MS = 300_000;

export const strategicAssessmentCommand: Command = {
  usage: `report strategic-assessment --from DATE --to DATE [--compare-from DATE --compare-to DATE] [--as-at TIME] [--disclosure internal|public] --format ${reportFormats.map(({ code }) => code).join('|')} [--out FILE] [--as ACCOUNT] [--json]`,
  summary: 'Prints the figures of the strategic assessment, or writes them to a new file.',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    'compare-from': { type: 'string' },
    'compare-to': { type: 'string' },
    'as-at': { type: 'string' },
    disclosure: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    as: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ settings, options, print }) {
    const asked = textOf(options);
    const format = reportFormats.find(
      ({ code }) => code === (asked('format') ?? (options.json ? 'json' : '')),
    );
    if (!format)
      throw new UsageError(`--format is one of ${reportFormats.map(({ code }) => code).join(', ')}.`);
    const edition = editionOf(asked('disclosure') ?? 'internal');
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
    const account = asked('as');
    if (settings.environment === 'production' && account === undefined)
      throw new UsageError('--as is missing: the email address of an analyst or an operations manager.');

    const { connections, release } = await reachDatabase(settings);
    try {
      const figures = async () =>
        await asWhoeverCounts(connections, account, async (tx) => {
          const asAt = await settledMoment(tx, moment);
          return await strategicAssessment(tx, { ...periods, asAt }, edition);
        });
      const out = asked('out');
      if (out === undefined) {
        const written = await format.write(await figures());
        if (typeof written !== 'string')
          throw new UsageError(`--out is missing: a file for the ${format.code}.`);
        print(written.trimEnd());
        return;
      }
      const made = await writeNew(out, figures, format.write);
      print(
        options.json
          ? JSON.stringify({ file: out, asAt: made.asAt, disclosure: made.disclosure })
          : `The strategic assessment as at ${made.asAt} is in ${out}.`,
      );
    } finally {
      await release();
    }
  },
};

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
  const moment = zoned ? new Date(typed) : inLondon(typed);
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
  const database = new Database(connections.jobs, { connections: 1, patience: PATIENCE_MS });
  try {
    return await database.asTask('statistics', work);
  } finally {
    await database.close();
  }
}

async function writeNew(
  path: string,
  figures: () => Promise<ReportFigures>,
  write: (figures: ReportFigures) => Promise<string | Uint8Array>,
): Promise<ReportFigures> {
  let made: ReportFigures | undefined;
  await makeFile(path, async () => {
    made = await figures();
    return await write(made);
  });
  if (!made) throw new Error('The file was made without its figures');
  return made;
}
