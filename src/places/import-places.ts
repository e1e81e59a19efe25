import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Database, Transaction } from '../platform/database/transaction.ts';
import { findAreaNames } from './area-names.ts';
import { type FoundEdition, findEdition, findEditionInUse, startUsing } from './editions.ts';
import type { PlaceFault } from './place-fault.ts';
import { type FileKind, type PlaceKind, usualSource } from './place-kind.ts';
import { type Insertion, inserting, insertPostcodes } from './place-rows.ts';
import { readDeprivation } from './read-deprivation.ts';
import { readForces } from './read-forces.ts';
import { readPopulation } from './read-population.ts';
import { readPostcodes } from './read-postcodes.ts';
import { readWards } from './read-wards.ts';

export interface PlacesToImport {
  kind: FileKind;
  file: string;
  /** A short word that people will know it by, as `2019` or `mid-2020`. */
  edition: string;
  /** Figures from this day on are made with it. The first edition of a kind needs none: it is in use from the beginning. */
  inUseFrom?: PlainDate | undefined;
  /** Who published it and under which licence; the usual publisher unless told. */
  source?: string | undefined;
  /** Of deprivation: the edition of the wards that it scores, where the file does not say it. */
  wardEdition?: string | undefined;
}

export interface ImportedPlaces {
  kind: PlaceKind;
  edition: string;
  /** `same`: the edition was there with the same content. */
  outcome: 'added' | 'replaced' | 'same';
  rows: number;
  /** Rows of the file that are of elsewhere, or of no use. */
  passedOver: number;
  /** Names of areas of this service of which the file has nothing. */
  areasWithout: readonly string[];
  /** The edition that figures of today are made with; null where none is in use yet. */
  inUse: string | null;
}

/** Is told what is being done and how many rows that has come to. */
export type PlacesProgress = (what: string, rows: number) => void;
export type ImportOutcome = { imported: ImportedPlaces } | { faults: readonly PlaceFault[] };

/** A file of postcodes is read in pieces of this many bytes, some 3,000 rows. */
const PIECE = 1024 * 1024;

/**
 * Imports one file of places: all of it or, with any fault, nothing. The same content again changes nothing; other content under
 * the name of an edition takes its place, and what was there before is kept for figures as at a past moment (of postcodes, only
 * the trace that it was).
 *
 * @param jobs the jobs login, with no limit to how long a statement may take
 */
export async function importPlaces(
  jobs: Database,
  asked: PlacesToImport,
  today: PlainDate,
  progress: PlacesProgress = () => undefined,
): Promise<ImportOutcome> {
  if (asked.kind === 'postcodes') return await importPostcodes(jobs, asked, today, progress);
  const { kind, file } = asked;
  return await jobs.asTask('importing', async (tx) => {
    progress(`Reading ${file}`, 0);
    const { faults, ...read } = await readFileOf(tx, kind, file);
    if (faults.length > 0) return { faults };
    const found = {
      ...read,
      wardEdition: asked.wardEdition ?? read.wardEdition,
      fingerprint: createHash('sha256').update(JSON.stringify(read.insertion.rows)).digest('hex'),
      rows: read.insertion.rows.length,
    };
    const { id, outcome } = await beginEdition(tx, asked, found);
    if (id !== null) await read.insertion.insert(tx, id, progress);
    return { imported: await finish(tx, asked, found, outcome, today) };
  });
}

/** Thrown to undo what was written of a file in which a fault was found after all. */
class FaultyFile extends Error {
  readonly faults: readonly PlaceFault[];

  constructor(faults: readonly PlaceFault[]) {
    super('The file has faults');
    this.faults = faults;
  }
}

async function importPostcodes(
  jobs: Database,
  asked: PlacesToImport,
  today: PlainDate,
  progress: PlacesProgress,
): Promise<ImportOutcome> {
  const pieces = () => createReadStream(asked.file, { highWaterMark: PIECE });
  progress(`Reading ${asked.file}`, 0);
  const hash = createHash('sha256');
  for await (const piece of pieces()) hash.update(piece);
  const read = {
    kind: 'postcodes' as const,
    wardEdition: null,
    fingerprint: hash.digest('hex'),
    passedOver: 0,
    areasWithout: [],
  };
  try {
    return await jobs.asTask('importing', async (tx) => {
      // How many there are is known when they are read.
      const { id, outcome, rows: there } = await beginEdition(tx, asked, { ...read, rows: 1 });
      let rows = there;
      if (id !== null) {
        rows = 0;
        const faults = await readPostcodes(pieces(), async (batch) => {
          const twice = await insertPostcodes(tx, id, batch);
          if (twice !== null) throw new FaultyFile([twice]);
          rows += batch.length;
          progress('Postcodes', rows);
        });
        if (faults.length > 0) throw new FaultyFile(faults);
        if (rows === 0)
          throw new FaultyFile([{ line: 1, column: '', what: 'there is no postcode in the file' }]);
        await tx.updateTable('reference.place_edition').set({ rows }).where('id', '=', id).execute();
      }
      return { imported: await finish(tx, asked, { ...read, rows }, outcome, today) };
    });
  } catch (error) {
    if (error instanceof FaultyFile) return { faults: error.faults };
    throw error;
  }
}

