import type { ComponentChildren } from 'preact';
import { returnedClosings } from '../../closing/index.ts';
import { thresholdsOn } from '../../organisations/index.ts';
import { fullName, type Names, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import {
  formatDate,
  formatLondon,
  formatTime,
  londonDate,
  londonInstant,
  londonWallTime,
} from '../../platform/clock/london-time.ts';
import { addDays, type PlainDate } from '../../platform/clock/plain-date.ts';
import { Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { concernsAddress, type OwedConcern, owedConcerns, waitingInWords } from '../../safeguarding/index.ts';
import { type CheckIn, whoIsOut } from '../check-in-queries.ts';
import { contactInWords } from '../contact.ts';
import { formInWords } from '../form-in-words.ts';
import { type KeptDraft, keptDrafts } from '../kept-drafts.ts';
import { casesOfTheDay, firstContactDueOn, type MyCase } from '../my-day.ts';
import { myCases, type PlannedForDay, plannedUntil, workOfDay } from '../my-day-queries.ts';
import type { FindOverdue, Overdue } from '../overdue.ts';
import { timesInWords } from './contacts-section.tsx';
import { checkInAddress, contactAddress, contactsAddress } from './support-addresses.ts';

/** The most that is read of each: more than anybody's day can hold. */
const MOST_CASES = 100;
const MOST_PLANNED = 50;
const MOST_DRAFTS = 20;
const MOST_OUT = 10;
const MOST_CONCERNS = 50;
const MOST_OVERDUE = 100;
/** Of what is overdue, so many are named here; the rest are counted. */
const NAMED_OVERDUE = 10;

/** A caseworker's day: what is planned, what is late, who is new, what is not finished. Each opens what it is about. */
export const myDayPage = (findOverdue: FindOverdue) =>
  page({
    path: '/my-day',
    for: ['caseworker'],
    async get({ tx, asker, service }) {
      const now = service.clock.now();
      const today = londonDate(now);
      const thresholds = await thresholdsOn(tx, today);
      const work = await workOfDay(tx, asker, today);
      const cases = await myCases(tx, work, MOST_CASES);
      const planned = await plannedUntil(tx, work, endOf(today), MOST_PLANNED);
      const concerns = await owedConcerns(tx, { ...work, today, most: MOST_CONCERNS });
      const overdue = await findOverdue(tx, { ...work, today, most: MOST_OVERDUE });
      const out = await whoIsOut(tx, MOST_OUT);
      const returned = await returnedClosings(tx, asker.accountId);
      const drafts = await keptDrafts(tx, asker, MOST_DRAFTS);
      await recordLook(tx, {
        action: 'view-my-day',
        subject: { kind: 'team', id: asker.teamId },
        personId: null,
      });
      const { newCases, firstContactOverdue, withoutContact, toReview } = casesOfTheDay(
        cases,
        thresholds,
        today,
      );
      const forToday = planned.filter(({ plannedFor }) => londonDate(plannedFor) === today);
      const late = planned.filter(({ plannedFor }) => londonDate(plannedFor) < today);
      const lateConcerns = concerns.filter(({ dueOn }) => dueOn < today);
      const isNothingLate = [
        lateConcerns,
        late,
        firstContactOverdue,
        withoutContact,
        toReview,
        overdue,
      ].every(({ length }) => length === 0);
      return show(
        'My day',
        <>
          <h1 class="govuk-heading-l">My day</h1>
          <p class="govuk-body">{formatDate(today)}</p>
          {work.standsInFor.map((cover) => (
            <p key={cover.id} class="govuk-body">
              You stand in for <bdi>{cover.workerName}</bdi> until {formatDate(cover.endsOn)}: what they have
              to do is here with yours.
            </p>
          ))}

          <h2 class="govuk-heading-m">Where you are</h2>
          <List
            of={out}
            empty="You have not said that you are out alone."
            show={(checkIn) => <Out checkIn={checkIn} now={now} />}
          />
          <p class="govuk-body">
            <a class="govuk-link" href="/check-ins/new">
              Say where you are going and when you will be back
            </a>
          </p>

          <h2 class="govuk-heading-m">Late</h2>
          {isNothingLate && <p class="govuk-body">Nothing is late.</p>}
          <Late heading="Safeguarding concerns" of={lateConcerns}>
            {(concern: OwedConcern) => <Owed concern={concern} today={today} />}
          </Late>
          <Late heading="Planned, and not recorded what came of it" of={late}>
            {(contact: PlannedForDay) => (
              <Planned contact={contact} me={asker.accountId} when={formatLondon(contact.plannedFor)} />
            )}
          </Late>
          <Late heading="First contact" of={firstContactOverdue}>
            {({ one, dueOn }: { one: MyCase; dueOn: PlainDate }) => (
              <CaseLink one={one}>
                was due by {formatDate(dueOn)}
                {one.failedSince > 0 && `, tried ${timesInWords(one.failedSince)}`}
              </CaseLink>
            )}
          </Late>
          <Late heading="Without contact" of={withoutContact}>
            {({ one, days }: { one: MyCase; days: number }) => (
              <CaseLink one={one}>
                not spoken with for {days} {days === 1 ? 'day' : 'days'}
              </CaseLink>
            )}
          </Late>
          <Late heading="Review how to reach them with your manager" of={toReview}>
            {(one: MyCase) => (
              <CaseLink one={one}>tried {timesInWords(one.failedSince)} in a row without an answer</CaseLink>
            )}
          </Late>

          <OverdueList of={overdue} />

          <h2 class="govuk-heading-m">Today</h2>
          <Late heading="Safeguarding concerns" of={concerns.filter(({ dueOn }) => dueOn === today)}>
            {(concern: OwedConcern) => <Owed concern={concern} today={today} />}
          </Late>
          <h3 class="govuk-heading-s">Contact planned</h3>
          <List
            of={forToday}
            empty="Nothing is planned for today. Plan contact on a young person’s page, under Contact."
            show={(contact) => (
              <Planned
                contact={contact}
                me={asker.accountId}
                when={formatTime(londonWallTime(contact.plannedFor))}
              >
                {contact.plannedFor < now && <Tag classes="govuk-tag--yellow">Not recorded yet</Tag>}
              </Planned>
            )}
          />

          {returned.length > 0 && (
            <>
              <h2 class="govuk-heading-m">Returned by your manager</h2>
              <List of={returned} empty="" show={(closing) => <Returned closing={closing} />} />
            </>
          )}

          <h2 class="govuk-heading-m">New to you</h2>
          <List
            of={newCases}
            empty="Nobody is new to you this week."
            show={(one) => (
              <CaseLink one={one}>
                yours since {formatDate(londonDate(one.mineSince))}
                {one.engagement === null &&
                  `, first contact due by ${formatDate(firstContactDueOn(one, thresholds))}`}
              </CaseLink>
            )}
          />

          <h2 class="govuk-heading-m">What you typed and did not send</h2>
          <List of={drafts} empty="Nothing." show={(draft) => <Draft draft={draft} />} />
        </>,
      );
    },
  });

/** A concern, and what is owed on it: who is to be told, or asked again. */
function Owed({ concern, today }: { concern: OwedConcern; today: PlainDate }) {
  return (
    <>
      <a class="govuk-link" href={concernsAddress(concern.personId, concern.id)}>
        <Name of={concern} />
      </a>
      : {concern.isUntold ? 'nobody has been told. ' : ''}
      {concern.owed.map(waitingInWords).join('. ')}
      {concern.dueOn === today ? ': by today' : `: was due by ${formatDate(concern.dueOn)}`}
    </>
  );
}

/** The longest overdue by name, and how many there are of all. */
function OverdueList({ of }: { of: readonly Overdue[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <Late heading="Plans, risks and summaries" of={of.slice(0, NAMED_OVERDUE)}>
        {({ names, what, dueOn, href }: Overdue) => (
          <>
            <a class="govuk-link" href={href}>
              <Name of={names} />: {what}
            </a>
            , due by {formatDate(dueOn)}
          </>
        )}
      </Late>
      <p class="govuk-body">
        <a class="govuk-link" href="/overdue">
          {of.length >= MOST_OVERDUE ? `All ${MOST_OVERDUE} or more` : `All ${of.length}`} that{' '}
          {of.length === 1 ? 'is' : 'are'} overdue
        </a>
      </p>
    </>
  );
}

function Returned({ closing }: { closing: Names & { personId: string } }) {
  return (
    <a class="govuk-link" href={`${personAddress(closing.personId)}/closing/edit`}>
      Change the closing of <bdi>{fullName(closing)}</bdi>
    </a>
  );
}

/** The instant at which a day ends in London. */
function endOf(day: PlainDate): Date {
  const midnight = londonInstant({ date: addDays(day, 1), hour: 0, minute: 0 });
  // London's clocks change at 1am: there is one midnight a day.
  return midnight.kind === 'one'
    ? midnight.instant
    : midnight.kind === 'ambiguous'
      ? midnight.earlier
      : midnight.shifted;
}

interface ListProps<Item> {
  of: readonly Item[];
  empty: string;
  show: (item: Item) => ComponentChildren;
}

function List<Item>({ of, empty, show: showItem }: ListProps<Item>) {
  if (of.length === 0) return <p class="govuk-body">{empty}</p>;
  return (
    <ul class="govuk-list govuk-list--spaced">
      {of.map((item, place) => (
        <li key={place}>{showItem(item)}</li>
      ))}
    </ul>
  );
}

interface LateProps<Item> {
  heading: string;
  of: readonly Item[];
  children: (item: Item) => ComponentChildren;
}

function Late<Item>({ heading, of, children }: LateProps<Item>) {
  if (of.length === 0) return null;
  return (
    <>
      <h3 class="govuk-heading-s">{heading}</h3>
      <List of={of} empty="" show={children} />
    </>
  );
}

function Name({ of }: { of: Names }) {
  return <bdi>{fullName(of)}</bdi>;
}

function CaseLink({ one, children }: { one: MyCase; children: ComponentChildren }) {
  return (
    <>
      <a class="govuk-link" href={contactsAddress(one.personId)}>
        <Name of={one} />
      </a>
      : {children}
    </>
  );
}

function Planned({
  contact,
  me,
  when,
  children,
}: {
  contact: PlannedForDay;
  me: string;
  when: string;
  children?: ComponentChildren;
}) {
  return (
    <>
      {when}:{' '}
      <a class="govuk-link" href={contactAddress(contact.id)}>
        <Name of={contact} />
      </a>
      . {contactInWords({ ...contact, outcome: 'planned' })}
      {contact.place !== '' && (
        <>
          , <bdi>{contact.place}</bdi>
        </>
      )}
      {contact.workerId !== me && (
        <>
          , planned by <bdi>{contact.workerName}</bdi>
        </>
      )}{' '}
      {children}
    </>
  );
}

function Out({ checkIn, now }: { checkIn: CheckIn; now: Date }) {
  const isOverdue = checkIn.expectedBackAt < now;
  return (
    <>
      <bdi>{checkIn.goingTo}</bdi>, back by {formatLondon(checkIn.expectedBackAt)}{' '}
      {isOverdue && <Tag classes="govuk-tag--red">Overdue</Tag>}
      <br />
      <a
        class="govuk-link"
        href={checkInAddress(checkIn.id)}
        aria-label={`Say that you are back from ${checkIn.goingTo}`}
      >
        Say that you are back
      </a>
    </>
  );
}

function Draft({ draft }: { draft: KeptDraft }) {
  return (
    <>
      <a class="govuk-link" href={`${draft.path}?restore=yes`}>
        {formInWords(draft.path)}
        {draft.about !== null && (
          <>
            {' '}
            (<Name of={draft.about} />)
          </>
        )}
      </a>
      , kept on {formatLondon(draft.keptAt)}
    </>
  );
}
