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
  TOLD_AT_MOST,
  type Told,
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
      if (!outcome.imported) throw new Refusal(refusalOf(outcome));
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
      for (const each of oddRows(outcome)) print(each);
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
    outcome(outcome) {
      open();
      const { imported, files, passedOver, likelyKnown, likelyMoves, unlikeRows, supportContinued } = outcome;
      const oddRows = oddToTell(outcome.odd);
      const told = {
        imported,
        files,
        passedOver,
        oddRows,
        likelyKnown,
        likelyMoves,
        unlikeRows,
        supportContinued,
      };
      print(`],${JSON.stringify(told).slice(1)}`);
    },
  };
}

const count = (rows: number, called = 'row'): string =>
  `${rows.toLocaleString('en-GB')} ${rows === 1 ? called : `${called}s`}`;

/** What people are to look at, under a line that says how much of it there is. */
function lookAt<Each>({ count, first }: Told<Each>, heading: string, line: (each: Each) => string): string[] {
  if (count === 0) return [];
  const more = count - first.length;
  return [
    heading,
    ...first.map((each) => `  ${line(each)}`),
    ...(more === 0 ? [] : [`  and ${more.toLocaleString('en-GB')} more`]),
  ];
}

const oddToTell = ({ count, kept }: ImportOutcome['odd']): Told<PlacedFault> => ({
  count,
  first: kept.slice(0, TOLD_AT_MOST),
});

function oddRows({ odd }: ImportOutcome): string[] {
  return lookAt(
    oddToTell(odd),
    `${count(odd.count, 'cell')} ${odd.count === 1 ? 'looks' : 'look'} wrong beside another of the row. Nothing refuses ${odd.count === 1 ? 'it' : 'them'}; ask whether ${odd.count === 1 ? 'it is' : 'they are'} right:`,
    faultLine,
  );
}

function summary({ files, likelyKnown, likelyMoves, unlikeRows, supportContinued }: ImportOutcome): string[] {
  return [
    ...Object.entries(files).map(
      ([name, { rows, added, changed, same, retired, refused }]) =>
        `${name}: ${count(rows)}: ${added} added, ${changed} changed, ${same} as they were` +
        `${retired === 0 ? '' : `, ${retired} retired`}${refused === 0 ? '' : `, ${refused} refused`}`,
    ),
    ...lookAt(
      likelyKnown,
      `${count(likelyKnown.count, 'pair')} of a new record and one from before may be of one young person. Look at them:`,
      ({ made, known, reasons }) => `${made} and ${known}: ${reasons.join('; ')}`,
    ),
    ...lookAt(
      likelyMoves,
      `${count(likelyMoves.count, 'likely move')}. A record that people work on here stays in its borough, and a newer referral names another. Record the move where there was one:`,
      ({ record, area, referral, place, newArea }) =>
        `${record} is in ${area}; ${referral} (${place}) says ${newArea}`,
    ),
    ...lookAt(
      unlikeRows,
      `${count(unlikeRows.count, 'pair')} of referrals with one person_ref, no name in common and two dates of birth. They are one record. Ask whether they are one young person:`,
      ({ personRef, record, referrals: [one, other] }) =>
        `${personRef} (${record}): ${one.referral} (${one.place}) and ${other.referral} (${other.place})`,
    ),
    ...lookAt(
      supportContinued,
      `${count(supportContinued.count, 'row')} of support that a provider here took over ${supportContinued.count === 1 ? 'says' : 'say'} that it has ended. What is recorded here stands. Ask the provider:`,
      ({ record, referral, place }) => `${record}: ${referral} (${place})`,
    ),
  ];
}

function refusalOf({ faults, files, isUnreadable }: ImportOutcome): string {
  const refused = Object.values(files).reduce((sum, file) => sum + file.refused, 0);
  if (isUnreadable)
    return `Nothing was imported: referrals.csv cannot be read by its header (${count(faults, 'fault')}). Correct it and import again`;
  return refused === 0
    ? `Nothing was imported: a file cannot be read by its header (${count(faults, 'fault')}). Correct it, or import the others with --accept-valid`
    : `Nothing was imported: ${count(refused)} ${refused === 1 ? 'is' : 'are'} wrong (${count(faults, 'fault')}). Correct ${refused === 1 ? 'it' : 'them'}, or import the others with --accept-valid`;
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
