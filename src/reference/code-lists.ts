/** Code lists of the import format and the national returns, with the words people read. */

export type Code<List extends readonly { code: string }[]> = List[number]['code'];

export interface CodedWord {
  readonly code: string;
  readonly text: string;
}

export const genders = [
  { code: 'female', text: 'Female' },
  { code: 'male', text: 'Male' },
  { code: 'non-binary', text: 'Non-binary' },
  { code: 'other', text: 'Describes themselves in another way' },
  { code: 'unknown', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** The DfE's codes for the ONS 2021 categories (domain guide 3.8). */
export const ethnicities = [
  { code: 'AIND', text: 'Asian: Indian' },
  { code: 'APKN', text: 'Asian: Pakistani' },
  { code: 'ABAN', text: 'Asian: Bangladeshi' },
  { code: 'CHNE', text: 'Asian: Chinese' },
  { code: 'AOTH', text: 'Asian: any other Asian background' },
  { code: 'BCRB', text: 'Black: Caribbean' },
  { code: 'BAFR', text: 'Black: African' },
  { code: 'BOTH', text: 'Black: any other Black background' },
  { code: 'MWBC', text: 'Mixed: White and Black Caribbean' },
  { code: 'MWBA', text: 'Mixed: White and Black African' },
  { code: 'MWAS', text: 'Mixed: White and Asian' },
  { code: 'MOTH', text: 'Mixed: any other mixed background' },
  { code: 'WBRI', text: 'White: English, Welsh, Scottish, Northern Irish or British' },
  { code: 'WIRI', text: 'White: Irish' },
  { code: 'WIRT', text: 'White: Gypsy or Irish Traveller' },
  { code: 'WROM', text: 'White: Roma' },
  { code: 'WOTH', text: 'White: any other White background' },
  { code: 'OOTH', text: 'Any other ethnic group' },
  { code: 'REFU', text: 'Prefers not to say' },
  { code: 'NOBT', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const agencyKinds = [
  { code: 'childrens-social-care', text: "Children's social care" },
  { code: 'county-police', text: 'Police outside London' },
  { code: 'metropolitan-police', text: 'Metropolitan Police' },
  { code: 'british-transport-police', text: 'British Transport Police' },
  { code: 'youth-offending-service', text: 'Youth justice service' },
  { code: 'education', text: 'School, college or education service' },
  { code: 'health', text: 'Health service' },
  { code: 'early-help', text: 'Early help' },
  { code: 'voluntary-sector', text: 'Charity or community organisation' },
  { code: 'probation', text: 'Probation' },
  { code: 'housing', text: 'Housing' },
  { code: 'self-or-family', text: 'I am the young person, or family' },
  { code: 'other', text: 'Another agency' },
] as const satisfies readonly CodedWord[];

export const datePrecisions = [
  { code: 'exact', text: 'Exact' },
  { code: 'approximate', text: 'Approximate' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];
export type DatePrecision = Code<typeof datePrecisions>;

export const yesNoNotKnown = [
  { code: 'yes', text: 'Yes' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** The codes alone, as a schema wants them. */
export function codesOf<const List extends readonly [CodedWord, ...CodedWord[]]>(
  list: List,
): readonly [Code<List>, ...Code<List>[]] {
  return list.map((word) => word.code) as unknown as readonly [Code<List>, ...Code<List>[]];
}

/** The word for a code; the code itself where a list no longer has it, so that an old record still reads. */
export function wordFor(list: readonly CodedWord[], code: string): string {
  return list.find((word) => word.code === code)?.text ?? code;
}

/** The list as the options of a question. */
export function optionsOf(list: readonly CodedWord[]): { value: string; text: string }[] {
  return list.map(({ code, text }) => ({ value: code, text }));
}