interface ReadFile {
  kind: PlaceKind;
  insertion: Insertion;
  faults: readonly PlaceFault[];
  passedOver: number;
  areasWithout: readonly string[];
  wardEdition: string | null;
}

async function readFileOf(
  tx: Transaction,
  kind: Exclude<FileKind, 'postcodes'>,
  file: string,
): Promise<ReadFile> {
  const areas = await findAreaNames(tx);
  const usual = { wardEdition: null, areasWithout: [] };
  if (kind === 'forces') {
    const { rows, ...read } = readForces(await readFile(file, 'utf8'));
    return { ...usual, kind, ...read, insertion: inserting.forces(rows) };
  }
  if (kind === 'wards') {
    const { rows, ...read } = readWards(await readFile(file, 'utf8'), areas);
    return { ...usual, kind, ...read, areasWithout: areas.without(rows), insertion: inserting.wards(rows) };
  }
  if (kind === 'deprivation') {
    const { rows, ...read } = await readDeprivation(createReadStream(file), areas);
    return { kind, ...read, areasWithout: areas.without(rows), insertion: inserting.deprivation(rows) };
  }
  const { rows, ...read } = await readPopulation(createReadStream(file), areas);
  return { ...usual, ...read, areasWithout: areas.without(rows), insertion: inserting.population(rows) };
}

interface Found extends Omit<ReadFile, 'insertion' | 'faults'> {
  fingerprint: string;
  rows: number;
}

/** Makes the edition, unless it is there with the same content: then its id is null, for nothing is to be written. */
async function beginEdition(
  tx: Transaction,
  { edition, source }: PlacesToImport,
  { kind, fingerprint, rows, wardEdition }: Found,
): Promise<{ id: string | null; outcome: ImportedPlaces['outcome']; rows: number }> {
  const there = await findEdition(tx, kind, edition);
  const made: FoundEdition = {
    fingerprint,
    wardEdition,
    source: source ?? there?.source ?? usualSource[kind],
    rows,
  };
  if (there && isSame(there, made)) return { id: null, outcome: 'same', rows: there.rows };
  const outcome = there ? 'replaced' : 'added';
  await sql`select audit.task('places-imported', 'place-edition', null, null, ${JSON.stringify({ kind, edition, outcome, fingerprint })}::jsonb)`.execute(
    tx,
  );
  if (there) {
    await tx
      .updateTable('reference.place_edition')
      .set({ replaced_at: sql`now()` })
      .where('id', '=', there.id)
      .execute();
    await tx.deleteFrom('reference.postcode').where('place_edition_id', '=', there.id).execute();
  }
  const { id } = await tx
    .insertInto('reference.place_edition')
    .values({
      kind,
      edition,
      source: made.source,
      year: yearOf(edition),
      ward_edition: wardEdition,
      fingerprint,
      rows,
      action_id: sql`audit.current_action()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, outcome, rows };
}

const isSame = (there: FoundEdition, made: FoundEdition) =>
  there.fingerprint === made.fingerprint &&
  there.source === made.source &&
  there.wardEdition === made.wardEdition;

/** The year that an edition is named for: of `mid-2020`, 2020. */
function yearOf(edition: string): number | null {
  const year = /(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])/.exec(edition)?.[0];
  return year === undefined ? null : Number(year);
}

/** Puts the edition to use where that was asked for or it is the first; tells what became of the file. */
async function finish(
  tx: Transaction,
  { edition, inUseFrom }: PlacesToImport,
  { kind, rows, passedOver, areasWithout }: Found,
  outcome: ImportedPlaces['outcome'],
  today: PlainDate,
): Promise<ImportedPlaces> {
  const isFirst = (await findEditionInUse(tx, kind, null)) === null;
  if (isFirst) await startUsing(tx, kind, edition, null);
  else if (inUseFrom !== undefined && (await findEditionInUse(tx, kind, inUseFrom)) !== edition) {
    await startUsing(tx, kind, edition, inUseFrom);
  }
  const inUse = await findEditionInUse(tx, kind, today);
  return { kind, edition, outcome, rows, passedOver, areasWithout, inUse };
}
