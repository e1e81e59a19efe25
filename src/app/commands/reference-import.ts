import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { faultInWords, fileKinds, type ImportedPlaces, importPlaces } from '../../places/index.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { parsePlainDate } from '../../platform/clock/plain-date.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { Database } from '../../platform/database/transaction.ts';
import { Refusal } from '../../platform/refusal.ts';
import { type Command, UsageError } from '../command-line.ts';
import { progressLine } from '../progress-line.ts';

export const command: Command = {
  usage:
    'reference import KIND FILE --edition EDITION [--in-use-from DATE] [--source TEXT] [--ward-edition EDITION] [--json]',
  summary: `Imports ${fileKinds.slice(0, -1).join(', ')} or ${fileKinds.at(-1)} from a file, beside the editions that are there.`,
  words: 2,
  options: {
    edition: { type: 'string' },
    'in-use-from': { type: 'string' },
    source: { type: 'string' },
    'ward-edition': { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ settings, words: [kindAsked = '', file = ''], options, print, say }) {
    const kind = fileKinds.find((each) => each === kindAsked);
    if (!kind) throw new UsageError(`There is no kind ${kindAsked}: it is one of ${fileKinds.join(', ')}.`);
    const edition = textOf(options.edition)?.toLowerCase();
    if (edition === undefined)
      throw new UsageError('--edition is missing: a short word, as 2019 or mid-2020.');
    if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(edition)) {
      throw new UsageError(
        '--edition must be letters and digits, with - or . between them, as 2019 or mid-2020.',
      );
    }
    const from = textOf(options['in-use-from']);
    const inUseFrom = from === undefined ? undefined : parsePlainDate(from);
    if (from !== undefined && inUseFrom === undefined) {
      throw new UsageError('--in-use-from must be a day, as 2025-05-01.');
    }
    await mustBeAFile(file);
    const { connections, release } = await reachDatabase(settings);
    const jobs = new Database(connections.jobs, { connections: 1, patience: 0 });
    const line = progressLine();
    try {
      const outcome = await importPlaces(
        jobs,
        {
          kind,
          file,
          edition,
          inUseFrom,
          source: textOf(options.source),
          wardEdition: textOf(options['ward-edition']),
        },
        londonDate(systemClock.now()),
        line.progress,
      );
      line.end();
      if ('faults' in outcome) {
        const { faults } = outcome;
        if (options.json) print(JSON.stringify({ file, faults }));
        else for (const fault of faults) say(faultInWords(basename(file), fault));
        throw new Refusal(
          `Nothing was imported: mend ${faults.length === 1 ? 'this' : `these ${faults.length}`} and import it again`,
        );
      }
      if (options.json) print(JSON.stringify(outcome.imported));
      else for (const each of inWords(outcome.imported)) print(each);
    } finally {
      line.end();
      await jobs.close();
      await release();
    }
  },
};

const textOf = (option: unknown): string | undefined =>
  typeof option === 'string' && option !== '' ? option : undefined;

async function mustBeAFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new Refusal(`There is no file ${file}`);
  if (!found.isFile()) throw new Refusal(`${file} is no file`);
}

const outcomeInWords: Record<ImportedPlaces['outcome'], string> = {
  added: 'Imported',
  replaced: 'Imported again, with other content:',
  same: 'There already, with the same content:',
};

function inWords({
  kind,
  edition,
  outcome,
  rows,
  passedOver,
  areasWithout,
  inUse,
}: ImportedPlaces): string[] {
  const what = kind.replaceAll('-', ' ');
  const lines = [
    `${outcomeInWords[outcome]} ${what}, edition ${edition}, ${rows.toLocaleString('en-GB')} rows.`,
  ];
  if (passedOver > 0) {
    lines.push(`${passedOver.toLocaleString('en-GB')} rows were passed over: of other areas, or of no use.`);
  }
  if (areasWithout.length > 0) lines.push(`The file has nothing of ${areasWithout.join(', ')}.`);
  lines.push(
    inUse === edition
      ? 'Figures of today are made with it.'
      : `Figures of today are made with ${inUse === null ? 'none' : `edition ${inUse}`}: to use this one from a day on, import it again with --in-use-from DATE.`,
  );
  return lines;
}
