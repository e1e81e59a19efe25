import { z } from 'zod';
import { findPerson, fullName, type Names, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { spread, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Checkboxes, InsetText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { MOST_CHARACTERS, noteFieldInWords, whenItHappened } from '../case-note.ts';
import { writeNoteForSeveral } from '../case-note-commands.ts';
import { lastKept } from '../kept-drafts.ts';
import { whomTheyWorkWith, workOfDay } from '../my-day-queries.ts';
import { namesInText } from '../names-in-text.ts';
import { othersInText } from '../others-in-text.ts';
import { faultOf } from './new-note-page.tsx';
import { happenedAsTyped, LastKept, NoteHead, noteHead, optional } from './note-form.tsx';
import { newNoteAddress, noteForSeveralAddress } from './support-addresses.ts';

/** The most young people that a worker is offered: more than anybody can carry. */
const MOST_OFFERED = 100;

interface Chosen extends Names {
  personId: string;
}

/**
 * Writes one note about several young people: what is said of all of them, in words that name nobody, and what is said of
 * each. Each has a note of their own of it, which tells nothing of the others.
 */
export const noteForSeveralPage = page({
  path: '/people/:person/notes/new/several',
  for: ['caseworker'],
  params: z.object({ person: z.uuid() }),
  query: z.object({ restore: z.string().optional() }),
  form: z.object({
    ...noteHead,
    sharedText: text({
      called: noteFieldInWords.sharedText,
      most: MOST_CHARACTERS.sharedText,
      needed: 'Enter what happened, in words that name nobody',
      lines: 'many',
    }),
    tellsOfNobody: z.enum(['yes']).optional().catch(undefined),
    also: z
      .array(z.uuid({ error: 'Choose who else it is about' }))
      .default([])
      .register(spread, { as: 'many' }),
  }),

  async get({ tx, asker, service, params, query, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const others = await othersOf(tx, asker, londonDate(service.clock.now()), person.id);
    await recordLook(tx, {
      action: 'view-caseload',
      subject: { kind: 'team', id: asker.teamId },
      personId: null,
    });
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry(happenedAsTyped(service.clock.now()));
    const gone = notAmong(others, [...typed.values('also'), ...typed.values('gone')]);
    const keptAt =
      query.restore === 'yes' ? await lastKept(tx, asker, noteForSeveralAddress(person.id)) : null;
    return show(
      'Add a note about several young people',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Add a note about several young people</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>, and others.
        </p>
        <InsetText>
          Each of them has a note of their own, with what you write about all of them and what you write about
          them alone. Nobody who reads one can tell from it who or how many the others are, as long as what
          you write about all of them names nobody.
        </InsetText>
        {others.length === 0 && (
          <p class="govuk-body">
            You are nobody else’s worker.{' '}
            <a class="govuk-link" href={newNoteAddress(person.id)}>
              Add a note about this young person
            </a>
            .
          </p>
        )}
        {(others.length > 0 || gone.length > 0) && (
          <Form autosave>
            <NoteHead entry={typed} />
            <LongTextQuestion
              name="present"
              label={optional('Which adults were present')}
              hint="Workers and other adults. Do not name any young person: all of the notes say this"
              entry={typed}
              most={MOST_CHARACTERS.present}
              rows={2}
            />
            <LongTextQuestion
              name="sharedText"
              label={noteFieldInWords.sharedText}
              hint="All of the notes say this. Say “the group”, “another young person”, and do not say how many"
              entry={typed}
              most={MOST_CHARACTERS.sharedText}
              rows={8}
            />
            <TellsOfNobody entry={typed} />
            <h2 class="govuk-heading-m">
              About <bdi>{fullName(person)}</bdi> alone
            </h2>
            <Part personId={person.id} entry={typed} />
            {gone.some((personId) => isSaid(personId, typed)) && (
              <InsetText>
                What you wrote about those whom you cannot write about any more is kept here until you save.
                Copy what is still needed: it is not in any of the notes.
              </InsetText>
            )}
            {gone.map((personId) => (
              <GonePart key={personId} personId={personId} entry={typed} />
            ))}
            <Checkboxes
              name="also"
              fieldset={{
                legend: { text: 'Who else it is about', classes: 'govuk-fieldset__legend--m' },
              }}
              hint={{ text: 'Those whose worker you are, or stand in for' }}
              values={typed.values('also')}
              errorMessage={
                typed.fault('also') === undefined ? undefined : { text: typed.fault('also') ?? '' }
              }
              items={others.map((other) => ({
                value: other.personId,
                text: <bdi>{fullName(other)}</bdi>,
                conditional: <Part personId={other.personId} entry={typed} />,
              }))}
            />
            <LastKept at={keptAt} />
            <div class="govuk-button-group">
              <Button>Save the notes</Button>
              <a class="govuk-link" href={personAddress(person.id)}>
                Cancel
              </a>
            </div>
          </Form>
        )}
      </>,
      { backTo: newNoteAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPerson(tx, params.person);
    if (!person || form.happenedOn === null) return missing();
    const when = whenItHappened(form.happenedOn, form.happenedTime, service.clock.now());
    if (!when.ok) return refuse(faultOf(when));
    const others = await othersOf(tx, asker, londonDate(service.clock.now()), person.id);
    // Nothing tells who it was: that they are somebody's case may not be the asker's to know any more.
    if (notAmong(others, form.also).length > 0) {
      return refuse({
        field: 'also',
        message:
          'One of those you ticked cannot be written about any more: read what is left, choose again and save',
      });
    }
    const typed = entry();
    const leftOut = others.filter(({ personId }) => !form.also.includes(personId) && isSaid(personId, typed));
    if (leftOut.length > 0) {
      return refuse({
        field: 'also',
        message: `You wrote about ${leftOut.map(fullName).join(' and ')} and did not tick them: tick whom the note is about, or clear what you wrote about them`,
      });
    }
    const chosen = others.filter(({ personId }) => form.also.includes(personId));
    if (chosen.length === 0) return refuse({ field: 'also', message: 'Choose who else it is about' });
    const all: Chosen[] = [{ ...person, personId: person.id }, ...chosen];
    const faults = [...tellingFaults(form, all)];
    const parts = all.map((one) => readPart(one, typed, faults));
    if (faults.length > 0) return refuse(...faults);
    await writeNoteForSeveral(tx, asker, {
      kind: form.kind,
      happenedAt: when.at,
      present: form.present,
      sharedText: form.sharedText,
      parts,
    });
    return redirect(personAddress(person.id), { notice: 'The notes are saved, one for each young person' });
  },
});

/** Whom else of those they work with the asker may write about. */
async function othersOf(
  tx: Transaction,
  asker: Asker,
  today: PlainDate,
  personId: string,
): Promise<Chosen[]> {
  const theirs = await whomTheyWorkWith(tx, await workOfDay(tx, asker, today), MOST_OFFERED);
  return theirs.filter((other) => other.personId !== personId);
}

/** Those of some people who are not among the people that can be written about, each once. */
function notAmong(people: readonly Chosen[], wanted: readonly string[]): string[] {
  const known = new Set(people.map(({ personId }) => personId));
  return [...new Set(wanted)].filter((personId) => !known.has(personId));
}

const factOf = (personId: string) => `fact-${personId}`;
const voiceOf = (personId: string) => `voice-${personId}`;

/** What is said of one of them alone. */
function Part({ personId, entry }: { personId: string; entry: Entry }) {
  return (
    <>
      <LongTextQuestion
        name={factOf(personId)}
        label={optional('What happened, about them alone')}
        entry={entry}
        most={MOST_CHARACTERS.fact}
        rows={4}
      />
      <LongTextQuestion
        name={voiceOf(personId)}
        label={optional('What they said or want')}
        entry={entry}
        most={MOST_CHARACTERS.voice}
        rows={3}
      />
    </>
  );
}

const isSaid = (personId: string, entry: Entry) =>
  entry.value(factOf(personId)) !== '' || entry.value(voiceOf(personId)) !== '';

/** What was said of somebody who cannot be written about any more, who is not named: to copy it, and not lost by a fault elsewhere. */
function GonePart({ personId, entry }: { personId: string; entry: Entry }) {
  if (!isSaid(personId, entry)) return null;
  return (
    <>
      <input type="hidden" name="gone" value={personId} />
      <Part personId={personId} entry={entry} />
    </>
  );
}

/** Reads what was typed about one of them alone, which the schema of the form cannot know of. */
function readPart(one: Chosen, entry: Entry, faults: Fault[]) {
  const read = (field: string, called: string, most: number): string => {
    const typed = text({ called: `${called} (${fullName(one)})`, most, lines: 'many' }).safeParse(
      entry.value(field),
    );
    if (typed.success) return typed.data;
    faults.push({ field, message: typed.error.issues[0]?.message ?? `${called} cannot be kept` });
    return '';
  };
  return {
    personId: one.personId,
    fact: read(factOf(one.personId), 'What happened', MOST_CHARACTERS.fact),
    voice: read(voiceOf(one.personId), 'What they said or want', MOST_CHARACTERS.voice),
  };
}

/**
 * Names of theirs in what all of the notes would say, and how many they are, unless its author has looked and says that it tells
 * of nobody else.
 */
function* tellingFaults(
  form: { sharedText: string; present: string; tellsOfNobody?: 'yes' | undefined },
  people: readonly Names[],
): Generator<Fault> {
  if (form.tellsOfNobody === 'yes') return;
  for (const field of ['present', 'sharedText'] as const) {
    const names = namesInText(form[field], people);
    const others = othersInText(form[field]);
    if (names.length + others.length > 0) {
      const told = [
        names.length === 1 ? 'a name of one of them' : names.length > 1 ? 'names of theirs' : '',
        others.length > 0 ? 'how many they are, or that there are others' : '',
      ];
      yield {
        field,
        message: `All of the notes would say “${[...names, ...others].join('”, “')}”, which gives away ${told.filter((each) => each !== '').join(' and ')}: write it otherwise, or say below that it tells of nobody else`,
      };
    }
  }
}

/** Asked where a word was found that is somebody's name or says how many: it may be another's, or an ordinary word. */
function TellsOfNobody({ entry }: { entry: Entry }) {
  const wasFound = entry.fault('sharedText') !== undefined || entry.fault('present') !== undefined;
  if (!wasFound && entry.value('tellsOfNobody') === '') return null;
  return (
    <Checkboxes
      name="tellsOfNobody"
      values={entry.values('tellsOfNobody')}
      items={[{ value: 'yes', text: 'I have read it again: it tells of nobody else' }]}
    />
  );
}
