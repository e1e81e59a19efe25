import { z } from 'zod';
import { ageInWords, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, Pagination, Select } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import {
  allocationStandings,
  listOpenSupport,
  type OpenSupportPart,
  type Supported,
  supportLengths,
} from '../open-support-queries.ts';

const A_PAGE = 25;

/** What an address says that makes no sense is left out, so that an old bookmark still opens the list. */
const filters = z.object({
  length: z
    .enum(supportLengths.map(({ code }) => code))
    .optional()
    .catch(undefined),
  standing: z
    .enum(allocationStandings.map(({ code }) => code))
    .optional()
    .catch(undefined),
  after: z.uuid().optional().catch(undefined),
});

/** Where those are who wait for a provider, for whoever has such a page. */
const whereOthersAre: Partial<Record<Role, string>> = {
  spoc: ' Those who wait for one are under Referrals.',
  coordinator: ' Those who wait for one are on the waiting list.',
  'operations-manager': ' Those who wait for one are on the waiting list.',
};

/** Everybody who is supported now, of an area, a provider or the service: by how long, and by what is still to happen. */
export const youngPeoplePage = page({
  path: '/young-people',
  for: ['spoc', 'coordinator', 'provider-manager', 'operations-manager'],
  query: filters,

  async get({ tx, asker, service, query: { after, ...part } }) {
    const now = service.clock.now();
    const { supported, more } = await listOpenSupport(tx, { asker, now }, part, { after, most: A_PAGE });
    await recordLook(tx, {
      action: 'view-young-people',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    const isFiltered = part.length !== undefined || part.standing !== undefined;
    const last = more ? supported.at(-1) : undefined;
    return show(
      'Young people',
      <>
        <h1 class="govuk-heading-l">Young people</h1>
        <p class="govuk-body">
          Everybody whom a provider works with, the longest first.{whereOthersAre[asker.role]}
        </p>
        <Filters chosen={part} />
        {supported.length > 0 ? (
          <People supported={supported} today={londonDate(now)} />
        ) : (
          <p class="govuk-body">
            {isFiltered || after !== undefined ? (
              <>
                Nobody like that.{' '}
                <a class="govuk-link" href={youngPeoplePage.url()}>
                  Show everybody
                </a>
              </>
            ) : (
              'No provider works with anybody. When a referral is allocated, the young person is here until support ends.'
            )}
          </p>
        )}
        {(after !== undefined || last) && (
          <Pagination
            previous={
              after === undefined
                ? undefined
                : { text: 'Back to the beginning', href: youngPeoplePage.url({}, part) }
            }
            next={last && { text: 'Next', href: youngPeoplePage.url({}, { ...part, after: last.id }) }}
          />
        )}
      </>,
    );
  },
});

function Filters({ chosen }: { chosen: OpenSupportPart }) {
  const choices = [
    { name: 'length', label: 'Supported for', value: chosen.length, options: supportLengths },
    { name: 'standing', label: 'Where it stands', value: chosen.standing, options: allocationStandings },
  ];
  return (
    <form method="get" class="hw-filter" aria-label="Filter the list">
      <div class="govuk-grid-row">
        {choices.map(({ name, label, value, options }) => (
          <div key={name} class="govuk-grid-column-one-half">
            <Select
              id={name}
              name={name}
              label={{ text: label }}
              value={value ?? ''}
              items={[
                { value: '', text: 'Any' },
                ...options.map(({ code, text }) => ({
                  value: code,
                  text: text.charAt(0).toUpperCase() + text.slice(1),
                })),
              ]}
            />
          </div>
        ))}
      </div>
      <Button classes="govuk-button--secondary">Show these</Button>
    </form>
  );
}

function People({ supported, today }: { supported: readonly Supported[]; today: PlainDate }) {
  return (
    <ScrollingTable
      about="Young people who have support open"
      caption="Young people who have support open, the longest first"
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'Young person' },
        { text: 'Age' },
        { text: 'Borough' },
        { text: 'Since' },
        { text: 'With' },
        { text: 'Reference' },
      ]}
      rows={supported.map((one) => [
        {
          text: (
            <a class="govuk-link" href={personAddress(one.personId)}>
              <bdi>{fullName(one)}</bdi>
            </a>
          ),
        },
        { text: ageInWords(one, today) },
        { text: one.areaName },
        { text: formatDate(londonDate(one.since)) },
        { text: one.providers.length === 0 ? 'Nobody yet' : <bdi>{one.providers.join(' and ')}</bdi> },
        { text: <span class="hw-reference">{one.reference}</span> },
      ])}
    />
  );
}
