/** One version of a record, as text that can be compared: what stood in each field, and who put it there. */
export interface Version<Field extends string = string> {
  version: number;
  at: Date;
  /** Null where no account did it: what came with an import, or was done by the service itself. */
  by: string | null;
  values: Readonly<Record<Field, string>>;
}

/** What one version changed of the version before it. */
export interface Change<Field extends string = string> {
  version: number;
  at: Date;
  by: string | null;
  fields: readonly { field: Field; from: string; to: string }[];
}

/**
 * What each version changed of the one before; a version that changed none of these fields is left out.
 *
 * @param versions of one record, the oldest first
 */
export function changesOf<Field extends string>(versions: readonly Version<Field>[]): Change<Field>[] {
  const changes: Change<Field>[] = [];
  for (const [index, after] of versions.entries()) {
    const before = versions[index - 1];
    if (!before) continue;
    const fields = (Object.keys(after.values) as Field[])
      .filter((field) => before.values[field] !== after.values[field])
      .map((field) => ({ field, from: before.values[field], to: after.values[field] }));
    if (fields.length > 0) changes.push({ version: after.version, at: after.at, by: after.by, fields });
  }
  return changes;
}

/** The last of the changes that touched a field. */
export function lastChangeTo<Field extends string>(
  field: Field,
  changes: readonly Change<Field>[],
): Change<Field> | undefined {
  return changes.findLast((change) => change.fields.some((each) => each.field === field));
}
