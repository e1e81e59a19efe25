import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  FAULTS_HEADER,
  faultLine,
  faultRow,
  filesIn,
  type ImportOutcome,
  importHistory,
  type PlacedFault,
} from '../../history-in/index.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { actingAccount } from '../../platform/database/as-account.ts';
import { Refusal } from '../../platform/refusal.ts';
import { type Command, UsageError } from '../command-line.ts';
import { openService } from '../open-service.ts';
import { progressLine } from '../progress-line.ts';

export const command: Command = {
  usage: 'import FOLDER [--accept-valid] [--errors FILE] [--as ACCOUNT] [--json]',
  summary:
    'Brings in the records of the system before this one, from CSV files: all of them, or none if any is wrong.',
  words: 1,
  options: {
    'accept-valid': { type: 'boolean' },
    errors: { type: 'string' },
    as: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ settings, words: [folder = ''], options, print, say }) {
    const acceptsValid = options['accept-valid'] === true;
    const email = typeof options.as === 'string' ? options.as : undefined;
    if (settings.environment === 'production' && email === undefined)
      throw new UsageError('--as is missing: the email address of an operations manager.');
    const files = await filesIn(folder);
    const errors = typeof options.errors === 'string' ? await openErrors(options.errors) : null;
    // In development a database that nobody has served yet is made ready.
    const { connections, close } = await openService(settings);
    const line = progressLine();
    const told = options.json ? jsonTeller(print) : lineTeller(print, () => line.end());
    try {
      const outcome = await importHistory(connections.jobs, {
        files,
        source: basename(resolve(folder)),
        mode: acceptsValid ? 'valid' : 'all',
        onBehalfOf:
          email === undefined
            ? null
            : await actingAccount(connections, { email, role: 'operations-manager' }),
        now: systemClock.now(),
        async fault(fault) {
          told.fault(fault);
          if (errors && !errors.write(faultRow(fault))) await once(errors, 'drain');
        },
        progress: line.progress,
        waits: () => say('Another import is under way: this one begins when it has ended.'),
      });
      line.end();
      told.outcome(outcome);
      if (!outcome.imported) throw new Refusal(refusalOf(outcome, acceptsValid));
    } finally {
      line.end();
      if (errors) {
        errors.end();
        await finished(errors);
      }
      await close();
    }
  },
};

/** Tells what is found: each fault as it comes, and in the end what became of the files. */
interface Teller {
  fault(fault: PlacedFault): void;
  outcome(outcome: ImportOutcome): void;
}

function lineTeller(print: (line: string) => void, clear: () => void): Teller {
  return {
    fault(fault) {
      clear();
      print(faultLine(fault));
    },
    outcome(outcome) {
      for (const each of outcome.passedOver) print(`Passed over: ${each}`);
      if (outcome.imported) for (const each of summary(outcome)) print(each);
    },
  };
}

/** One JSON document, written as it comes: `{"faults":[…],"imported":…,"files":…}`. */
function jsonTeller(print: (line: string) => void): Teller {
  let isFirst = true;
  const open = () => {
    if (isFirst) print('{"faults":[');
    const comma = isFirst ? '' : ',';
    isFirst = false;
    return comma;
  };
  return {
    fault(fault) {
      const comma = open();
      print(`${comma}${JSON.stringify(fault)}`);
    },
    outcome({ imported, files, passedOver, likelyKnown }) {
      open();
      print(`],${JSON.stringify({ imported, files, passedOver, likelyKnown }).slice(1)}`);
    },
  };
}

const count = (rows: number, called = 'row'): string =>
  `${rows.toLocaleString('en-GB')} ${rows === 1 ? called : `${called}s`}`;

function summary({ files, likelyKnown }: ImportOutcome): string[] {
  const { count: alike, first } = likelyKnown;
  return [
    ...Object.entries(files).map(
      ([name, { rows, added, changed, same, retired, refused }]) =>
        `${name}: ${count(rows)}: ${added} added, ${changed} changed, ${same} as they were` +
        `${retired === 0 ? '' : `, ${retired} retired`}${refused === 0 ? '' : `, ${refused} refused`}`,
    ),
    ...(alike === 0
      ? []
      : [
          `${count(alike, 'new record')} may be of young people who were known before. Look at them:`,
          ...first.map(({ made, known, reasons }) => `  ${made} and ${known}: ${reasons.join('; ')}`),
          ...(alike > first.length ? ['  and more'] : []),
        ]),
  ];
}

function refusalOf({ faults, files }: ImportOutcome, acceptedValid: boolean): string {
  const refused = Object.values(files).reduce((sum, file) => sum + file.refused, 0);
  return acceptedValid || refused === 0
    ? `Nothing was imported: a file cannot be read by its header (${count(faults, 'fault')}). Correct it and import again`
    : `Nothing was imported: ${count(refused)} are wrong (${count(faults, 'fault')}). Correct them, or import the others with --accept-valid`;
}

/** The file of faults, open before anything is checked: a folder that is not there is known at once. */
async function openErrors(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path, { mode: 0o600 });
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new Refusal(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  stream.write(FAULTS_HEADER);
  return stream;
}
