import { z } from 'zod';
import { recordCommand } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { choice, MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Tag, WarningText } from '../../platform/govuk/index.ts';
import { type Answer, download, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { codesOf, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { type HeldSection, NOT_IN_A_COPY, newSince, type PartRead, partOf } from '../held.ts';
import {
  digestOf,
  type HeldField,
  isRedacted,
  type Mark,
  marksAt,
  outdatedMarks,
  redactionReasons,
  showReasons,
  stands,
  stretchesOf,
} from '../redaction.ts';
import { findRightsRequest, type RightsRequest, referenceOf } from '../request-queries.ts';
import {
  endMark,
  isReadyForExport,
  markForRedaction,
  marksOf,
  PROVED_WITHIN,
  partsReadBy,
  readSubjectAccess,
  recordPartRead,
} from '../subject-access.ts';
import { type CopyKind, recordedInWords, Stretches, subjectAccessCopy } from '../subject-access-copy.tsx';
import { requestAddress } from './request-address.ts';

const MOST_PASSAGE = 500;
const allReasons = [...redactionReasons, ...showReasons] as const;
const version = z.coerce.number().int().positive().max(MOST_INTEGER);

async function readyRequest(
  tx: Transaction,
  id: string,
): Promise<(RightsRequest & { personId: string }) | null> {
  const request = await findRightsRequest(tx, id);
  return request && isReadyForExport(request) ? request : null;
}

/** Everything that is held, a section at a time, with what is to be blacked out. */
export const exportPage = page({
  path: '/rights-requests/:request/export',
  for: ['data-protection-lead'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid() }),
  query: z.object({ part: z.string().max(60).optional().catch(undefined) }),
  form: z.object({
    passage: text({
      called: 'The words',
      most: MOST_PASSAGE,
      needed: 'Enter the words that are to be blacked out',
    }),
    reason: choice(codesOf(redactionReasons), 'Choose why they are blacked out'),
  }),
  async get({ tx, asker, params, query, entry }): Promise<Answer> {
    const request = await readyRequest(tx, params.request);
    if (!request) return missing();
    const { sections, marks } = await readSubjectAccess(tx, request.id);
    const chosen = sections.find((section) => partOf(section) === query.part);
    const title = chosen ? chosen.title : 'What is held';
    if (chosen) {
      await recordPartRead(tx, request, chosen);
      return show(
        title,
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          <Held section={chosen} marks={marks} requestId={request.id} />
        </>,
        { backTo: exportPage.url({ request: request.id }) },
      );
    }
    const read = await partsReadBy(tx, request.id, asker.accountId);
    const isAllRead = unreadOf(sections, read).length === 0;
    const typed = entry();
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Read every part. What names or tells of somebody else is proposed to be blacked out; decide about
          each, and black out what the service did not see.
        </p>
        <p class="govuk-body">{NOT_IN_A_COPY}</p>
        <ul class="govuk-list govuk-list--bullet">
          {sections.map((section) => (
            <li>
              <a class="govuk-link" href={exportPage.url({ request: request.id }, { part: partOf(section) })}>
                {section.title}
              </a>
              : {section.records.length} {section.records.length === 1 ? 'entry' : 'entries'},{' '}
              {countRedacted(section, marks)} with something blacked out.{' '}
              <OpenedByReader section={section} read={read.get(partOf(section))} />
              <Outdated count={countOutdated(section, marks)} />
            </li>
          ))}
        </ul>
        <h2 class="govuk-heading-m">Words blacked out wherever they stand</h2>
        <MarksEverywhere marks={marks} requestId={request.id} />
        <Form>
          <LongTextQuestion
            name="passage"
            label="Which words?"
            hint="Such as the name of somebody else. Enter each spelling by itself"
            most={MOST_PASSAGE}
            rows={2}
            entry={typed}
          />
          <ReasonQuestion entry={typed} />
          <Button classes="govuk-button--secondary" preventDoubleClick>
            Black them out
          </Button>
        </Form>
        <h2 class="govuk-heading-m">Copies</h2>
        <ul class="govuk-list">
          <li>
            {isAllRead ? (
              <a class="govuk-link" href={redactedCopyPage.url({ request: request.id })} download>
                Make the redacted copy
              </a>
            ) : (
              <a class="govuk-link" href={unreadPartsPage.url({ request: request.id })}>
                Make the redacted copy
              </a>
            )}
          </li>
          <li>
            <a class="govuk-link" href={notRedactedPage.url({ request: request.id })}>
              Download everything, not redacted
            </a>
          </li>
        </ul>
      </>,
      { backTo: requestAddress(request.id) },
    );
  },
  async post({ tx, service, params }, { passage, reason }): Promise<Answer> {
    const request = await readyRequest(tx, params.request);
    if (!request) return missing();
    await markForRedaction(
      tx,
      request,
      { place: null, decidedOn: null, passage, decision: 'redact', reason },
      service.clock.now(),
    );
    return redirect(exportPage.url({ request: request.id }), { notice: 'The words are blacked out' });
  },
});

