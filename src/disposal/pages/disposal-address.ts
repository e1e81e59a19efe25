/** The address of a page about disposal. */
export function disposalAddress(place = '', query: Record<string, string> = {}): string {
  const path = place === '' ? '/disposal' : `/disposal/${place}`;
  const search = new URLSearchParams(query);
  return search.size > 0 ? `${path}?${search}` : path;
}
