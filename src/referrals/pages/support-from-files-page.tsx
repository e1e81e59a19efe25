import { z } from 'zod';
import { fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { Pagination } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { listSupportFromFiles, type OpenSupport } from '../support-from-files-queries.ts';
import { referralAddress } from './referral-address.ts';

const A_PAGE = 25;

/** Young people whose support was open in the system before this one, and with whom nobody here works. */
export const supportFromFilesPage = page({
  path: '/support-from-files',
  for: ['coordinator', 'operations-manager'],
  query: z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) }),

  async get({ tx, asker, query }) {
    const after = (query.page - 1) * A_PAGE;
    // One more than is shown tells whether there are others.
    const found = await listSupportFromFiles(tx, { after, most: A_PAGE + 1 });
    await recordLook(tx, {
      action: 'view-support-from-files',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    const at = (number: number) => supportFromFilesPage.url({}, { page: String(number) });
    return show(
      'Open support that came from files, with no worker here',
      <>
        <h1 class="govuk-heading-l">Open support that came from files, with no worker here</h1>
        <p class="govuk-body">
          These young people had support in the system before this one, and the files that were brought in do
          not say that it ended. Nobody can work with them here until a coordinator allocates them. If their
          support has ended, the provider they are allocated to closes it.
        </p>
        {found.length === 0 ? (
          <p class="govuk-body">There is nobody {query.page > 1 ? 'further down the list' : 'like that'}.</p>
        ) : (
          <ScrollingTable
            about="Young people with open support that came from files"
            caption="Young people with open support, the longest open first"
            captionClasses="govuk-visually-hidden"
            head={['Young person', 'Support, as the file has it', 'What you can do'].map((text) => ({
              text,
            }))}
            rows={found.slice(0, A_PAGE).map((one) => [
              {
                text: (
                  <>
                    <a class="govuk-link" href={referralAddress(one.referralId)}>
                      <bdi>{fullName(one)}</bdi>
                    </a>
                    <br />
                    <span class="hw-reference">{one.reference}</span>, {one.areaName}
                  </>
                ),
              },
              {
                text: (
                  <>
                    <bdi>{one.providerName === '' ? 'A provider that is not named' : one.providerName}</bdi>
                    {begunInWords(one)}
                  </>
                ),
              },
              {
                text:
                  asker.role === 'coordinator' ? (
                    <a
                      class="govuk-link"
                      href={referralAddress(one.referralId, 'allocate')}
                      aria-label={`Allocate: ${fullName(one)}`}
                    >
                      Allocate
                    </a>
                  ) : (
                    'A coordinator of the borough allocates them'
                  ),
              },
            ])}
          />
        )}
        {(query.page > 1 || found.length > A_PAGE) && (
          <Pagination
            previous={query.page > 1 ? { href: at(query.page - 1), text: 'Those before' } : undefined}
            next={found.length > A_PAGE ? { href: at(query.page + 1), text: 'Those after' } : undefined}
          />
        )}
      </>,
      { backTo: '/' },
    );
  },
});

/** When support that came from a file began, after the name of the provider. */
export function begunInWords({ allocatedOn, firstEngagedOn }: OpenSupport): string {
  return [
    allocatedOn === null ? '' : `, allocated on ${formatDate(allocatedOn)}`,
    firstEngagedOn === null ? '' : `, first engaged on ${formatDate(firstEngagedOn)}`,
  ].join('');
}
