import type { Transaction } from '../platform/database/transaction.ts';
import { codeFrom } from '../platform/text/code-from.ts';

/** The service's areas by GSS code and by name, however the name is spelt: `Barking & Dagenham`. */
export class AreaNames {
  readonly #areas: readonly { readonly code: string; readonly name: string }[];
  readonly #codes: ReadonlyMap<string, string>;

  constructor(areas: readonly { readonly code: string; readonly name: string }[]) {
    this.#areas = areas;
    this.#codes = new Map(
      areas.flatMap(({ code, name }) => [
        [plainName(code), code],
        [plainName(name), code],
      ]),
    );
  }

  /** @returns undefined where it is no area of this service */
  codeOf(codeOrName: string): string | undefined {
    return this.#codes.get(plainName(codeOrName));
  }

  /** @returns the code itself where it is no area of this service */
  nameOf(code: string): string {
    return this.#areas.find((area) => area.code === code)?.name ?? code;
  }

  /** The names of the areas that no row is of. */
  without(rows: readonly { readonly area: string }[]): string[] {
    const found = new Set(rows.map(({ area }) => area));
    return this.#areas.filter(({ code }) => !found.has(code)).map(({ name }) => name);
  }
}

/** A name as names of places are compared: `Kingston-upon-Thames` is `kingston-upon-thames`. */
export function plainName(name: string): string {
  return codeFrom(name.replaceAll('&', ' and '));
}

/** The councils that this service has set up, retired ones too: what was theirs is still counted. */
export async function findAreaNames(tx: Transaction): Promise<AreaNames> {
  const areas = await tx
    .selectFrom('reference.area')
    .select(['code', 'name'])
    .where('kind', '=', 'borough')
    .orderBy('name')
    .execute();
  return new AreaNames(areas);
}
