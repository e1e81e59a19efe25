import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Button, Pagination } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import {
  carriedOutRequests,
  currentHolds,
  type DisposalRequest,
  type DueAfter,
  type DueRecord,
  dueRecords,
  type LegalHold,
  openRequests,
  retentionPeriods,
} from '../disposal-queries.ts';
import { groundInWords, recordTypeInWords, stillOpenInWords } from '../retention.ts';
import { disposalAddress } from './disposal-address.ts';

const UUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const place = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})\\.(${UUID})$`);

/** What is due to go, what waits for a second person, what is held, and what went: references and dates, no case. */
export const disposalPage = page({
  path: '/disposal',
  for: ['data-protection-lead', 'operations-manager'],
  query: z.object({
    due: z
      .string()
      .regex(place)
      .transform((after): DueAfter => {
        const [, keepUntil = '', id = ''] = place.exec(after) ?? [];
        return { keepUntil, id };
      })
      .optional()
      .catch(undefined),
    held: z.uuid().optional().catch(undefined),
    gone: z.uuid().optional().catch(undefined),
  }),
  async get({ tx, asker, service, query }) {
    const today = londonDate(service.clock.now());
    const open = await openRequests(tx);
    const waiting = open.filter(({ approvedAt }) => approvedAt === null);
    const approved = open.filter(({ approvedAt }) => approvedAt !== null);
    const due = await dueRecords(tx, today, query.due);
    const held = await currentHolds(tx, query.held);
    const gone = await carriedOutRequests(tx, query.gone);
    return show(
      'Disposal of records',
      <>
        <h1 class="govuk-heading-l">Disposal of records</h1>
        <p class="govuk-body">
          A record is kept for as long as the law and our agreements say, and then destroyed. Two people
          decide: one proposes it and another approves it.
        </p>
        <ul class="govuk-list govuk-list--bullet">
          {(await retentionPeriods(tx, today)).map((period) => (
            <li key={period.recordType}>
              {recordTypeInWords[period.recordType]}: {period.yearsAfterClosing} years after it closed, and
              never less than until they are {period.untilAge}. {period.source}
            </li>
          ))}
        </ul>
        <div class="govuk-button-group">
          <Button href={disposalAddress('propose')} classes="govuk-button--secondary">
            Propose a disposal
          </Button>
          <Button href={disposalAddress('holds/new')} classes="govuk-button--secondary">
            Place a legal hold
          </Button>
        </div>
        <Part title="Waiting for a second person" none="Nothing waits for a second person." items={waiting}>
          <Waiting requests={waiting} me={asker.accountId} />
        </Part>
        {approved.length > 0 && (
          <Part title="Approved, not yet destroyed" none="" items={approved}>
            <p class="govuk-body">This is done within the hour, unless something about it is open again.</p>
            <Approved requests={approved} />
          </Part>
        )}
        <Part title="Due for disposal" none="No record is due." items={due.records}>
          <Due records={due.records} />
          <More
            label="records that are due"
            href={due.next && disposalAddress('', { due: `${due.next.keepUntil}.${due.next.id}` })}
          />
        </Part>
        <Part title="Legal holds" none="No record is under a legal hold." items={held.holds}>
          <Holds holds={held.holds} />
          <More label="legal holds" href={held.next && disposalAddress('', { held: held.next })} />
        </Part>
        <Part title="Destroyed" none="No record has been destroyed yet." items={gone.requests}>
          <Gone requests={gone.requests} />
          <More label="destroyed records" href={gone.next && disposalAddress('', { gone: gone.next })} />
        </Part>
      </>,
    );
  },
});

interface PartProps {
  title: string;
  none: string;
  items: readonly unknown[];
  children: ComponentChildren;
}

function Part({ title, none, items, children }: PartProps) {
  return (
    <section class="govuk-!-margin-bottom-7">
      <h2 class="govuk-heading-m">{title}</h2>
      {items.length === 0 ? <p class="govuk-body">{none}</p> : children}
    </section>
  );
}

function More({ label, href }: { label: string; href: string | undefined }) {
  return href === undefined ? null : (
    <Pagination landmarkLabel={`More ${label}`} next={{ href, text: 'Show more' }} />
  );
}

const reference = (text: string) => ({ text: <span class="hw-reference">{text}</span> });
const date = (day: PlainDate) => ({ text: formatDate(day) });
const at = (instant: Date) => ({ text: formatLondon(instant) });
// By its label and not by hidden words: those would lie outside the part that scrolls, and widen the page.
const link = (href: string, words: string, what: string) => ({
  text: (
    <a class="govuk-link" href={href} aria-label={`${words} ${what}`}>
      {words}
    </a>
  ),
});
const heads = (...titles: string[]) => titles.map((text) => ({ text }));

function Waiting({ requests, me }: { requests: readonly DisposalRequest[]; me: string }) {
  return (
    <ScrollingTable
      about="Proposals to decide"
      caption="Proposals to decide"
      captionClasses="govuk-visually-hidden"
      firstCellIsHeader
      head={heads('Reference', 'Why', 'Proposed by', 'When', 'Decision')}
      rows={requests.map((request) => [
        reference(request.reference),
        { text: groundInWords(request.ground) },
        { text: <span dir="auto">{request.requestedByName}</span> },
        at(request.requestedAt),
        request.requestedBy === me
          ? { text: 'Somebody else decides' }
          : link(disposalAddress(`requests/${request.id}`), 'Decide', request.reference),
      ])}
    />
  );
}

function Approved({ requests }: { requests: readonly DisposalRequest[] }) {
  return (
    <ScrollingTable
      about="Approved disposals"
      caption="Approved disposals"
      captionClasses="govuk-visually-hidden"
      firstCellIsHeader
      head={heads('Reference', 'Why', 'Approved by', 'Waits for')}
      rows={requests.map((request) => [
        reference(request.reference),
        { text: groundInWords(request.ground) },
        { text: <span dir="auto">{request.decidedByName}</span> },
        { text: waitsFor(request) },
      ])}
    />
  );
}

function waitsFor({ isHeld, open }: DisposalRequest): string {
  if (isHeld) return 'Its legal hold to be lifted';
  return open.length === 0 ? 'The next run' : `What is open: ${stillOpenInWords(open)}`;
}

function Due({ records }: { records: readonly DueRecord[] }) {
  return (
    <ScrollingTable
      about="Records that are due"
      caption="Records that are due"
      captionClasses="govuk-visually-hidden"
      firstCellIsHeader
      head={heads('Reference', 'Record', 'Closed', 'Kept until', 'Disposal')}
      rows={records.map((record) => [
        reference(record.reference),
        { text: recordInWords(record) },
        date(record.closedOn),
        date(record.keepUntil),
        link(disposalAddress('propose', { subject: record.id }), 'Propose', record.reference),
      ])}
    />
  );
}

function recordInWords({ kind, recordType }: DueRecord): string {
  if (kind === 'referral') return 'Referral with no person';
  return recordType === 'supported' ? 'Supported' : 'Referred, not supported';
}

function Holds({ holds }: { holds: readonly LegalHold[] }) {
  return (
    <ScrollingTable
      about="Legal holds in force"
      caption="Legal holds in force"
      captionClasses="govuk-visually-hidden"
      firstCellIsHeader
      head={heads('Reference', 'Why', 'Placed by', 'Since', 'Lift')}
      rows={holds.map((hold) => [
        reference(hold.reference),
        {
          text: (
            <span class="hw-text" dir="auto">
              {hold.reason}
            </span>
          ),
        },
        { text: <span dir="auto">{hold.placedByName}</span> },
        at(hold.placedAt),
        link(disposalAddress(`holds/${hold.id}/lift`), 'Lift', hold.reference),
      ])}
    />
  );
}

function Gone({ requests }: { requests: readonly DisposalRequest[] }) {
  return (
    <>
      <p class="govuk-body">
        Their references are gone too. Until the database’s files have been written anew, somebody who takes
        the disk could still find traces: <code>homeward dispose</code> does it.
      </p>
      <ScrollingTable
        about="Records that were destroyed"
        caption="Records that were destroyed"
        captionClasses="govuk-visually-hidden"
        head={heads('Destroyed', 'Why', 'Proposed by', 'Approved by', 'Files written anew')}
        rows={requests.map((request) => [
          request.carriedOutAt ? at(request.carriedOutAt) : { text: '' },
          { text: groundInWords(request.ground) },
          { text: <span dir="auto">{request.requestedByName}</span> },
          { text: <span dir="auto">{request.decidedByName}</span> },
          request.erasedAt ? at(request.erasedAt) : { text: 'Not yet' },
        ])}
      />
    </>
  );
}
