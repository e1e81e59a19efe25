import { Refusal } from '../platform/refusal.ts';
import type { DefinedMeasure } from './define-measure.ts';
import { measures } from './measures/index.ts';

/** What has versions of its definition. */
export interface Defined {
  readonly id: string;
  /** From 1, counting up. */
  readonly version: number;
}

/** Every definition there is or was: what was published by one of them can be worked out again by it. */
export interface Catalogue<Each extends Defined = DefinedMeasure> {
  /** Every version of each, the oldest first, in the order in which a report tells them. */
  readonly all: readonly Each[];
  /** Those that are counted by: of each one version at most, in the same order. */
  readonly inUse: readonly Each[];
}

/** Which version of each definition, by its id. */
export type Versions = Readonly<Record<string, number>>;

/**
 * The measures that were in use once. To change a definition, rename its module after its version (`referrals-total.ts` to
 * `referrals-total-1.ts`), leave what it says as it is, and put its measure here; then write the new module under the old name,
 * with the next version. Where that counts other records its shape must say so (`where`): disclosure control takes two counts of
 * the same records for one number. No measure is ever taken out of the catalogue.
 */
export const earlierMeasures: readonly DefinedMeasure[] = [];

/** Every measure, with those in use. */
export const catalogue: Catalogue = catalogueOf(measures, earlierMeasures);

export function catalogueOf<Each extends Defined>(
  inUse: readonly Each[],
  earlier: readonly Each[],
): Catalogue<Each> {
  return { inUse, all: inUse.flatMap((used) => [...withId(earlier, used.id), used]) };
}

/** The oldest first. */
function withId<Each extends Defined>(those: readonly Each[], id: string): Each[] {
  return those.filter((each) => each.id === id).toSorted((one, other) => one.version - other.version);
}

/** @returns undefined where there is no such version of such an id */
export const definedAs = <Each extends Defined>(
  { all }: Catalogue<Each>,
  id: string,
  version: number,
): Each | undefined => all.find((each) => each.id === id && each.version === version);

/** The versions before one of them, the newest first. */
export const versionsBefore = <Each extends Defined>({ all }: Catalogue<Each>, of: Defined): Each[] =>
  withId(all, of.id)
    .filter(({ version }) => version < of.version)
    .toReversed();

export const versionsInUse = ({ inUse }: Catalogue<Defined>): Versions =>
  Object.fromEntries(inUse.map(({ id, version }) => [id, version]));

/**
 * The catalogue with these versions in use and nothing else: as it was when something was counted by them.
 *
 * @param versions those of ids that are none of the catalogue are let be
 * @throws Refusal of a version that there is not, naming those there are
 */
export function inVersions<Each extends Defined>(
  { all }: Catalogue<Each>,
  versions: Versions,
): Catalogue<Each> {
  for (const [id, version] of Object.entries(versions)) {
    const there = withId(all, id).map((each) => each.version);
    if (there.length > 0 && !there.includes(version))
      throw new Refusal(
        `There is no version ${version} of ${id}: there ${there.length === 1 ? 'is' : 'are'} ${there.join(', ')}`,
      );
  }
  return { all, inUse: all.filter(({ id, version }) => versions[id] === version) };
}

/** What is wrong with versions, in words: nothing where those of each id count up from 1 to the one that is in use. */
export function faultsIn(inUse: readonly Defined[], earlier: readonly Defined[]): string[] {
  const ids = new Set([...inUse, ...earlier].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const used = withId(inUse, id);
    if (used.length !== 1) return [`${id} has ${used.length} versions in use`];
    const versions = [...withId(earlier, id), ...used].map(({ version }) => version);
    return versions.every((version, n) => version === n + 1)
      ? []
      : [`${id} has the versions ${versions.join(', ')}`];
  });
}
