import type { z } from 'zod';
import { DeathNotice, findPerson, fullName, type Person } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Role, Transaction } from '../../platform/database/transaction.ts';
import { Tag } from '../../platform/govuk/index.ts';
import type { Concern } from '../concern-queries.ts';
import { findConcern } from '../concern-queries.ts';

/** What the pages of concerns have in common. */

/** Who raises concerns about young people, and works with those that others raised. */
export const safeguarders = [
  'caseworker',
  'provider-manager',
  'coordinator',
  'operations-manager',
] as const satisfies readonly Role[];

/** The concern of an address, and whom it is about; `null` when there is none, or it is about somebody else. */
export async function concernAt(
  tx: Transaction,
  params: { person: z.output<z.ZodUUID>; concern: z.output<z.ZodUUID> },
): Promise<{ person: Person; concern: Concern } | null> {
  const person = await findPerson(tx, params.person);
  const concern = person && (await findConcern(tx, params.concern));
  return person && concern && concern.personId === person.id ? { person, concern } : null;
}

/** Whom a page is about. */
export function About({ person }: { person: Person }) {
  return (
    <>
      <p class="govuk-body">
        <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
      </p>
      <DeathNotice person={person} />
    </>
  );
}

/** What somebody typed, in their own direction and with their own lines. */
export function Typed({ children }: { children: string }) {
  return (
    <div class="hw-note__text" dir="auto">
      {children}
    </div>
  );
}

/** A day by which something is due, and that it is late where it is. */
export function DueDay({ on, today }: { on: PlainDate; today: PlainDate }) {
  return (
    <>
      {formatDate(on)}
      {on < today && (
        <>
          {' '}
          <Tag classes="govuk-tag--red">Late</Tag>
        </>
      )}
    </>
  );
}

/** Until when something is due, inside a sentence. */
export function Due({ on, today }: { on: PlainDate; today: PlainDate }) {
  return (
    <>
      due by <DueDay on={on} today={today} />
    </>
  );
}

/** What comes before anything is written: nobody types while somebody is in danger. */
export function DangerFirst() {
  return (
    <p class="govuk-body-l">
      <strong>
        If anybody is in danger now, call{' '}
        <a class="govuk-link" href="tel:999">
          999
        </a>{' '}
        first.
      </strong>{' '}
      Then come back here.
    </p>
  );
}
