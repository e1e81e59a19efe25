import { Fragment } from 'preact';
import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { Pagination, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type BoroughReferral, boroughReferrals } from '../borough-queries.ts';
import type { BoroughSection } from '../borough-section.ts';
import { kindInWords, stageInWords } from '../referral.ts';
import { boroughReferralPage } from './borough-referral-page.tsx';
import { ReferredName } from './typed-text.tsx';

/** What an address says that makes no sense is left out, so that an old bookmark still opens the list. */
const filters = z.object({
  show: z.enum(['unseen', 'open', 'all']).default('open').catch('open'),
  before: z.uuid().optional().catch(undefined),
});
type Which = z.output<typeof filters>['show'];

/** A borough contact's own list: every referral of a young person their borough is responsible for. */
export const boroughReferralsPage = (sections: readonly BoroughSection[]) => {
  const borough = page({
    path: '/borough',
    for: ['spoc'],
    query: filters,
    async get({ tx, asker, service, query }) {
      const { referrals, older } = await boroughReferrals(tx, query);
      await recordLook(tx, {
        action: 'view-borough-list',
        subject: { kind: 'access-grant', id: asker.grantId },
        personId: null,
      });
      const shown = [];
      // One transaction is one connection: its queries take turns however they are asked.
      for (const section of query.before === undefined ? sections : [])
        shown.push(await section.show({ tx, asker, service }));
      const last = referrals.at(-1);
      const address = (which: Which, before?: string) =>
        borough.url({}, { show: which === 'open' ? undefined : which, before });
      return show(
        'Referrals',
        <>
          <h1 class="govuk-heading-l">Referrals</h1>
          <nav aria-label="Which referrals">
            <ul class="govuk-list">
              {[
                { which: 'unseen' as const, text: 'Seen by nobody of your borough yet' },
                { which: 'open' as const, text: 'Waiting for a decision or a provider' },
                { which: 'all' as const, text: 'All, decided ones too' },
              ].map(({ which, text }) => (
                <li key={which}>
                  {which === query.show ? (
                    <strong aria-current="true">{text}</strong>
                  ) : (
                    <a class="govuk-link" href={address(which)}>
                      {text}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </nav>
          {referrals.length === 0 ? (
            <p class="govuk-body">
              {query.before !== undefined
                ? 'There are no older referrals.'
                : query.show === 'unseen'
                  ? 'Somebody of your borough has seen every referral that waits.'
                  : query.show === 'open'
                    ? 'No referral is waiting. When somebody refers a young person of your borough, you will get an email and see it here.'
                    : 'Nobody has referred a young person of your borough yet.'}
            </p>
          ) : (
            <Referrals referrals={referrals} hasSeveralAreas={isOfSeveralAreas(asker.areas, referrals)} />
          )}
          {(older || query.before !== undefined) && (
            <Pagination
              previous={
                query.before === undefined ? undefined : { text: 'Newest', href: address(query.show) }
              }
              next={older && last ? { text: 'Older', href: address(query.show, last.id) } : undefined}
            />
          )}
          {shown.map((section, place) => (
            <Fragment key={place}>{section}</Fragment>
          ))}
        </>,
      );
    },
  });
  return borough;
};

/** Whoever stands in for somebody else has areas beside their own. */
const isOfSeveralAreas = (own: readonly string[], referrals: readonly BoroughReferral[]): boolean =>
  own.length > 1 || new Set(referrals.map(({ areaName }) => areaName)).size > 1;

interface ReferralsProps {
  referrals: readonly BoroughReferral[];
  hasSeveralAreas: boolean;
}

function Referrals({ referrals, hasSeveralAreas }: ReferralsProps) {
  return (
    <ScrollingTable
      about="Referrals of your borough"
      caption="Referrals, newest first"
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'Young person' },
        { text: 'Referral' },
        ...(hasSeveralAreas ? [{ text: 'Borough' }] : []),
        { text: 'Asks for' },
        { text: 'Where it stands' },
        { text: 'Received' },
        { text: 'What is asked of you' },
      ]}
      rows={referrals.map((referral) => [
        {
          text: (
            <a class="govuk-link" href={boroughReferralPage.url({ referral: referral.id })}>
              <ReferredName called={referral} />
            </a>
          ),
        },
        { text: <span class="hw-reference">{referral.reference}</span> },
        ...(hasSeveralAreas ? [{ text: referral.areaName }] : []),
        { text: kindInWords[referral.kind] },
        { text: stageInWords[referral.stage] },
        { text: formatDate(londonDate(referral.receivedAt)) },
        {
          text:
            referral.seenAt === null ? (
              <Tag classes="govuk-tag--yellow">Say you have seen it</Tag>
            ) : (
              `Nothing: seen ${formatDate(londonDate(referral.seenAt))}`
            ),
        },
      ])}
    />
  );
}