/** Whether the reader has opened a part, as it is now. */
function OpenedByReader({ section, read }: { section: HeldSection; read: PartRead | undefined }) {
  if (read === undefined) return <Tag classes="govuk-tag--yellow">You have not opened it</Tag>;
  const news = newSince(section, read);
  return (
    <>
      You opened it on {formatLondon(read.at)}.{' '}
      {news > 0 && (
        <Tag classes="govuk-tag--yellow">
          {news === 1 ? '1 entry is' : `${news} entries are`} new or changed since you opened it
        </Tag>
      )}
    </>
  );
}

/** That there are decisions about words that were changed since. */
function Outdated({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <>
      {' '}
      <Tag classes="govuk-tag--yellow">
        {count === 1
          ? '1 field was changed since it was decided on'
          : `${count} fields were changed since they were decided on`}
      </Tag>
    </>
  );
}

/** Asks whoever makes the copy that is given away, and has not read all of it, whether they mean to. */
export const unreadPartsPage = page({
  path: '/rights-requests/:request/export/unread',
  for: ['data-protection-lead'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid() }),
  async get({ tx, asker, params }): Promise<Answer> {
    const request = await readyRequest(tx, params.request);
    if (!request) return missing();
    const { sections } = await readSubjectAccess(tx, request.id);
    const read = await partsReadBy(tx, request.id, asker.accountId);
    const unread = unreadOf(sections, read);
    if (unread.length === 0) return redirect(exportPage.url({ request: request.id }));
    const title = 'You have not opened all of it';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          The service proposes what to black out. It cannot see everything that names or tells of somebody
          else, and the copy leaves the service. You have not opened, as it is now:
        </p>
        <ul class="govuk-list govuk-list--bullet">
          {unread.map((section) => (
            <li>
              <a class="govuk-link" href={exportPage.url({ request: request.id }, { part: partOf(section) })}>
                {section.title}
              </a>
              . <OpenedByReader section={section} read={read.get(partOf(section))} />
            </li>
          ))}
        </ul>
        <p class="govuk-body">
          If somebody else has read these for you, you can make the copy. That you had not opened them is
          written down.
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={redactedCopyPage.url({ request: request.id })} download>
            I have made sure of these: make the redacted copy
          </a>
        </p>
      </>,
      { backTo: exportPage.url({ request: request.id }) },
    );
  },
});

/** The parts that somebody has not opened as they are now. */
function unreadOf(sections: readonly HeldSection[], read: ReadonlyMap<string, PartRead>): HeldSection[] {
  return sections.filter((section) => {
    const seen = read.get(partOf(section));
    return seen === undefined || newSince(section, seen) > 0;
  });
}

function ReasonQuestion({ entry }: { entry: Parameters<typeof ChoiceQuestion>[0]['entry'] }) {
  return <ChoiceQuestion name="reason" label="Why?" entry={entry} options={optionsOf(redactionReasons)} />;
}

