import type { PersonSection } from '../../people/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { SummaryList, WarningText } from '../../platform/govuk/index.ts';
import type { CurrentDocument } from '../../platform/history/provider-document.ts';
import type { Service } from '../../platform/service.ts';
import {
  notToBeContacted,
  type SaidInReferral,
  safeContactInReferral,
  safeContactsOf,
} from '../network-queries.ts';
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
  /** What the referral says, where nobody has written anything down since. */
  inReferral: SaidInReferral | null;
}

/** What {@link SafeContact} shows. */
export async function safeContactKnown(
  tx: Transaction,
  asker: Asker,
  service: Service,
  personId: string,
): Promise<SafeContactKnown> {
  const contacts = await safeContactsOf(tx, personId, asker.organisationId);
  return {
    contacts,
    notToContact: await notToBeContacted(tx, personId, londonDate(service.clock.now())),
    inReferral: contacts.length === 0 ? await safeContactInReferral(tx, personId) : null,
  };
}

interface SafeContactProps {
  personId: string;
  known: SafeContactKnown;
  mayWrite: boolean;
}

/** How to reach a young person without putting them in danger: stands wherever their contact details do. */
export function SafeContact({
  personId,
  known: { contacts, notToContact, inReferral },
  mayWrite,
}: SafeContactProps) {
  const post = mayWriteTo(contacts.map(({ values }) => values));
  return (
    <section aria-labelledby="safe-contact">
      <h2 class="govuk-heading-m" id="safe-contact">
        Safe contact
      </h2>
      {inReferral !== null && (
        <WarningText>
          The referral of {formatDate(inReferral.on)} says:{' '}
          <span class="hw-text" dir="auto">
            {inReferral.said}
          </span>
          <br />
          Nobody has checked it with them yet.
        </WarningText>
      )}
      {contacts.length === 0 && inReferral === null && (
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
            {inReferral !== null
              ? 'Check it with them, and keep it'
              : contacts.length === 0
                ? 'Write down how to reach them safely'
                : 'Check or change safe contact'}
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
    // Nobody rings or writes to them any more; who round them must not be contacted is on the page of their network.
    if (person.diedOn !== null) return null;
    const known = await safeContactKnown(tx, asker, service, person.id);
    return <SafeContact personId={person.id} known={known} mayWrite={mayWrite} />;
  },
};
