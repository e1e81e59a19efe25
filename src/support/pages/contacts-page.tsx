import { z } from 'zod';
import { SafeContact, safeContactKnown } from '../../network/index.ts';
import { thresholdsOn } from '../../organisations/index.ts';
import { DeathNotice, findPerson, fullName, mayWriteAbout, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { Button, Pagination } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { noteKinds } from '../case-note.ts';
import { contactInWords } from '../contact.ts';
import {
  contactLog,
  contactStandings,
  type LogEntry,
  type LoggedContact,
  plannedContacts,
} from '../contact-queries.ts';
import { engagementsOf } from '../engagement-queries.ts';
import { Standing } from './contacts-section.tsx';
import { readersOfNotes } from './note-page.tsx';
import { contactAddress, contactsAddress, newNoteAddress, noteAddress } from './support-addresses.ts';

/** How many entries of the log one page has, and how much of what is planned. */
const A_PAGE = 25;
const MOST_PLANNED = 20;

/** Contact with a young person: what is planned, and the log of what was made and tried, the latest first. */
export const contactsPage = page({
  path: '/people/:person/contacts',
  for: readersOfNotes,
  params: z.object({ person: z.uuid() }),
  query: z.object({ before: z.uuid().optional() }),
  async get({ tx, asker, service, params, query }): Promise<Answer> {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-contacts',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const { entries, more } = await contactLog(tx, person.id, { before: query.before, most: A_PAGE });
    const isNewest = query.before === undefined;
    const planned = isNewest ? await plannedContacts(tx, person.id, MOST_PLANNED) : [];
    const engagements = isNewest ? await engagementsOf(tx, [person.id]) : new Map();
    const standings = isNewest ? await contactStandings(tx, person.id) : new Map();
    const today = londonDate(service.clock.now());
    const most = (await thresholdsOn(tx, today))['failed-contacts'].value;
    const [last] = entries.slice(-1);
    const safe = await safeContactKnown(tx, asker, service, person.id);
    const mayWrite = await mayWriteAbout(tx, asker, person.id);
    const mayRecord = ({ organisationId, workerId }: LoggedContact) =>
      asker.role === 'caseworker' &&
      (mayWrite ? organisationId === asker.organisationId : workerId === asker.accountId);
    return show(
      'Contact',
      <>
        <h1 class="govuk-heading-l">Contact</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <SafeContact personId={person.id} known={safe} mayWrite={mayWrite} />
        {[...engagements.values()].map(
          (allocation) =>
            allocation.endedAt === null && (
              <Standing
                key={allocation.allocationId}
                allocation={allocation}
                standing={standings.get(allocation.allocationId)}
                most={most}
              />
            ),
        )}
        {asker.role === 'caseworker' && (
          <div class="govuk-button-group">
            <Button href={contactsAddress(person.id, 'new')}>Record a contact</Button>
            {mayWrite && (
              <Button href={contactsAddress(person.id, 'plan')} classes="govuk-button--secondary">
                Plan a contact
              </Button>
            )}
          </div>
        )}
        {planned.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Planned</h2>
            <ul class="govuk-list govuk-list--spaced">
              {planned.map((contact) => (
                <li key={contact.id}>
                  <Planned contact={contact} mayRecord={mayRecord(contact)} />
                </li>
              ))}
            </ul>
          </>
        )}
        <h2 class="govuk-heading-m">{isNewest ? 'Made and tried' : 'Made and tried before'}</h2>
        {entries.length === 0 ? (
          <p class="govuk-body">
            {asker.role === 'caseworker' && isNewest
              ? 'Nothing yet. Record each contact, and each try.'
              : 'Nothing.'}
          </p>
        ) : (
          <ol class="hw-timeline">
            {entries.map((entry) => (
              <li key={entry.id} class="hw-timeline__item">
                <Logged entry={entry} mayChange={mayRecord} />
              </li>
            ))}
          </ol>
        )}
        {(!isNewest || more) && (
          <Pagination
            previous={
              isNewest
                ? undefined
                : { href: contactsPage.url({ person: person.id }), text: 'Back to the newest' }
            }
            next={
              more && last
                ? {
                    href: contactsPage.url({ person: person.id }, { before: last.id }),
                    text: 'Show what was before',
                  }
                : undefined
            }
          />
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

function Planned({ contact, mayRecord }: { contact: LoggedContact; mayRecord: boolean }) {
  const when = contact.plannedFor === null ? '' : formatLondon(contact.plannedFor);
  return (
    <>
      {when}: {contactInWords(contact)}
      {contact.place !== '' && (
        <>
          , <bdi>{contact.place}</bdi>
        </>
      )}
      , <bdi>{contact.workerName}</bdi>
      {mayRecord && (
        <>
          <br />
          <a class="govuk-link" href={contactAddress(contact.id)}>
            Record what came of it<span class="govuk-visually-hidden">, {when}</span>
          </a>
        </>
      )}
    </>
  );
}

function Logged({ entry, mayChange }: { entry: LogEntry; mayChange: (contact: LoggedContact) => boolean }) {
  const when = formatLondon(entry.at);
  if (entry.from === 'note') {
    return (
      <>
        <p class="hw-timeline__title">{wordFor(noteKinds, entry.kind)}</p>
        <p class="hw-timeline__meta">
          {when}, <bdi>{entry.workerName}</bdi>, <bdi>{entry.organisationName}</bdi>
        </p>
        <a class="govuk-link" href={noteAddress(entry.id)}>
          Read the note<span class="govuk-visually-hidden">, {when}</span>
        </a>
      </>
    );
  }
  const { contact } = entry;
  return (
    <>
      <p class="hw-timeline__title">{contactInWords(contact)}</p>
      <p class="hw-timeline__meta">
        {when}
        {contact.place !== '' && (
          <>
            , <bdi>{contact.place}</bdi>
          </>
        )}
        , <bdi>{contact.workerName}</bdi>
      </p>
      {contact.noteId !== null && (
        <a class="govuk-link" href={noteAddress(contact.noteId)}>
          Read the note<span class="govuk-visually-hidden">, {when}</span>
        </a>
      )}{' '}
      {mayChange(contact) && (
        <>
          {contact.noteId === null && (
            <>
              <a class="govuk-link" href={newNoteAddress(contact.personId, contact.id)}>
                Write a note<span class="govuk-visually-hidden">, {when}</span>
              </a>{' '}
            </>
          )}
          <a class="govuk-link" href={contactAddress(contact.id)}>
            Change<span class="govuk-visually-hidden"> what is recorded, {when}</span>
          </a>
        </>
      )}
    </>
  );
}
