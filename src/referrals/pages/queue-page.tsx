import { z } from 'zod';
import { ageInWords, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, parsePlainDate } from '../../platform/clock/plain-date.ts';
import { Button, Pagination, Select, Table, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import {
  type AreaInReach,
  areasInReach,
  countQueue,
  type QueueCounts,
  type QueuedReferral,
  type QueuePlace,
  queuedReferrals,
} from '../coordinator-queries.ts';
import { kindInWords, openStages, referralKinds } from '../referral.ts';
import { referralAddress } from './referral-address.ts';

const A_PAGE = 25;

/** What an address says that makes no sense is left out, so that an old bookmark still opens the queue. */
const filters = z.object({
  stage: z.enum(openStages).optional().catch(undefined),
  kind: z.enum(referralKinds).optional().catch(undefined),
  /** The code of an area, or `patch-` and that of a patch. */
  where: z.string().optional(),
  after: z.string().transform(placeFrom).optional(),
});

/** The coordinator's queue: what waits for a decision or for a provider, the most urgent first. */
export const queuePage = page({
  path: '/queue',
  for: ['coordinator', 'analyst', 'operations-manager'],
  query: filters,
  async get({ tx, asker, service, query }) {
    const today = londonDate(service.clock.now());
    const areas = await areasInReach(tx);
    const found = await queuedReferrals(
      tx,
      { stage: query.stage, kind: query.kind, areas: areasAt(query.where, areas) },
      query.after,
      A_PAGE + 1,
      today,
    );
    const counts = await countQueue(tx, today);
    await recordLook(tx, {
      action: 'view-queue',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    const shown = found.slice(0, A_PAGE);
    const last = found.length > A_PAGE ? shown.at(-1) : undefined;
    const chosen = { stage: query.stage, kind: query.kind, where: query.where };
    const isFiltered = Object.values(chosen).some((value) => value !== undefined && value !== '');
    return show(
      'Queue',
      <>
        <h1 class="govuk-heading-l">Queue</h1>
        <Counts counts={counts} />
        <Filters chosen={chosen} areas={areas} />
        {shown.length > 0 ? (
          <Referrals referrals={shown} today={today} />
        ) : (
          <Nothing isFiltered={isFiltered || query.after !== undefined} />
        )}
        {(query.after || last) && (
          <Pagination
            previous={query.after && { href: queuePage.url({}, chosen), text: 'Back to the most urgent' }}
            next={last && { href: queuePage.url({}, { ...chosen, after: writtenPlace(last) }), text: 'Next' }}
          />
        )}
      </>,
    );
  },
});

function Counts({ counts: { toDecide, late, toAllocate } }: { counts: QueueCounts }) {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={queuePage.url({}, { stage: 'received' })}>
        {toDecide} waiting for a decision
      </a>
      {late > 0 && <strong>, {late} of them late</strong>}.{' '}
      <a class="govuk-link" href={queuePage.url({}, { stage: 'accepted' })}>
        {toAllocate} waiting for a provider
      </a>
      .
    </p>
  );
}

interface Chosen {
  stage: string | undefined;
  kind: string | undefined;
  where: string | undefined;
}

function Filters({ chosen, areas }: { chosen: Chosen; areas: readonly AreaInReach[] }) {
  const patches = new Map(
    areas.flatMap(({ patch, patchName }) => (patch && patchName ? [[patch, patchName]] : [])),
  );
  return (
    <form method="get" class="hw-filter" aria-label="Filter the queue">
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-third">
          <Select
            name="stage"
            label={{ text: 'Waiting for' }}
            value={chosen.stage ?? ''}
            items={[
              { value: '', text: 'A decision or a provider' },
              ...openStages.map((stage) => ({ value: stage, text: waitingFor[stage] })),
            ]}
          />
        </div>
        <div class="govuk-grid-column-one-third">
          <Select
            name="where"
            label={{ text: 'Area' }}
            value={chosen.where ?? ''}
            items={[
              { value: '', text: patches.size > 1 ? 'All that you cover' : 'All of your areas' },
              ...(patches.size > 1
                ? [...patches].map(([code, name]) => ({ value: `patch-${code}`, text: `Patch: ${name}` }))
                : []),
              ...areas.map(({ code, name }) => ({ value: code, text: name })),
            ]}
          />
        </div>
        <div class="govuk-grid-column-one-third">
          <Select
            name="kind"
            label={{ text: 'What it asks for' }}
            value={chosen.kind ?? ''}
            items={[
              { value: '', text: 'Support or intelligence' },
              ...referralKinds.map((kind) => ({ value: kind, text: kindInWords[kind] })),
            ]}
          />
        </div>
      </div>
      <Button classes="govuk-button--secondary">Filter</Button>
    </form>
  );
}

function Referrals({ referrals, today }: { referrals: readonly QueuedReferral[]; today: PlainDate }) {
  return (
    // Focusable, so that a keyboard can scroll a table that is wider than the screen.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="hw-scroll" aria-label="Referrals" tabIndex={0}>
      <Table
        caption="Referrals, the most urgent first"
        captionClasses="govuk-visually-hidden"
        head={[
          { text: 'Decide by' },
          { text: 'Referral' },
          { text: 'Borough' },
          { text: 'Waiting for' },
          { text: 'Days waiting', format: 'numeric' },
          { text: 'Referrer' },
        ]}
        rows={referrals.map((referral) => [
          {
            text: (
              <>
                {formatDate(referral.dueOn)}
                {referral.isLate && (
                  <>
                    {' '}
                    <Tag classes="govuk-tag--red">Late</Tag>
                  </>
                )}
              </>
            ),
          },
          {
            text: (
              <>
                <a class="govuk-link hw-reference" href={referralAddress(referral.id)}>
                  {referral.reference}
                </a>{' '}
                <br />
                <bdi>{fullName(referral)}</bdi>, {ageShortly(referral, today)}
              </>
            ),
          },
          { text: referral.areaName },
          {
            text: (
              <>
                {waitingFor[referral.stage]} <br />
                {kindInWords[referral.kind]}
              </>
            ),
          },
          { text: String(referral.daysWaiting), format: 'numeric' },
          { text: referral.referrerIsVerified ? 'Verified' : 'Not verified' },
        ])}
      />
    </section>
  );
}

const waitingFor: Record<QueuedReferral['stage'], string> = {
  received: 'A decision',
  accepted: 'A provider',
};

function ageShortly(referral: QueuedReferral, today: PlainDate): string {
  const age = ageInWords(referral, today);
  return age === 'Not known' ? 'age not known' : age;
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <p class="govuk-body">
      Nothing in the queue is like that.{' '}
      <a class="govuk-link" href={queuePage.url()}>
        Show the whole queue
      </a>
    </p>
  ) : (
    <p class="govuk-body">
      Nothing is waiting. When somebody refers a young person of your areas, you will get an e-mail and see it
      here.
    </p>
  );
}

/** The codes of the areas an address means; all, where it means none of the asker's. */
function areasAt(where: string | undefined, areas: readonly AreaInReach[]): string[] | undefined {
  const meant = areas.filter(
    ({ code, patch }) => where === code || (patch !== null && where === `patch-${patch}`),
  );
  return meant.length > 0 ? meant.map(({ code }) => code) : undefined;
}

const writtenPlace = ({ dueOn, id }: QueuePlace): string => `${dueOn}.${id}`;

function placeFrom(written: string): QueuePlace | undefined {
  const [day = '', id = ''] = written.split('.');
  const dueOn = parsePlainDate(day);
  return dueOn !== undefined && z.uuid().safeParse(id).success ? { dueOn, id } : undefined;
}
