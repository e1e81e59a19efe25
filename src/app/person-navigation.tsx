import type { Role } from '../platform/database/transaction.ts';
import { Button } from '../platform/govuk/index.ts';
import { newConcernAddress, safeguarders } from '../safeguarding/index.ts';

/** A way into a part of a young person's record. */
export interface PersonWay {
  text: string;
  /** What follows the young person's own address; empty for that itself. */
  to: string;
  /** Other addresses that belong to it. */
  holds?: readonly string[];
  for: readonly Role[];
}

const readers = [
  'caseworker',
  'provider-manager',
  'coordinator',
  'analyst',
  'spoc',
  'operations-manager',
] as const satisfies readonly Role[];
const caseworkReaders = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];

/** The parts of a record, as each role that may open them sees them, in the order they are worked with. */
export const personWays: readonly PersonWay[] = [
  { text: 'Overview', to: '', for: readers },
  { text: 'Contact', to: 'contacts', for: caseworkReaders },
  { text: 'Notes', to: 'notes', for: caseworkReaders },
  {
    text: 'Plans',
    to: 'plans',
    holds: ['safety-plan', 'trigger-profile', 'needs', 'goals', 'transition-plan'],
    for: caseworkReaders,
  },
  { text: 'Progress', to: 'progress', holds: ['education', 'onward-referrals'], for: caseworkReaders },
  { text: 'Network', to: 'network', holds: ['safe-contact'], for: caseworkReaders },
  { text: 'Consent', to: 'consent', for: caseworkReaders },
  {
    text: 'Files',
    to: 'files',
    for: ['caseworker', 'provider-manager', 'coordinator', 'operations-manager'],
  },
  { text: 'Risk', to: 'risk', for: caseworkReaders },
  { text: 'Concerns', to: 'concerns', for: safeguarders },
  {
    text: 'Chronology',
    to: 'chronology',
    for: ['caseworker', 'provider-manager', 'coordinator', 'operations-manager'],
  },
  { text: 'Closing', to: 'closing', for: caseworkReaders },
  { text: 'What was changed', to: 'history', for: readers },
  {
    text: 'Who has looked',
    to: 'looks',
    for: ['provider-manager', 'operations-manager', 'data-protection-lead'],
  },
];

const PERSON_PAGE = /^\/people\/([0-9a-f-]{36})(?:\/([^/]+))?/;

/** The parts of the record that an address belongs to; nothing for any other page, and for a role with one part or none. */
export function PersonNavigation({ path, role }: { path: string; role: Role }) {
  const [, personId, part = ''] = PERSON_PAGE.exec(path) ?? [];
  const ways = personWays.filter((way) => (way.for as readonly Role[]).includes(role));
  if (personId === undefined || ways.length < 2) return null;
  return (
    <nav class="hw-record-navigation" aria-label="This record">
      <ul class="hw-record-navigation__list">
        {ways.map(({ text, to, holds }) => (
          <li key={to}>
            <a
              class="govuk-link govuk-link--no-visited-state"
              href={`/people/${personId}${to === '' ? '' : `/${to}`}`}
              aria-current={to === part ? 'page' : holds?.includes(part) ? 'true' : undefined}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
      {(safeguarders as readonly Role[]).includes(role) && path !== newConcernAddress(personId) && (
        <Button href={newConcernAddress(personId)} classes="govuk-button--warning govuk-!-margin-bottom-3">
          Raise a concern
        </Button>
      )}
    </nav>
  );
}
