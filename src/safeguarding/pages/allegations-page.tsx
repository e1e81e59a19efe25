import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { Button, Pagination, Tag } from '../../platform/govuk/index.ts';
import { type Answer, page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { staffRoles } from '../../platform/identity/staff-roles.ts';
import {
  type Allegation,
  allegationsRaised,
  allegationsReceived,
  type OwnAllegation,
} from '../allegation-queries.ts';
import { allegationsAddress } from '../safeguarding-addresses.ts';
import { recipientsPage } from './recipients-page.tsx';

const A_PAGE = 20;

/** Allegations against staff: to those who receive them, those they receive; to everybody, that they raised one. */
export const allegationsPage = page({
  path: '/allegations',
  for: staffRoles,
  query: z.object({ before: z.uuid().optional().catch(undefined) }),
  async get({ tx, asker, query }): Promise<Answer> {
    const { allegations, more } = await allegationsReceived(tx, { before: query.before, most: A_PAGE });
    const raised = await allegationsRaised(tx);
    if (allegations.length > 0) {
      await recordLook(tx, {
        action: 'confidential-read',
        subject: { kind: 'confidential', id: null },
        personId: null,
      });
    }
    const last = more ? allegations.at(-1) : undefined;
    return show(
      'Allegations against staff',
      <>
        <h1 class="govuk-heading-l">Allegations against staff</h1>
        <p class="govuk-body">
          If you have seen or heard that somebody who works with young people may have harmed one, or may not
          be safe to work with them, say so here. A few named people read it, and nobody else: not your
          manager, unless they are one of them, and never the person it is about.
        </p>
        <Button href="/allegations/new">Raise an allegation</Button>
        {allegations.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Allegations you receive</h2>
            <Received allegations={allegations} />
          </>
        )}
        {(query.before !== undefined || last) && (
          <Pagination
            previous={
              query.before === undefined
                ? undefined
                : { href: allegationsPage.url(), text: 'Back to the first' }
            }
            next={last && { href: allegationsPage.url({}, { before: last.id }), text: 'Show older' }}
          />
        )}
        {raised.length > 0 && <Raised raised={raised} />}
        {asker.role === 'operations-manager' && (
          <p class="govuk-body">
            <a class="govuk-link" href={recipientsPage.url()}>
              Name who receives allegations
            </a>
          </p>
        )}
      </>,
    );
  },
});

function Received({ allegations }: { allegations: readonly Allegation[] }) {
  return (
    <ScrollingTable
      about="Allegations you receive, the open ones first"
      head={[{ text: 'Raised' }, { text: 'About the staff of' }, { text: 'State' }]}
      rows={allegations.map(({ id, raisedAt, organisationName, closedAt, officerToldAt }) => [
        {
          text: (
            <a class="govuk-link" href={allegationsAddress(id)}>
              {formatLondon(raisedAt)}
            </a>
          ),
        },
        { text: <bdi>{organisationName}</bdi> },
        {
          text:
            closedAt !== null ? (
              'Closed'
            ) : officerToldAt === null ? (
              <Tag classes="govuk-tag--red">Designated officer not told</Tag>
            ) : (
              'Open'
            ),
        },
      ])}
    />
  );
}

function Raised({ raised }: { raised: readonly OwnAllegation[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">Allegations you raised</h2>
      <p class="govuk-body">
        They were passed on. You are not told here what becomes of them: those who receive them speak with
        you.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {raised.map(({ id, raisedAt, organisationName }) => (
          <li key={id}>
            {formatLondon(raisedAt)}, about the staff of <bdi>{organisationName}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
