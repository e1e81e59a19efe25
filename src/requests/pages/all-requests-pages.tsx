import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { DeathNotice, findPerson, fullName, personAddress, readersOfRecords } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { Pagination } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, type Shown, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import type { Subject } from '../request.ts';
import { requestsAbout } from '../request-queries.ts';
import { Requests } from './requests-sections.tsx';

const A_PAGE = 20;
const query = z.object({ before: z.uuid().optional().catch(undefined) });

/** Everything that was asked about a young person, the newest first. */
export const requestsOfPersonPage = page({
  path: '/people/:person/requests',
  for: readersOfRecords,
  params: z.object({ person: z.uuid() }),
  query,
  async get({ tx, asker, service, params, query }): Promise<Answer> {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-requests',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    return await allRequests(tx, asker, service, {
      about: { kind: 'person', id: person.id },
      caption: (
        <>
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </>
      ),
      notice: <DeathNotice person={person} />,
      before: query.before,
      address: (before) => requestsOfPersonPage.url({ person: person.id }, { before }),
      backTo: personAddress(person.id),
    });
  },
});

/** Everything that was asked about a referral, the newest first. */
export const requestsOfReferralPage = page({
  path: '/referrals/:referral/requests',
  for: ['coordinator', 'analyst', 'operations-manager'],
  params: z.object({ referral: z.uuid() }),
  query,
  async get({ tx, asker, service, params, query }): Promise<Answer> {
    const referral = await tx
      .selectFrom('service.referral')
      .select(['id', 'reference', 'person_id', 'given_names as givenNames', 'family_name as familyName'])
      .where('id', '=', params.referral)
      .executeTakeFirst();
    if (!referral) return missing();
    await recordLook(tx, {
      action: 'view-requests',
      subject: { kind: 'referral', id: referral.id },
      personId: referral.person_id,
    });
    return await allRequests(tx, asker, service, {
      about: { kind: 'referral', id: referral.id },
      caption: (
        <>
          <bdi>{fullName(referral)}</bdi>, <span class="hw-reference">{referral.reference}</span>
        </>
      ),
      before: query.before,
      address: (before) => requestsOfReferralPage.url({ referral: referral.id }, { before }),
      backTo: `/referrals/${referral.id}`,
    });
  },
});

interface All {
  about: Subject;
  caption: ComponentChildren;
  /** What stands under the heading. */
  notice?: ComponentChildren;
  before: string | undefined;
  address(before?: string): string;
  backTo: string;
}

async function allRequests(
  tx: Transaction,
  asker: Asker,
  service: Service,
  { about, caption, notice, before, address, backTo }: All,
): Promise<Shown> {
  const { requests, more } = await requestsAbout(tx, about, { before, atMost: A_PAGE });
  const last = requests.at(-1);
  return show(
    'What was asked',
    <>
      <p class="govuk-caption-l">{caption}</p>
      <h1 class="govuk-heading-l">What was asked</h1>
      {notice}
      {requests.length === 0 && (
        <p class="govuk-body">
          {before === undefined ? 'Nothing has been asked yet.' : 'Nothing was asked before these.'}
        </p>
      )}
      <Requests requests={requests} role={asker.role} today={londonDate(service.clock.now())} />
      {(more || before !== undefined) && (
        <Pagination
          previous={before === undefined ? undefined : { text: 'Back to the newest', href: address() }}
          next={more && last ? { text: 'Show older', href: address(last.id) } : undefined}
        />
      )}
    </>,
    { backTo },
  );
}
