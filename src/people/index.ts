/** What other floors and capabilities may use of people. */

export type { Birth, Names, Person } from './person.ts';
export { ageInWords, bornInWords, fullName, keyOfNames } from './person.ts';
export { findPerson } from './person-queries.ts';
