import type { AreaNames } from './area-names.ts';
import { type PropertyNames, readBoundaries } from './boundary-properties.ts';
import { isGssCode } from './gss-code.ts';
import type { ReadPlaces } from './place-fault.ts';
import type { Shape } from './shapes.ts';

/** A ward as one edition draws it. */
export interface Ward {
  code: string;
  name: string;
  /** GSS code of the council whose ward it is. */
  area: string;
  shape: Shape;
}

const CODE: PropertyNames = {
  what: 'ward code',
  patterns: [/^wd\d\dcd$/i, /^gss_?code$/i, /^ward_?code$/i, /^code$/i],
  called: 'WD25CD (of any year), GSS_CODE, ward_code or code',
};
const NAME: PropertyNames = {
  what: 'ward name',
  patterns: [/^wd\d\dnm$/i, /^ward_?name$/i, /^name$/i],
  called: 'WD25NM (of any year), ward_name or name',
};
const AREA: PropertyNames = {
  what: 'council',
  patterns: [
    /^lad\d\dcd$/i,
    /^lb_gss_cd$/i,
    /^lad_?code$/i,
    /^lad$/i,
    /^lad\d\dnm$/i,
    /^lad_?name$/i,
    /^borough$/i,
  ],
  called: 'LAD25CD (of any year), LB_GSS_CD, lad, or by its name LAD25NM, ladName or borough',
};

/** Reads the wards of a boundary file, GeoJSON or TopoJSON: those of this service's areas. */
export function readWards(text: string, areas: AreaNames): ReadPlaces<Ward> {
  const seen = new Set<string>();
  let passedOver = 0;
  const { rows, faults } = readBoundaries(text, (place): Ward | undefined => {
    const [code, name, council] = [place.text(CODE), place.text(NAME), place.text(AREA)];
    for (const [names, value] of [
      [CODE, code],
      [NAME, name],
      [AREA, council],
    ] as const) {
      if (value === undefined) place.fault(names, `is missing; it is called ${names.called}`);
    }
    if (code === undefined || name === undefined || council === undefined) return undefined;
    if (!isGssCode(code)) place.fault(CODE, `“${code}” is no code of the ONS, such as E05014007`);
    else if (seen.has(code)) place.fault(CODE, `${code} is in the file twice: each ward must be one place`);
    seen.add(code);
    const area = areas.codeOf(council);
    if (area !== undefined) return { code, name, area, shape: place.shape };
    passedOver += 1;
    return undefined;
  });
  if (rows.length === 0 && faults.length === 0) {
    const what = 'none of the wards is of a council of this service (set up under “Patches and areas”)';
    return { rows, faults: [{ line: 1, column: AREA.what, what }], passedOver };
  }
  return { rows, faults, passedOver };
}
