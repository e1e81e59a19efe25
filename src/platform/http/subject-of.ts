const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What an address is about: the first id that it names, under the name that the page gives it. */
export function subjectOf(path: string, params: unknown): { kind: string; id: string } | null {
  const given = new Map(Object.entries(params ?? {}));
  for (const [, kind = ''] of path.matchAll(/:([a-zA-Z]+)/g)) {
    const id: unknown = given.get(kind);
    if (typeof id === 'string' && UUID.test(id)) return { kind, id };
  }
  return null;
}
