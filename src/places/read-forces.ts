import { policeForces } from '../reference/code-lists.ts';
import { plainName } from './area-names.ts';
import { type PropertyNames, readBoundaries } from './boundary-properties.ts';
import { isGssCode } from './gss-code.ts';
import type { ReadPlaces } from './place-fault.ts';
import type { Shape } from './shapes.ts';

/** Where a police force works. */
export interface ForceShape {
  /** As records name it: `avon-and-somerset`. */
  force: string;
  code: string;
  name: string;
  shape: Shape;
}

const CODE: PropertyNames = {
  what: 'force code',
  patterns: [/^pfa\d\dcd$/i, /^pfa_?code$/i, /^code$/i],
  called: 'PFA16CD (of any year) or code',
};
const NAME: PropertyNames = {
  what: 'force name',
  patterns: [/^pfa\d\dnm$/i, /^pfa_?name$/i, /^name$/i],
  called: 'PFA16NM (of any year) or name',
};

/** What files call forces otherwise than we do. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'metropolitan-police': 'metropolitan',
  'london-city-of': 'city-of-london',
  'hampshire-and-isle-of-wight': 'hampshire',
  scotland: 'police-scotland',
  'northern-ireland': 'psni',
};
const SLUGS: ReadonlySet<string> = new Set(policeForces.map(({ code }) => code));

/** The slug of a police force, by any name that files give it. @returns undefined where none is known by it */
export function forceNamed(name: string): string | undefined {
  const plain = plainName(name);
  const short = plain.replace(/-(police|constabulary|police-service)$/, '');
  return [plain, OTHER_NAMES[plain], short, OTHER_NAMES[short]].find(
    (slug) => slug !== undefined && SLUGS.has(slug),
  );
}

/** Reads the police force areas of a boundary file, GeoJSON or TopoJSON. */
export function readForces(text: string): ReadPlaces<ForceShape> {
  const seen = new Set<string>();
  const { rows, faults } = readBoundaries(text, (place): ForceShape | undefined => {
    const [code, name] = [place.text(CODE), place.text(NAME)];
    if (code === undefined) place.fault(CODE, `is missing; it is called ${CODE.called}`);
    else if (!isGssCode(code)) place.fault(CODE, `“${code}” is no code of the ONS, such as E23000001`);
    if (name === undefined) place.fault(NAME, `is missing; it is called ${NAME.called}`);
    if (code === undefined || name === undefined) return undefined;
    const force = forceNamed(name);
    if (force === undefined) {
      place.fault(
        NAME,
        `“${name}” is no police force that we know: use the names of the ONS, such as Avon and Somerset`,
      );
      return undefined;
    }
    if (seen.has(force)) place.fault(NAME, `${name} is in the file twice: each force must be one place`);
    seen.add(force);
    return { force, code, name, shape: place.shape };
  });
  return { rows, faults, passedOver: 0 };
}
