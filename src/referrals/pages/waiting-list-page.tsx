import { z } from 'zod';
import { type Reason, reasonsOf } from '../../organisations/index.ts';
import { ageInWords, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { ageOn, daysBetween, type PlainDate } from '../../platform/clock/plain-date.ts';
import { Button, InsetText, Pagination, Select, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { codesOf, genders, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { type AreaInReach, areasInReach } from '../queue-queries.ts';
import { stageInWords } from '../referral.ts';
import { passedOver } from '../suggestion-queries.ts';
import { type GroupWait, summariseWaits, type WaitSummary } from '../waiting.ts';
import { everybodyWaiting, type Waiting } from '../waiting-queries.ts';
import { ReopeningInWords } from './reopening-notice.tsx';
import { waitingAddress } from './waiting-address.ts';

const A_PAGE = 25;

const waitingSince = ['accepted', 'handed-back', 'moved-up'] as const;
const sinceInWords: Record<(typeof waitingSince)[number], string> = {
  accepted: 'Never with a provider',
  'handed-back': 'Handed back by a provider',
  'moved-up': 'Moved up',
};

/** What an address says that makes no sense is left out, so that an old bookmark still opens the list. */
const filters = z.object({
  /** The code of an area, or `patch-` and that of a patch. */
  where: z.string().optional(),
  gender: z.enum(codesOf(genders)).optional().catch(undefined),
  since: z.enum(waitingSince).optional().catch(undefined),
  /** Only whoever stands before this young person and could be supported by this team. */
  before: z.uuid().optional().catch(undefined),
  team: z.uuid().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

/** Everybody who was accepted and whom no provider supports, across all providers, in the order in which they stand. */
export const waitingListPage = page({
  path: '/waiting-list',
  for: ['coordinator', 'operations-manager'],
  query: filters,

  async get({ tx, asker, service, query }) {
    const today = londonDate(service.clock.now());
    const everybody = await everybodyWaiting(tx);
    const areas = await areasInReach(tx);
    const jumps = await reasonsOf(tx, 'queue-jump');
    const backs = await reasonsOf(tx, 'hand-back');
    await recordLook(tx, {
      action: 'view-waiting-list',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    const { before: personId, team: teamId } = query;
    const passed =
      personId === undefined || teamId === undefined
        ? null
        : await passedOver(tx, everybody, { personId, teamId }, today);
    // The place is that among all, whatever part of them is shown.
    const shown = everybody
      .map((waiting, index) => ({ ...waiting, place: index + 1 }))
      .filter(
        (waiting) =>
          isWanted(waiting, query, areas) && (passed === null || passed.personIds.has(waiting.personId)),
      );
    const from = (query.page - 1) * A_PAGE;
    const part = shown.slice(from, from + A_PAGE);
    const chosen = {
      where: query.where,
      gender: query.gender,
      since: query.since,
      before: query.before,
      team: query.team,
    };
    const at = (number: number) => waitingListPage.url({}, { ...chosen, page: String(number) });
    const isFiltered = Object.values(chosen).some((value) => value !== undefined && value !== '');
    return show(
      'Waiting list',
      <>
        <h1 class="govuk-heading-l">Waiting list</h1>
        <p class="govuk-body">
          Young people who were accepted and whom no provider supports: those who were moved up first, then in
          the order in which they were accepted.
        </p>
        {passed !== null && (
          <InsetText>
            Only those who stand before the young person you are allocating, and whom{' '}
            <bdi>{passed.teamName}</bdi> could support.{' '}
            <a class="govuk-link" href={waitingListPage.url()}>
              Show everybody who waits
            </a>
          </InsetText>
        )}
        <Filters chosen={chosen} areas={areas} />
        {part.length === 0 ? (
          <p class="govuk-body">
            {isFiltered || query.page > 1 ? (
              <>
                Nobody like that is waiting.{' '}
                <a class="govuk-link" href={waitingListPage.url()}>
                  Show everybody who waits
                </a>
              </>
            ) : (
              'Nobody is waiting. When you accept a referral, the young person is here until you allocate them.'
            )}
          </p>
        ) : (
          <WaitingTable
            waiting={part}
            today={today}
            jumps={jumps}
            backs={backs}
            mayAllocate={asker.role === 'coordinator'}
          />
        )}
        {(query.page > 1 || shown.length > from + A_PAGE) && (
          <Pagination
            previous={query.page > 1 ? { href: at(query.page - 1), text: 'Those before' } : undefined}
            next={
              shown.length > from + A_PAGE ? { href: at(query.page + 1), text: 'Those after' } : undefined
            }
          />
        )}
        <Summary
          summary={summariseWaits(
            shown.map((waiting) => countedOf(waiting, today)),
            today,
          )}
        />
      </>,
    );
  },
});

function isWanted(
  waiting: Waiting,
  { where, gender, since }: z.output<typeof filters>,
  areas: readonly AreaInReach[],
): boolean {
  const meant = areas.filter(
    ({ code, patch }) => where === code || (patch !== null && where === `patch-${patch}`),
  );
  return (
    (meant.length === 0 || meant.some(({ code }) => code === waiting.area)) &&
    (gender === undefined || gender === waiting.gender) &&
    (since === undefined ||
      (since === 'moved-up'
        ? waiting.movedUpAt !== null
        : (since === 'handed-back') === (waiting.handedBack !== null)))
  );
}

const countedOf = ({ gender, dateOfBirth, ethnicity, areaName, acceptedAt }: Waiting, today: PlainDate) => ({
  gender,
  age: dateOfBirth === null ? null : (ageOn(dateOfBirth, today) ?? null),
  ethnicity,
  areaName,
  acceptedOn: londonDate(acceptedAt),
});

interface Chosen {
  where: string | undefined;
  gender: string | undefined;
  since: string | undefined;
}

function Filters({ chosen, areas }: { chosen: Chosen; areas: readonly AreaInReach[] }) {
  const patches = new Map(
    areas.flatMap(({ patch, patchName }) => (patch && patchName ? [[patch, patchName]] : [])),
  );
  return (
    <form method="get" class="hw-filter" aria-label="Filter the waiting list">
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-third">
          <Select
            name="where"
            label={{ text: 'Area' }}
            value={chosen.where ?? ''}
            items={[
              { value: '', text: patches.size > 1 ? 'Everywhere' : 'All of your areas' },
              ...(patches.size > 1
                ? [...patches].map(([code, name]) => ({ value: `patch-${code}`, text: `Patch: ${name}` }))
                : []),
              ...areas.map(({ code, name }) => ({ value: code, text: name })),
            ]}
          />
        </div>
        <div class="govuk-grid-column-one-third">
          <Select
            name="gender"
            label={{ text: 'Gender' }}
            value={chosen.gender ?? ''}
            items={[{ value: '', text: 'All' }, ...optionsOf(genders)]}
          />
        </div>
        <div class="govuk-grid-column-one-third">
          <Select
            name="since"
            label={{ text: 'Who' }}
            value={chosen.since ?? ''}
            items={[
              { value: '', text: 'Everybody who waits' },
              ...waitingSince.map((code) => ({ value: code, text: sinceInWords[code] })),
            ]}
          />
        </div>
      </div>
      <Button classes="govuk-button--secondary">Filter</Button>
    </form>
  );
}

interface WaitingTableProps {
  waiting: readonly (Waiting & { place: number })[];
  today: PlainDate;
  jumps: readonly Reason[];
  backs: readonly Reason[];
  mayAllocate: boolean;
}

function WaitingTable({ waiting, today, jumps, backs, mayAllocate }: WaitingTableProps) {
  return (
    <ScrollingTable
      about="Young people who wait"
      caption="Young people who wait, in the order they stand"
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'Place', format: 'numeric' },
        { text: 'Young person' },
        { text: 'Waiting since' },
        { text: 'Meanwhile' },
        { text: 'What you can do' },
      ]}
      rows={waiting.map((one) => [
        { text: String(one.place), format: 'numeric' },
        {
          text: (
            <>
              <a class="govuk-link" href={waitingAddress(one.personId)}>
                <bdi>{fullName(one)}</bdi>
              </a>
              <br />
              {ageInWords(one, today)}, {wordFor(genders, one.gender).toLowerCase()}, {one.areaName}
              {one.isUrgent && (
                <>
                  <br />
                  <Tag classes="govuk-tag--orange">Cannot wait</Tag>
                </>
              )}
              {one.reopening !== null && (
                <div>
                  <ReopeningInWords reopening={one.reopening} />
                </div>
              )}
              {one.movedUpAt !== null && (
                <>
                  <br />
                  <Tag classes="govuk-tag--orange">Moved up</Tag> {wordFor(jumps, one.entry.movedUpReason)}
                </>
              )}
            </>
          ),
        },
        { text: <Since waiting={one} today={today} backs={backs} /> },
        { text: <Meanwhile waiting={one} /> },
        { text: <WhatToDo waiting={one} mayAllocate={mayAllocate} /> },
      ])}
    />
  );
}

/** The days in each stage of the wait. */
function Since({
  waiting: { receivedAt, acceptedAt, handedBack },
  today,
  backs,
}: {
  waiting: Waiting;
  today: PlainDate;
  backs: readonly Reason[];
}) {
  return (
    <ul class="govuk-list govuk-!-margin-bottom-0">
      <li>Referred {agoInWords(receivedAt, today)}</li>
      <li>Accepted {agoInWords(acceptedAt, today)}</li>
      {handedBack !== null && (
        <li>
          Handed back {agoInWords(handedBack.at, today)} by <bdi>{handedBack.by}</bdi>:{' '}
          {wordFor(backs, handedBack.reason)}
        </li>
      )}
    </ul>
  );
}

function agoInWords(at: Date, today: PlainDate): string {
  const day = londonDate(at);
  const days = daysBetween(day, today);
  return days === 0 ? 'today' : `${days} ${days === 1 ? 'day' : 'days'} ago, on ${formatDate(day)}`;
}

function Meanwhile({ waiting: { entry } }: { waiting: Waiting }) {
  if (entry.meanwhile === '' && entry.localProvision === '') return <>Nothing recorded</>;
  return (
    <>
      {entry.meanwhile !== '' && (
        <div class="hw-text" dir="auto">
          {entry.meanwhile}
        </div>
      )}
      {entry.localProvision !== '' && (
        <>
          From the borough:
          <div class="hw-text" dir="auto">
            {entry.localProvision}
          </div>
        </>
      )}
    </>
  );
}

function WhatToDo({ waiting, mayAllocate }: { waiting: Waiting; mayAllocate: boolean }) {
  const { referral } = waiting;
  if (referral === null) return <>They have no referral in this episode of support</>;
  // A label rather than hidden words: those would lie beside a table that scrolls, and widen the page.
  const named = (text: string) => ({ 'aria-label': `${text}: ${fullName(waiting)}`, children: text });
  if (referral.stage !== 'accepted')
    return (
      <a class="govuk-link" href={`/referrals/${referral.id}`} {...named(stageInWords[referral.stage])} />
    );
  return mayAllocate ? (
    <a class="govuk-link" href={`/referrals/${referral.id}/allocate`} {...named('Allocate')} />
  ) : (
    <a class="govuk-link" href={`/referrals/${referral.id}`} {...named('Read the referral')} />
  );
}

/** Who waits longest. */
function Summary({ summary: { everybody, by } }: { summary: WaitSummary }) {
  if (everybody === null) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Who waits longest</h2>
      <p class="govuk-body">
        Of those above, in days since they were accepted. Where few wait, one young person makes the figure.
      </p>
      <ScrollingTable
        about="How long young people wait"
        caption="How long young people wait"
        captionClasses="govuk-visually-hidden"
        firstCellIsHeader
        head={[
          { text: 'Who' },
          { text: 'How many', format: 'numeric' },
          { text: 'Median', format: 'numeric' },
          { text: 'Longest', format: 'numeric' },
        ]}
        rows={[
          rowOf('Everybody', everybody),
          ...by.flatMap(({ what, groups }) => groups.map((group) => rowOf(`${what}: ${group.group}`, group))),
        ]}
      />
    </>
  );
}

const rowOf = (who: string, { count, median, longest }: GroupWait) => [
  { text: who },
  { text: String(count), format: 'numeric' as const },
  { text: String(median), format: 'numeric' as const },
  { text: String(longest), format: 'numeric' as const },
];
