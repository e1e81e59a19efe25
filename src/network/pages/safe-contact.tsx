import type { PersonSection } from '../../people/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { SummaryList, WarningText } from '../../platform/govuk/index.ts';
import type { CurrentDocument } from '../../platform/history/provider-document.ts';
import type { Service } from '../../platform/service.ts';
import { notToBeContacted, safeContactsOf } from '../network-queries.ts';
import {
  mayWriteTo,
  type SafeContactField,
  safeContactInWords,
  safeContactTexts,
  safeContactValueInWords,
} from '../safe-contact.ts';
import { MayContactTag } from './may-contact-tag.tsx';
import { safeContactAddress } from './network-addresses.ts';
import { readersOfNetwork } from './network-readers.ts';

/** What a page has to say about safe contact beside a young person's contact details. */
export interface SafeContactKnown {
  contacts: readonly CurrentDocument<SafeContactField>[];
  notToContact: Awaited<ReturnType<typeof notToBeContacted>>;
}

/** What {@link SafeContact} shows, read in two queries. */
export async function safeContactKnown(
  tx: Transaction,
  asker: Asker,
  service: Service,
  personId: string,
): Promise<SafeContactKnown> {
  return {
    contacts: await safeContactsOf(tx, personId, asker.organisationId),
    notToContact: await notToBeContacted(tx, personId, londonDate(service.clock.now())),
  };
}

interface SafeContactProps {
  personId: string;
  known: SafeContactKnown;
  mayWrite: boolean;
}

/** How to reach a young person without putting them in danger: stands wherever their contact details do. */
export function SafeContact({ personId, known: { contacts, notToContact }, mayWrite }: SafeContactProps) {
  const post = mayWriteTo(contacts.map(({ values }) => values));
  return (
    <section aria-labelledby="safe-contact">
      <h2 class="govuk-heading-m" id="safe-contact">
        Safe contact
      </h2>
      {contacts.length === 0 && (
        <WarningText>
          Nobody has written down how to reach them safely. Do not leave messages or write until you have
          asked them.
        </WarningText>
      )}
      {contacts.map(({ id, organisationName, values }) => (
        <div key={id}>
          {values.neverDo !== '' && (
            <WarningText iconFallbackText="Never">
              Never: <span dir="auto">{values.neverDo}</span>
            </WarningText>
          )}
          <SummaryList
            rows={[
              ...safeContactTexts
                .filter((field) => field !== 'neverDo' && values[field] !== '')
                .map((field) => ({
                  key: { text: safeContactInWords[field] },
                  value: {
                    text: (
                      <span class="hw-text" dir="auto">
                        {values[field]}
                      </span>
                    ),
                  },
                })),
              {
                key: { text: safeContactInWords.checkedOn },
                value: {
                  text: (
                    <>
                      {safeContactValueInWords('checkedOn', values.checkedOn)}, <bdi>{organisationName}</bdi>
                    </>
                  ),
                },
              },
            ]}
          />
        </div>
      ))}
      {post.kind === 'no' && <p class="govuk-body">{post.why}.</p>}
      {notToContact.length > 0 && (
        <ul class="govuk-list">
          {notToContact.map((member, place) => (
            <li key={place}>
              <MayContactTag mayContact={member.mayContact} /> <bdi>{member.name}</bdi> (
              <bdi>{member.relationship}</bdi>): <span dir="auto">{member.why}</span>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <p class="govuk-body not-printed">
          <a class="govuk-link" href={safeContactAddress(personId)}>
            {contacts.length === 0 ? 'Write down how to reach them safely' : 'Check or change safe contact'}
          </a>
        </p>
      )}
    </section>
  );
}

/** Safe contact, at the top of a young person's page. */
export const safeContactSection: PersonSection = {
  for: readersOfNetwork,
  async show({ tx, asker, service, person, mayWrite }) {
    const known = await safeContactKnown(tx, asker, service, person.id);
    return <SafeContact personId={person.id} known={known} mayWrite={mayWrite} />;
  },
};