const countRedacted = ({ records }: HeldSection, marks: readonly Mark[]): number =>
  records.filter(({ fields }) => fields.some((field) => isRedacted(stretchesOf(field, marks)))).length;

const countOutdated = ({ records }: HeldSection, marks: readonly Mark[]): number =>
  records
    .filter(({ isEarlier }) => !isEarlier)
    .flatMap(({ fields }) => fields)
    .filter((field) => outdatedMarks(field, marks).length > 0).length;

function MarksEverywhere({ marks, requestId }: { marks: readonly Mark[]; requestId: string }) {
  const everywhere = marks.filter(({ place }) => place === null);
  if (everywhere.length === 0) return <p class="govuk-body">None yet.</p>;
  return (
    <ul class="govuk-list">
      {everywhere.map((mark) => (
        <li>
          <Form action={endMarkPage.url({ request: requestId, mark: mark.id })}>
            <bdi>{mark.passage}</bdi>: {wordFor(redactionReasons, mark.reason).toLowerCase()}{' '}
            <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
              Show again<span class="govuk-visually-hidden"> {mark.passage}</span>
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  );
}

function Held({
  section,
  marks,
  requestId,
}: {
  section: HeldSection;
  marks: readonly Mark[];
  requestId: string;
}) {
  return (
    <>
      {section.records.map((record) => (
        <article>
          <h2 class="govuk-heading-s">{recordedInWords(record)}</h2>
          <dl class="govuk-summary-list">
            {record.fields.map((field) => (
              <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{field.label}</dt>
                <dd class="govuk-summary-list__value">
                  <FieldHeld field={field} marks={marks} />
                  {!record.isEarlier && <WhatWasDecided outdated={outdatedMarks(field, marks)} />}
                </dd>
                <dd class="govuk-summary-list__actions">
                  <a
                    class="govuk-link"
                    href={markPage.url(
                      { request: requestId },
                      {
                        part: partOf(section),
                        row: field.rowId,
                        version: String(record.version),
                        field: field.field,
                      },
                    )}
                  >
                    Decide<span class="govuk-visually-hidden"> about {field.label}</span>
                  </a>
                </dd>
              </div>
            ))}
          </dl>
        </article>
      ))}
    </>
  );
}

/** The lead reads what is blacked out, and that it is. */
function FieldHeld({ field, marks }: { field: HeldField; marks: readonly Mark[] }) {
  const stretches = stretchesOf(field, marks);
  return (
    <>
      <span class="hw-text" dir="auto">
        {field.text}
      </span>
      {isRedacted(stretches) && (
        <p class="govuk-hint">
          They will read: <Stretches stretches={stretches} />
        </p>
      )}
    </>
  );
}

/** What was decided when a field said something else, and is to be decided again. */
function WhatWasDecided({ outdated }: { outdated: readonly Mark[] }) {
  return (
    <>
      {outdated.map((mark) => (
        <p class="govuk-body govuk-!-margin-bottom-1">
          <Tag classes="govuk-tag--yellow">Decide again</Tag> It was decided to{' '}
          {mark.passage !== '' ? (
            <>
              black out <bdi>{mark.passage}</bdi>, and these words do not stand in it now
            </>
          ) : (
            `${mark.decision === 'show' ? 'show it' : 'black it out'}, and it said something else then`
          )}
          .
        </p>
      ))}
    </>
  );
}

/** Decides about one field: blacks out all or some of it, or shows what was proposed to be blacked out. */
export const markPage = page({
  path: '/rights-requests/:request/export/mark',
  for: ['data-protection-lead'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid() }),
  query: z.object({
    part: z.string().max(60).optional().catch(undefined),
    row: z.uuid().optional().catch(undefined),
    version: version.optional().catch(undefined),
    field: z.string().max(60).optional().catch(undefined),
  }),
  form: z.object({
    part: text({ called: 'Part', most: 60, needed: 'Choose a field' }),
    row: z.uuid(),
    version,
    field: text({ called: 'Field', most: 60, needed: 'Choose a field' }),
    decision: choice(['whole', 'passage', 'show'], 'Choose what to do with it'),
    passage: text({ called: 'The words', most: MOST_PASSAGE }),
    reason: choice(codesOf(allReasons), 'Choose why'),
  }),
  async get({ tx, params, query, entry }) {
    const request = await readyRequest(tx, params.request);
    if (!request) return missing();
    const typed = entry({
      part: query.part ?? '',
      row: query.row ?? '',
      version: String(query.version ?? ''),
      field: query.field ?? '',
    });
    const { sections, marks } = await readSubjectAccess(tx, request.id);
    const field = fieldAt(sections, {
      part: typed.value('part'),
      row: typed.value('row'),
      version: Number(typed.value('version')),
      field: typed.value('field'),
    });
    if (!field) return redirect(exportPage.url({ request: request.id }));
    const title = `Decide about: ${field.label}`;
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body hw-text" dir="auto">
          {field.text}
        </p>
        {field.proposal && (
          <p class="govuk-body">
            The service proposes to black it out: {wordFor(redactionReasons, field.proposal).toLowerCase()}.
          </p>
        )}
        {marksAt(field, marks).map((mark) => (
          <Form action={endMarkPage.url({ request: request.id, mark: mark.id })}>
            <p class="govuk-body">
              {mark.decision === 'show' ? (
                'Shown'
              ) : mark.passage === '' ? (
                'Blacked out'
              ) : (
                <>
                  Blacked out: <bdi>{mark.passage}</bdi>
                </>
              )}
              {mark.decidedOn !== digestOf(field) && ', when it said something else'}:{' '}
              {wordFor(allReasons, mark.reason).toLowerCase()}{' '}
              <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">Undo</Button>
            </p>
          </Form>
        ))}
        <Form>
          <input type="hidden" name="part" value={typed.value('part')} />
          <input type="hidden" name="row" value={field.rowId} />
          <input type="hidden" name="version" value={typed.value('version')} />
          <input type="hidden" name="field" value={field.field} />
          <ChoiceQuestion
            name="decision"
            label="What do you decide?"
            entry={typed}
            options={[
              { value: 'whole', text: 'Black out all of it' },
              { value: 'passage', text: 'Black out some words' },
              { value: 'show', text: 'Show it' },
            ]}
          />
          <LongTextQuestion
            name="passage"
            label="Which words? (only to black out some)"
            most={MOST_PASSAGE}
            rows={2}
            entry={typed}
          />
          <ChoiceQuestion name="reason" label="Why?" entry={typed} options={optionsOf(allReasons)} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: exportPage.url({ request: request.id }, { part: typed.value('part') }) },
    );
  },
  async post({ tx, service, params }, { part, row, version, field, decision, passage, reason }) {
    const request = await readyRequest(tx, params.request);
    if (!request) return missing();
    const held = fieldAt((await readSubjectAccess(tx, request.id)).sections, {
      part,
      row,
      version,
      field,
    });
    if (!held) return refuse({ field: 'decision', message: 'There is no such field' });
    const shows = showReasons.some(({ code }) => code === reason);
    if (shows !== (decision === 'show'))
      return refuse({
        field: 'reason',
        message: shows ? 'Choose why it is blacked out' : 'Choose why it can be shown',
      });
    if (decision === 'passage' && passage === '')
      return refuse({ field: 'passage', message: 'Enter the words that are to be blacked out' });
    const mark: Omit<Mark, 'id'> = {
      place: { table: held.table, rowId: row, field },
      decidedOn: digestOf(held),
      passage: decision === 'passage' ? passage : '',
      decision: decision === 'show' ? 'show' : 'redact',
      reason,
    };
    if (decision === 'passage' && !stands(held, mark))
      return refuse({ field: 'passage', message: 'These words do not stand in the field: check them' });
    await markForRedaction(tx, request, mark, service.clock.now());
    return redirect(exportPage.url({ request: request.id }, { part }), {
      notice: 'What you decided is saved',
    });
  },
});

