import { DeathNotice } from './death-notice.tsx';
import { fullName, type Person } from './person.ts';

/** Whose record it is, under the heading of a page about it. */
export function AboutPerson({ person }: { person: Person }) {
  return (
    <>
      <p class="govuk-body">
        <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
      </p>
      <DeathNotice person={person} />
    </>
  );
}
