import { type Catalogue, catalogue, inVersions, type Versions } from '../statistics/catalogue.ts';
import type { Fields } from '../statistics/measure.ts';
import { type Completeness, completeness } from './data-completeness.ts';
import { isObject, numberOf } from './report-figures.ts';

/** What reports are counted by. */
export interface Definitions {
  readonly measures: Catalogue;
  /** The data completeness report has tables of its own, which are defined together. */
  readonly completeness: Catalogue<Completeness>;
}

/** Every definition that there is, with those in use. */
export const definitions: Definitions = { measures: catalogue, completeness };

/** The definitions with these versions in use and nothing else. @throws Refusal of a version that there is not */
export const definitionsIn = (all: Definitions, versions: Versions): Definitions => ({
  measures: inVersions(all.measures, versions),
  completeness: inVersions(all.completeness, versions),
});

/** Of these measures a borough profile makes its own, and says in `madeOf` where one is not in its first version. */
export const behindProfiles = ['referrals.by-borough', 'county-lines.by-borough'] as const;

/** The versions by which the figures of a report were counted, by the ids under which those are defined. */
export const versionsTold = (measures: Readonly<Record<string, Fields>>): Versions =>
  Object.fromEntries(
    Object.entries(measures).flatMap(([id, { version, madeOf }]) => {
      const parts = isObject(madeOf) ? madeOf : {};
      return [
        [definedUnder(id), numberOf(version) ?? 1] as const,
        ...(id.startsWith('profile.')
          ? behindProfiles.map((part) => [part, numberOf(parts[part]) ?? 1] as const)
          : []),
      ];
    }),
  );

/** By quarter and by provider it is the same measure. */
export const definedUnder = (id: string): string =>
  id.startsWith('completeness.') ? 'completeness' : id.replace(/^(quarterly|providers)\./, '');
