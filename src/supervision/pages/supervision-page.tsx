import { z } from 'zod';
import type { Threshold } from '../../organisations/index.ts';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { wordFor } from '../../reference/code-lists.ts';
import { riskLevels } from '../../safeguarding/index.ts';
import { noteKinds } from '../../support/index.ts';
import {
  isSilent,
  notesToSignOff,
  type SilentCase,
  type SupervisedCase,
  silentCases,
  supervisedCases,
  supervisedWorkers,
} from '../supervision-queries.ts';
import { decideCasePage, signOffNotePage } from './decide-case-page.tsx';

/** As many as are counted on the page that a manager begins with. */
const MOST_SHOWN = 100;

/** Everybody's work, and what waits for the manager's word. */
export const supervisionPage = page({
  path: '/supervision',
  for: ['provider-manager'],
  async get({ tx, asker, service }) {
    if (asker.organisationId === null) return missing();
    const today = londonDate(service.clock.now());
    const { 'without-contact': without, 'note-sign-off': signOff } = await thresholdsOn(tx, today);
    const workers = await supervisedWorkers(tx, asker.organisationId);
    const silent = await silentCases(tx, asker.organisationId, { without, today, most: MOST_SHOWN });
    const { notes, more } = await notesToSignOff(tx, asker.organisationId, MOST_SHOWN);
    await recordLook(tx, {
      action: 'view-supervision',
      subject: { kind: 'organisation', id: asker.organisationId },
      personId: null,
    });
    return show(
      'Supervision',
      <>
        <h1 class="govuk-heading-l">Supervision</h1>
        {workers.length === 0 ? (
          <p class="govuk-body">Your provider works with nobody now.</p>
        ) : (
          <ScrollingTable
            about="Whose cases to look at, the heaviest caseload first"
            caption="Whose cases to look at, the heaviest caseload first"
            captionClasses="govuk-table__caption--m"
            head={['Worker', 'Cases', 'Weight', 'Notes to sign off'].map((heading) => ({ text: heading }))}
            rows={workers.map((worker) => [
              {
                text: (
                  <a class="govuk-link" href={workersCasesPage.url({ worker: worker.workerId ?? 'nobody' })}>
                    <bdi>{worker.name ?? 'Nobody yet'}</bdi>
                  </a>
                ),
              },
              { text: String(worker.cases) },
              { text: String(worker.used) },
              { text: String(worker.notesToSignOff) },
            ])}
          />
        )}
        <Silent cases={silent} without={without} />
        <section aria-labelledby="notes">
          <h2 class="govuk-heading-m" id="notes">
            Notes to sign off
          </h2>
          {notes.length === 0 ? (
            <p class="govuk-body">No note waits for you.</p>
          ) : (
            <ul class="govuk-list govuk-list--spaced">
              {notes.map((note) => (
                <li key={note.noteId}>
                  <a class="govuk-link" href={signOffNotePage.url({ note: note.noteId })}>
                    {wordFor(noteKinds, note.kind)}, {formatLondon(note.happenedAt)}
                  </a>{' '}
                  about <bdi>{fullName(note)}</bdi>, by <bdi>{note.authorName}</bdi>.{' '}
                  <SignOffBy day={dueOn(londonDate(note.writtenAt), signOff)} today={today} />
                </li>
              ))}
            </ul>
          )}
          {more && <p class="govuk-body">There are more. They come as you sign these off.</p>}
        </section>
      </>,
    );
  },
});

/** By when a note is to be signed off, and whether that is over. */
function SignOffBy({ day, today }: { day: PlainDate; today: PlainDate }) {
  return day < today ? (
    <Tag classes="govuk-tag--red">Was to be signed off by {formatDate(day)}</Tag>
  ) : (
    <>To be signed off by {formatDate(day)}</>
  );
}

/** Young people with whom nobody has spoken for too long, whoever works with them. */
function Silent({ cases, without }: { cases: readonly SilentCase[]; without: Threshold }) {
  const span = `${without.value} ${without.unit}`;
  return (
    <section aria-labelledby="without-contact">
      <h2 class="govuk-heading-m" id="without-contact">
        Not spoken with for {span} or more
      </h2>
      {cases.length === 0 ? (
        <p class="govuk-body">Nobody has waited so long.</p>
      ) : (
        <ScrollingTable
          about={`Young people not spoken with for ${span} or more`}
          caption={cases.length === MOST_SHOWN ? `The ${MOST_SHOWN} longest` : 'The longest first'}
          head={['Young person', 'Worker', 'Last spoken with', 'What to do'].map((text) => ({ text }))}
          rows={cases.map((one) => [
            {
              text: (
                <a class="govuk-link" href={personAddress(one.personId)}>
                  <bdi>{fullName(one)}</bdi>
                </a>
              ),
            },
            { text: <bdi>{one.workerName ?? 'Nobody yet'}</bdi> },
            {
              text:
                one.lastSpokenAt === null
                  ? `Not yet, since ${formatDate(londonDate(one.since))}`
                  : formatDate(londonDate(one.lastSpokenAt)),
            },
            { text: <Decide personId={one.personId} name={fullName(one)} /> },
          ])}
        />
      )}
    </section>
  );
}

