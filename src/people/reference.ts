/** The letters and digits of references: no vowels, nothing that looks or sounds like another (homeward.new_reference). */
const REFERENCE = /^HW([2-9B-DF-HJ-NP-TV-XZ]{4})([2-9B-DF-HJ-NP-TV-XZ]{4})$/;

/** Reads a reference however it is spaced or capitalised: `hw 7k2m 9p4x`. @returns undefined if it is none */
export function parseReference(typed: string): string | undefined {
  const read = REFERENCE.exec(
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s\p{Dash}]/gu, ''),
  );
  return read ? `HW-${read[1]}-${read[2]}` : undefined;
}
