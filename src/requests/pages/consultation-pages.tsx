import { sql } from 'kysely';
import { z } from 'zod';
import { bornInWords, findPerson, type Person } from '../../people/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Details, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { ethnicities, genders, wordFor } from '../../reference/code-lists.ts';
import { KeptAnswers, keptAnswers, kindInWords, type ReferralKind } from '../../referrals/index.ts';
import { MOST_CHARACTERS } from '../request.ts';
import { writeConsultationNote } from '../request-commands.ts';
import { type About, consultationNotesOf, findRequest } from '../request-queries.ts';
import { answering, answeringForm, answeringPage } from './answering.tsx';
import { ConsultationNotes } from './consultation-notes.tsx';
import { lookAtRequest } from './request-page.tsx';
import { aboutInWords, titleOf } from './request-parts.tsx';

const params = z.object({ request: z.uuid() });

/** A case consultation: what is asked, who the young person is, what their referrals say, the notes and the advice. */
export const consultationPage = page({
  path: '/consultations/:request',
  for: ['gender-consultant'],
  params,
  form: answeringForm,
  async get({ tx, asker, service, params, entry }) {
    const request = await lookAtRequest(tx, params.request, { kind: 'consultation' });
    if (!request) return missing();
    const { personId } = request.about;
    const person = personId === null ? null : await findPerson(tx, personId);
    const referrals = await referralsOf(tx, request.about);
    const notes = await consultationNotesOf(tx, request.id);
    return answeringPage({
      request,
      asker,
      service,
      entry,
      readBy:
        'Whoever asked reads this, and it stays with the record. What is for you alone belongs in your notes.',
      label: 'Your advice',
      hint: 'What you would do, in which order, and what to look out for',
      children: (
        <>
          {person && <YoungPerson person={person} />}
          {referrals.length > 0 && (
            <h2 class="govuk-heading-m">{referrals.length === 1 ? 'The referral' : 'Referrals'}</h2>
          )}
          {referrals.map((referral) => (
            <Details key={referral.id} summaryText={`What referral ${referral.reference} says`}>
              <p class="govuk-body">
                {kindInWords[referral.kind]}, received {formatDate(londonDate(referral.received_at))}
              </p>
              <KeptAnswers answers={keptAnswers.parse(referral.answers)} />
            </Details>
          ))}
          <ConsultationNotes notes={notes} />
          <p class="govuk-body">
            <a class="govuk-link" href={newConsultationNotePage.url({ request: request.id })}>
              Write a note
            </a>
          </p>
        </>
      ),
    });
  },
  async post({ tx, asker, service, params }, form) {
    return await answering(tx, { asker, service }, { id: params.request, kind: 'consultation' }, form);
  },
});

/** Writes a note of a consultation, which those who asked do not read. */
export const newConsultationNotePage = page({
  path: '/consultations/:request/notes/new',
  for: ['gender-consultant'],
  params,
  form: z.object({
    note: text({
      called: 'The note',
      most: MOST_CHARACTERS.note,
      needed: 'Enter the note',
      lines: 'many',
    }),
  }),
  async get({ tx, params, entry }) {
    const request = await lookAtRequest(tx, params.request, { kind: 'consultation' });
    if (!request) return missing();
    const typed = entry();
    const title = 'Write a note';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          {titleOf(request)}: {aboutInWords(request.about)}
        </p>
        <h1 class="govuk-heading-l">{title}</h1>
        <Form autosave>
          <LongTextQuestion
            name="note"
            label="Note"
            hint="For the gender consultants and the operations manager. Whoever asked does not read it"
            entry={typed}
            most={MOST_CHARACTERS.note}
            rows={10}
          />
          <Button preventDoubleClick>Save the note</Button>
        </Form>
      </>,
      { backTo: consultationPage.url({ request: request.id }) },
    );
  },
  async post({ tx, asker, service, params }, { note }) {
    const request = await findRequest(tx, params.request, 'consultation');
    if (!request) return missing();
    await writeConsultationNote(tx, { asker, clock: service.clock }, request, note);
    return redirect(consultationPage.url({ request: request.id }), { notice: 'The note is saved' });
  },
});

function YoungPerson({ person }: { person: Person }) {
  return (
    <>
      <h2 class="govuk-heading-m">The young person</h2>
      <SummaryList
        rows={[
          ...(person.knownAs === '' ? [] : [['Known as', <bdi>{person.knownAs}</bdi>] as const]),
          ['Date of birth', bornInWords(person)] as const,
          ['Gender', wordFor(genders, person.gender)] as const,
          ['Ethnicity', wordFor(ethnicities, person.ethnicity)] as const,
          ['Borough responsible', person.areaName] as const,
        ].map(([key, value]) => ({ key: { text: key }, value: { text: value } }))}
      />
    </>
  );
}

interface ReferralRow {
  id: string;
  reference: string;
  kind: ReferralKind;
  received_at: Date;
  answers: unknown;
}

/** Most of the referrals of one young person that a consultation shows. */
const MOST_REFERRALS = 20;

/** The referrals that a consultation is about: the one it names, else those of the young person. */
async function referralsOf(tx: Transaction, { referralId, personId }: About): Promise<ReferralRow[]> {
  const which = referralId === null ? sql`person_id = ${personId}` : sql`id = ${referralId}`;
  const found = await sql<ReferralRow>`
    select id, reference, kind, received_at, answers from service.referral
    where ${which} order by received_at desc, id desc limit ${MOST_REFERRALS}`.execute(tx);
  return found.rows;
}