/** A field in the words that somebody was shown: those of one version of its row. */
function fieldAt(
  sections: readonly HeldSection[],
  { part, row, version, field }: { part: string; row: string; version: number; field: string },
): HeldField | undefined {
  return sections
    .filter((section) => partOf(section) === part)
    .flatMap(({ records }) => records)
    .filter((record) => record.rowId === row && record.version === version)
    .flatMap(({ fields }) => fields)
    .find((each) => each.field === field);
}

/** Takes back what was decided. */
export const endMarkPage = page({
  path: '/rights-requests/:request/export/marks/:mark/end',
  for: ['data-protection-lead'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid(), mark: z.uuid() }),
  form: z.object({}),
  async get({ tx, params }) {
    const request = await readyRequest(tx, params.request);
    if (!request || !(await marksOf(tx, request.id)).some(({ id }) => id === params.mark)) return missing();
    return redirect(exportPage.url({ request: request.id }));
  },
  async post({ tx, service, params }) {
    const request = await readyRequest(tx, params.request);
    if (!request || !(await marksOf(tx, request.id)).some(({ id }) => id === params.mark)) return missing();
    await endMark(tx, request, params.mark, service.clock.now());
    return redirect(exportPage.url({ request: request.id }), { notice: 'It is not marked any more' });
  },
});

