import type { ComponentChildren } from 'preact';
import { endedSupport, mayReopen, reopenAddress } from '../../life-events/index.ts';
import type { Person, PersonSection } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { NotificationBanner } from '../../platform/govuk/index.ts';
import { newConcernAddress } from '../../safeguarding/index.ts';
import { type UnsafeFollowUp, unsafeFollowUps } from '../closing-queries.ts';
import { followUpAddress } from './follow-up-address.ts';
import { noConcernPage } from './no-concern-page.tsx';

/** That somebody said they are not safe, with what to do about it, above everything else until somebody has acted. */
export const notSafeSection: PersonSection = {
  for: ['caseworker', 'provider-manager', 'operations-manager'],
  async show({ tx, asker, person }) {
    const more =
      asker.role === 'operations-manager'
        ? []
        : [{ text: 'The follow-up', href: followUpAddress(person.id) }];
    return await notSafe(tx, asker, person, more);
  },
};

interface Way {
  text: string;
  href: string;
}

/** What stands over a page about somebody who said they are not safe; null where somebody has acted, or nobody has to. */
export async function notSafe(
  tx: Transaction,
  asker: Asker,
  person: Person,
  more: readonly Way[],
): Promise<ComponentChildren> {
  const [said] = await unsafeFollowUps(tx, { personId: person.id });
  if (said === undefined) return null;
  const reopens = mayReopen(asker.role) && (await endedSupport(tx, person.id)) !== null;
  const ways = [
    { text: 'Raise a concern', href: newConcernAddress(person.id) },
    ...(reopens ? [{ text: 'Open support again', href: reopenAddress(person.id) }] : []),
    ...(said.organisationId === asker.organisationId
      ? [{ text: 'No concern is needed: say why', href: noConcernPage.url({ person: person.id }) }]
      : []),
    ...more,
  ];
  return <NotSafe said={said} ways={ways} />;
}

function NotSafe({ said, ways }: { said: UnsafeFollowUp; ways: readonly Way[] }) {
  return (
    <NotificationBanner titleId="not-safe">
      <p class="govuk-notification-banner__heading">
        On {formatDate(said.saidOn)} they said that they are not safe, and nobody has acted on it yet.
      </p>
      {said.what !== '' && (
        <p class="hw-text" dir="auto">
          {said.what}
        </p>
      )}
      <ul class="govuk-list">
        {ways.map(({ text, href }) => (
          <li key={href}>
            <a class="govuk-notification-banner__link" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </NotificationBanner>
  );
}
