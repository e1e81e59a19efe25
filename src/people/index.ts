/** What other floors and capabilities may use of people. */

export { type Comparable, type Likeness, likenessOf } from './matching.ts';
export type { Birth, Names, Person } from './person.ts';
export { ageInWords, bornInWords, fullName, keyOfNames } from './person.ts';
export { beTheOneWhoMakesPeople, makePerson, type NewPerson } from './person-commands.ts';
export { findPerson } from './person-queries.ts';