async function copyOf(
  {
    tx,
    asker,
    service,
    params,
  }: { tx: Transaction; asker: Asker; service: Service; params: { request: string } },
  kind: CopyKind,
) {
  const request = await readyRequest(tx, params.request);
  if (!request) return missing();
  const held = await readSubjectAccess(tx, request.id);
  const unread = unreadOf(held.sections, await partsReadBy(tx, request.id, asker.accountId));
  await recordCommand(tx, {
    action: kind === 'redacted' ? 'make-redacted-copy' : 'download-whole-copy',
    subject: { kind: 'rights-request', id: request.id },
    personId: request.personId,
    detail: { notOpened: unread.map(partOf) },
  });
  const reference = (await referenceOf(tx, request.personId)) ?? '';
  const madeAt = service.clock.now();
  const name = kind === 'redacted' ? 'what-is-held' : 'not-redacted';
  return download(
    `${reference}-${name}-${londonDate(madeAt)}.html`,
    'text/html; charset=utf-8',
    subjectAccessCopy(held, { reference, madeAt, kind }),
  );
}

/** The copy that is given away: what is blacked out is not in it. */
export const redactedCopyPage = page({
  path: '/rights-requests/:request/export/copy',
  for: ['data-protection-lead'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid() }),
  get: (visit) => copyOf(visit, 'redacted'),
});

/** Says what everything is before it is downloaded: one file that names everybody, once it is on a computer of the lead's. */
export const notRedactedPage = page({
  path: '/rights-requests/:request/export/not-redacted',
  for: ['data-protection-lead'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid() }),
  async get({ tx, params }): Promise<Answer> {
    const request = await readyRequest(tx, params.request);
    if (!request) return missing();
    const title = 'Everything, with nothing blacked out';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <WarningText>
          This is not the copy for whoever asked. It names other young people, family and those who raised
          concerns, and says what could put them, or the young person, in danger.
        </WarningText>
        <p class="govuk-body">
          It is one file with all that the service holds about the young person, for you alone: to check the
          redacted copy against it, or for a regulator or a court that is entitled to it. Keep it encrypted,
          send it by no email, and delete it when you have done. That you downloaded it is written down.
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={wholeCopyPage.url({ request: request.id })} download>
            I need all of it: download everything, not redacted
          </a>
        </p>
      </>,
      { backTo: exportPage.url({ request: request.id }) },
    );
  },
});

/** Everything, for the lead alone. */
export const wholeCopyPage = page({
  path: '/rights-requests/:request/export/whole',
  for: ['data-protection-lead'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid() }),
  get: (visit) => copyOf(visit, 'whole'),
});
