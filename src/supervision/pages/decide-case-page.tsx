import { z } from 'zod';
import { AboutPerson, findPerson, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import {
  findNote,
  lastSignOffOf,
  NoteText,
  noteAddress,
  noteKinds,
  SignOffInWords,
  writeNote,
} from '../../support/index.ts';
import { signOffNote } from '../supervision-commands.ts';

const MOST = 5_000;

/** Records on the case what was decided in supervision. What was said of the worker belongs elsewhere. */
export const decideCasePage = page({
  path: '/people/:person/supervision',
  for: ['provider-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    present: text({ called: 'Who was there', most: 500, needed: 'Enter who was there' }),
    talkedOf: text({ called: 'What was talked about', most: MOST, lines: 'many' }),
    decision: text({
      called: 'What was decided',
      most: MOST,
      needed: 'Enter what was decided, by whom it is done and by when',
      lines: 'many',
    }),
  }),

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry();
    return show(
      'Record a decision in supervision',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Record a decision in supervision</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          It becomes a case note: whoever works the case reads it, and the young person may. What concerns the
          worker alone, their wellbeing or how they work, is recorded with the worker and not here.
        </p>
        <Form autosave>
          <TextQuestion name="present" label="Who was there" entry={typed} />
          <LongTextQuestion
            name="talkedOf"
            label="What was talked about (optional)"
            entry={typed}
            most={MOST}
            rows={4}
          />
          <LongTextQuestion
            name="decision"
            label="What was decided"
            hint="What is done, by whom and by when"
            entry={typed}
            most={MOST}
            rows={5}
          />
          <p class="hw-autosave" data-autosave-status></p>
          <Button preventDoubleClick>Record the decision</Button>
        </Form>
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, { present, talkedOf, decision }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await writeNote(tx, asker, person.id, {
      kind: 'supervision-decision',
      happenedAt: service.clock.now(),
      present,
      sharedText: '',
      fact: decision,
      voice: '',
      opinion: talkedOf,
      thirdParty: '',
    });
    return redirect(personAddress(person.id), { notice: 'The decision is recorded on the case' });
  },
});

/** The manager's word on a note that needs it. */
export const signOffNotePage = page({
  path: '/notes/:note/sign-off',
  for: ['provider-manager'],
  params: z.object({ note: z.uuid() }),
  form: z.object({
    comment: text({ called: 'Comment', most: 2_000, lines: 'many' }),
    version: z.coerce.number().int().positive().max(MOST_INTEGER),
  }),

  async get({ tx, params, entry }) {
    const note = await findNote(tx, params.note);
    const person = note && (await findPerson(tx, note.personId));
    if (!note || !person || note.removal !== null) return missing();
    await recordLook(tx, {
      action: 'view-note',
      subject: { kind: 'case-note', id: note.id },
      personId: person.id,
    });
    const before = await lastSignOffOf(tx, note.id);
    const typed = entry();
    return show(
      'Sign off a note',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Sign off a note</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          {wordFor(noteKinds, note.kind)}, {formatLondon(note.happenedAt)}, by <bdi>{note.authorName}</bdi>
        </p>
        {before && (
          <p class="govuk-body">
            Signed off: <SignOffInWords note={note} signOff={before} />
            <br />
            <a class="govuk-link" href={noteAddress(note.id)}>
              What it said before
            </a>
          </p>
        )}
        <h2 class="govuk-heading-m">The note</h2>
        <div class="hw-note">
          <NoteText note={note} level={3} />
        </div>
        <Form>
          <input type="hidden" name="version" value={note.version} />
          <LongTextQuestion
            name="comment"
            label="Comment (optional)"
            hint="It is kept with the note, and whoever wrote the note is told that you commented"
            entry={typed}
            most={2_000}
            rows={3}
          />
          <Button preventDoubleClick>Sign off</Button>
        </Form>
      </>,
      { backTo: '/supervision' },
    );
  },

  async post({ tx, asker, service, params }, { comment, version }) {
    const note = await findNote(tx, params.note);
    if (!note || note.removal !== null) return missing();
    if (note.authorId === asker.accountId)
      return refuse({ field: 'comment', message: 'You wrote this note: another manager signs it off' });
    if (note.version !== version)
      return refuse({
        field: 'comment',
        message: 'The note was changed since you opened it: read what it says now, then sign it off',
      });
    const signed = await signOffNote(tx, asker, note, comment, service.clock.now());
    return redirect('/supervision', {
      notice: signed ? 'The note is signed off' : 'Somebody had signed the note off already',
    });
  },
});
