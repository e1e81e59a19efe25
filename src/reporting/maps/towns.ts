import { codeFrom } from '../../platform/text/code-from.ts';
import { type Town, towns } from '../../reference/towns.ts';

/** The town of a name, however it is spelt, with or without what it lies on: `Southend`, `southend on sea`. */
export function townAt(name: string): Town | undefined {
  const wanted = codeFrom(name);
  return (
    towns.find((town) => codeFrom(town.name) === wanted) ??
    towns.find((town) => codeFrom(town.name).replace(/-(on|upon|super)-[a-z]+$/, '') === wanted)
  );
}
