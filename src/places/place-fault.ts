/** Something in a file of places that cannot be taken as it is. */
export interface PlaceFault {
  /** From 1, the header's; 1 where it is about the whole file. */
  line: number;
  /** The column as the file calls it, or what is looked for; empty where it is about the row. */
  column: string;
  /** What is wrong and what is allowed. */
  what: string;
}

/** No more than this are told of one file: whoever mends those finds the others. */
export const MOST_FAULTS = 1000;

/** As the command line prints it: `wards.json:12: WD22CD: …`. */
export function faultInWords(file: string, { line, column, what }: PlaceFault): string {
  return `${file}:${line}: ${column === '' ? '' : `${column}: `}${what}`;
}

/** The rows that a file gave, and what was wrong with it: with any fault, none of the rows is taken. */
export interface ReadPlaces<Row> {
  rows: readonly Row[];
  faults: readonly PlaceFault[];
  /** Rows of elsewhere, and those of no use to us such as percentages. */
  passedOver: number;
}

/** As somebody who reads the file from the top finds them. */
export function inOrder(faults: readonly PlaceFault[]): PlaceFault[] {
  return faults.toSorted((a, b) => a.line - b.line).slice(0, MOST_FAULTS);
}