function Decide({ personId, name }: { personId: string; name: string }) {
  return (
    <a class="govuk-link" href={decideCasePage.url({ person: personId })}>
      Record a decision
      <span class="govuk-visually-hidden">
        {' '}
        about <bdi>{name}</bdi>
      </span>
    </a>
  );
}

/** One worker's cases, the longest without contact first. */
export const workersCasesPage = page({
  path: '/supervision/:worker',
  for: ['provider-manager'],
  params: z.object({ worker: z.union([z.uuid(), z.literal('nobody')]) }),
  async get({ tx, asker, service, params }) {
    if (asker.organisationId === null) return missing();
    const today = londonDate(service.clock.now());
    const workerId = params.worker === 'nobody' ? null : params.worker;
    const cases = await supervisedCases(tx, asker.organisationId, workerId, today);
    const [first] = cases;
    if (!first && workerId !== null) return missing();
    await recordLook(tx, {
      action: 'view-supervision',
      subject: { kind: 'account', id: workerId },
      personId: null,
    });
    const without = (await thresholdsOn(tx, today))['without-contact'];
    const name = workerId === null ? 'Cases that nobody works yet' : `Cases of ${first?.workerName ?? ''}`;
    return show(
      name,
      <>
        <h1 class="govuk-heading-l">{name}</h1>
        {cases.length === 0 && <p class="govuk-body">There are none.</p>}
        {cases.map((one) => (
          <CaseInBrief key={one.allocationId} one={one} today={today} without={without} />
        ))}
      </>,
      { backTo: supervisionPage.url() },
    );
  },
});

function CaseInBrief({ one, today, without }: { one: SupervisedCase; today: PlainDate; without: Threshold }) {
  const spoken = one.lastSpokenAt === null ? null : londonDate(one.lastSpokenAt);
  return (
    <section class="hw-note" aria-label={fullName(one)}>
      <h2 class="govuk-heading-s govuk-!-margin-bottom-1">
        <a class="govuk-link" href={personAddress(one.personId)}>
          <bdi>{fullName(one)}</bdi>
        </a>
      </h2>
      <ul class="govuk-list">
        <li>
          Since {formatDate(londonDate(one.since))}, weight {one.weight}
        </li>
        <li>
          {spoken === null ? 'Nobody has spoken with them yet' : `Last spoken with ${formatDate(spoken)}`}{' '}
          {isSilent(one, without, today) && <Tag classes="govuk-tag--red">Too long</Tag>}
        </li>
        <li>
          {one.riskLevel === null
            ? 'Risk not assessed'
            : `Risk ${wordFor(riskLevels, one.riskLevel).toLowerCase()}`}{' '}
          {one.riskReviewOn !== null && one.riskReviewOn < today && (
            <Tag classes="govuk-tag--red">To be looked at again since {formatDate(one.riskReviewOn)}</Tag>
          )}
        </li>
        {one.planOverdueSince !== null && (
          <li>
            <Tag classes="govuk-tag--red">Review overdue since {formatDate(one.planOverdueSince)}</Tag>
          </li>
        )}
        {one.openConcerns > 0 && (
          <li>
            <a class="govuk-link" href={`${personAddress(one.personId)}/concerns`}>
              {one.openConcerns === 1 ? '1 open concern' : `${one.openConcerns} open concerns`}
            </a>
          </li>
        )}
        {one.notesToSignOff > 0 && (
          <li>{one.notesToSignOff === 1 ? '1 note' : `${one.notesToSignOff} notes`} to sign off</li>
        )}
        <li>
          {one.lastSupervisedAt === null
            ? 'Not yet decided on in supervision'
            : `Decided on in supervision ${formatDate(londonDate(one.lastSupervisedAt))}`}
        </li>
      </ul>
      <p class="govuk-body govuk-!-margin-bottom-0">
        <Decide personId={one.personId} name={fullName(one)} />
      </p>
    </section>
  );
}
