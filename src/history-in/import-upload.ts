import { type FileName, fileNames } from './files.ts';

/** Files that somebody brought in the browser, and how they go on from there. Pure: no I/O here. */

export const uploadStates = [
  'checking',
  'checked',
  'importing',
  'imported',
  'discarded',
  'expired',
  'failed',
] as const;
export type UploadState = (typeof uploadStates)[number];

export const stateInWords: Readonly<Record<UploadState, string>> = {
  checking: 'Being checked',
  checked: 'Waits to be confirmed',
  importing: 'Being imported',
  imported: 'Imported',
  discarded: 'Discarded',
  expired: 'Thrown away',
  failed: 'Could not be done',
};

/** The most that the files of one import may weigh together: they are in memory until they are sealed. */
export const MOST_BYTES = 50 * 1024 * 1024;

/** How many days files wait at most to be confirmed. */
export const KEPT_DAYS = 7;

/** How many imports may wait at once: each holds everything about everybody that is in its files. */
export const MOST_WAITING = 5;

/** What could still come of files that were brought. */
export interface Decidable {
  state: UploadState;
  faults: number | null;
  goodRows: number | null;
}

/** How what was checked can be imported: whole where nothing is wrong, else what is good of it; null where nothing can be. */
export function modeFor({ state, faults, goodRows }: Decidable): 'all' | 'valid' | null {
  if (state !== 'checked' || faults === null || goodRows === null || goodRows === 0) return null;
  return faults === 0 ? 'all' : 'valid';
}

/** Whether it can be thrown away: until it is being imported, and again where that could not be done. */
export const canBeDiscarded = ({ state }: Pick<Decidable, 'state'>): boolean =>
  ['checking', 'checked', 'failed'].includes(state);

/** Whether it can be checked again, as for what changed since. */
export const canBeCheckedAgain = ({ state }: Pick<Decidable, 'state'>): boolean =>
  ['checked', 'failed'].includes(state);

/** A file as a browser sent it. */
interface Brought {
  name: string;
  content: Uint8Array;
  isTooLarge: boolean;
}

/** What is wrong with files that were brought, in words for whoever did; nothing where they can be checked row by row. */
export function uploadFaults(files: readonly Brought[]): string[] {
  if (files.length === 0) return ['Choose the files to import'];
  if (files.some(({ isTooLarge }) => isTooLarge))
    return [
      'The files must be 50 MB or smaller together. Ask whoever looks after the server to import larger ones with the command line',
    ];
  const known = files.map(({ name }) => knownName(name));
  const faults = files.flatMap(({ name, content }, n): string[] => {
    const shown = shortName(name);
    if (known[n] === null)
      return [`${shown} is not a file of the import format: name it as one of those below, or leave it out`];
    if (known.indexOf(known[n] ?? null) < n) return [`${known[n]} is there twice: choose one of them`];
    if (content.length === 0) return [`${shown} is empty: leave it out, or choose one with a header row`];
    return isCsv(content)
      ? []
      : [`${shown} is not a CSV file: open it in its own program and save it as “CSV UTF-8”`];
  });
  return known.includes('referrals.csv')
    ? faults
    : [...faults, 'Choose referrals.csv too: an import needs it, whatever else there is'];
}

/** The file of the format that a name means; null for another. */
export const knownName = (name: string): FileName | null =>
  fileNames.find((each) => each === name.trim().toLowerCase()) ?? null;

const MOST_SHOWN = 60;
const shortName = (name: string): string =>
  name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name === '' ? 'A file without a name' : name;

/** How spreadsheets, archives and documents begin, which are often called .csv by hand. */
const OTHER_BEGINNINGS = [
  'PK\u0003\u0004',
  '\u00d0\u00cf\u0011\u00e0',
  '%PDF',
  '{\\rtf',
  '<!DOCTYPE',
  '<html',
];

function isCsv(content: Uint8Array): boolean {
  const beginning = Buffer.from(content.subarray(0, 16)).toString('latin1');
  return !OTHER_BEGINNINGS.some((other) => beginning.toLowerCase().startsWith(other.toLowerCase()));
}
