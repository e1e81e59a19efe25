import { z } from 'zod';
import { DeathNotice, findPerson, fullName, type PersonSection, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { Button, Pagination } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, show } from '../../platform/http/page.ts';
import { notesAbout } from '../case-note-queries.ts';
import { readersOfNotes } from './note-page.tsx';
import { Notes } from './note-text.tsx';
import { newNoteAddress } from './support-addresses.ts';

/** How many notes a young person's own page has, and how many a page of older ones. */
const NEWEST = 10;
const A_PAGE = 20;

/** The newest case notes, on a young person's page. */
export const notesSection: PersonSection = {
  for: readersOfNotes,
  look: 'view-person-and-notes',
  async show({ tx, asker, person }) {
    const { notes, more } = await notesAbout(tx, person.id, { most: NEWEST });
    const [last] = notes.slice(-1);
    return (
      <>
        <h2 class="govuk-heading-m">Case notes</h2>
        {asker.role === 'caseworker' && <Button href={newNoteAddress(person.id)}>Add a note</Button>}
        {notes.length === 0 && (
          <p class="govuk-body">
            {asker.role === 'caseworker'
              ? 'No notes yet. Write one after each contact, and after each try to make contact.'
              : 'No notes yet.'}
          </p>
        )}
        <Notes notes={notes} />
        {more && last && (
          <Pagination
            next={{
              href: personNotesPage.url({ person: person.id }, { before: last.id }),
              text: 'Show older notes',
            }}
          />
        )}
      </>
    );
  },
};

/** A young person's case notes, the newest first, a page at a time. */
export const personNotesPage = page({
  path: '/people/:person/notes',
  for: readersOfNotes,
  params: z.object({ person: z.uuid() }),
  query: z.object({ before: z.uuid().optional() }),
  async get({ tx, asker, params, query }): Promise<Answer> {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-notes',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const { notes, more } = await notesAbout(tx, person.id, { before: query.before, most: A_PAGE });
    const [last] = notes.slice(-1);
    return show(
      'Case notes',
      <>
        <h1 class="govuk-heading-l">Case notes</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        {asker.role === 'caseworker' && <Button href={newNoteAddress(person.id)}>Add a note</Button>}
        {notes.length === 0 ? (
          <p class="govuk-body">There are no {query.before === undefined ? 'notes yet' : 'older notes'}.</p>
        ) : (
          <>
            <h2 class="govuk-visually-hidden">Notes, the newest first</h2>
            <Notes notes={notes} />
          </>
        )}
        {(query.before !== undefined || more) && (
          <Pagination
            previous={
              query.before === undefined
                ? undefined
                : { href: personNotesPage.url({ person: person.id }), text: 'Back to the newest' }
            }
            next={
              more && last
                ? {
                    href: personNotesPage.url({ person: person.id }, { before: last.id }),
                    text: 'Show older notes',
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
