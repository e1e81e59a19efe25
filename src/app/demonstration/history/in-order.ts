/** Compares two of a list by what they are put in the order of, so that equals stay as they are. */
export const inOrderOf =
  <One>(key: (one: One) => string) =>
  (one: One, other: One): number => {
    const [first, second] = [key(one), key(other)];
    return first < second ? -1 : first > second ? 1 : 0;
  };
