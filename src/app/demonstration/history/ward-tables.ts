/**
 * The wards of London's boroughs as they were from 2018 to 2022, which the figures of those years are by: their codes run
 * on from the first of each borough. Source: Office for National Statistics licensed under the Open Government Licence v.3.0.
 */
const wardsOfBorough: Readonly<Record<string, readonly [first: string, wards: number]>> = {
  E09000002: ['E05000026', 17],
  E09000003: ['E05000043', 21],
  E09000004: ['E05011217', 17],
  E09000005: ['E05000085', 21],
  E09000006: ['E05000106', 22],
  E09000007: ['E05000128', 18],
  E09000008: ['E05011462', 28],
  E09000009: ['E05000170', 23],
  E09000010: ['E05000193', 21],
  E09000011: ['E05000214', 17],
  E09000012: ['E05009367', 21],
  E09000013: ['E05000250', 16],
  E09000014: ['E05000266', 19],
  E09000015: ['E05000285', 21],
  E09000016: ['E05000306', 18],
  E09000017: ['E05000324', 22],
  E09000018: ['E05000346', 20],
  E09000019: ['E05000366', 16],
  E09000020: ['E05009388', 18],
  E09000021: ['E05000400', 16],
  E09000022: ['E05000416', 21],
  E09000023: ['E05000437', 18],
  E09000024: ['E05000455', 20],
  E09000025: ['E05000475', 20],
  E09000026: ['E05011234', 22],
  E09000027: ['E05000516', 18],
  E09000028: ['E05011095', 23],
  E09000029: ['E05000555', 18],
  E09000030: ['E05009317', 20],
  E09000031: ['E05000590', 20],
  E09000032: ['E05000610', 20],
  E09000033: ['E05000630', 20],
};

/** Referrals in three years from the wards with most (page 10); the order of Barking and Dagenham's six is in its minutes. */
export const wardsNamed: Readonly<Record<string, number>> = {
  E05000420: 11,
  E05000484: 11,
  E05000487: 11,
  E05000046: 9,
  E05000321: 9,
  E05000100: 9,
  E05011486: 9,
  E05000434: 9,
  E05000435: 9,
  E05000042: 7,
  E05000041: 6,
  E05000035: 6,
  E05000026: 5,
  E05000031: 5,
  E05000032: 5,
};

/** The names of those wards; what the others are called, none of the tables says. */
export const namesOfWards: Readonly<Record<string, string>> = {
  E05000420: 'Coldharbour',
  E05000484: 'Forest Gate South',
  E05000487: 'Little Ilford',
  E05000046: 'Colindale',
  E05000321: 'South Hornchurch',
  E05000100: 'Stonebridge',
  E05011486: 'Thornton Heath',
  E05000434: 'Thurlow Park',
  E05000435: 'Tulse Hill',
  E05000042: 'Whalebone',
  E05000041: 'Village',
  E05000035: 'Longbridge',
  E05000026: 'Abbey',
  E05000031: 'Eastbury',
  E05000032: 'Gascoigne',
};

/** The most that any other ward has: fewer than those that are named, in its borough and in London. */
export const mostElsewhere = (borough: string) => (borough === 'E09000002' ? 4 : 8);

/** The codes of a borough's wards. @throws when London has no such borough */
export function wardsOf(borough: string): string[] {
  const run = wardsOfBorough[borough];
  if (!run) throw new Error(`London has no borough ${borough}`);
  const [first, wards] = run;
  return Array.from(
    { length: wards },
    (_, index) => `E${String(Number(first.slice(1)) + index).padStart(8, '0')}`,
  );
}
