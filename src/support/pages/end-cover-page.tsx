import { z } from 'zod';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { endCover } from '../worker-commands.ts';
import { type Cover, coversFrom } from '../worker-queries.ts';
import { workerOfProviderAddress } from './allocation-addresses.ts';

/** Ends cover before its time. */
export const endCoverPage = page({
  path: '/workers/:account/cover/:cover/end',
  for: ['provider-manager'],
  params: z.object({ account: z.uuid(), cover: z.uuid() }),
  form: z.object({}),

  async get({ tx, asker, service, params }) {
    const cover = await coverToEnd(tx, asker, service, params);
    if (!cover) return missing();
    return show(
      'End this cover',
      <>
        <h1 class="govuk-heading-l">End this cover</h1>
        <p class="govuk-body">
          <bdi>{cover.coveredByName}</bdi> stands in for <bdi>{cover.workerName}</bdi> from{' '}
          {formatDate(cover.startsOn)} to {formatDate(cover.endsOn)}. The cases leave their caseload at once.
        </p>
        <Form>
          <Button preventDoubleClick>End it now</Button>
        </Form>
      </>,
      { backTo: workerOfProviderAddress(params.account) },
    );
  },

  async post({ tx, asker, service, params }) {
    const cover = await coverToEnd(tx, asker, service, params);
    if (!cover) return missing();
    await endCover(tx, cover.id, service.clock);
    return redirect(workerOfProviderAddress(params.account), { notice: 'The cover has ended' });
  },
});

async function coverToEnd(
  tx: Transaction,
  { organisationId }: Asker,
  service: Service,
  { account, cover }: { account: string; cover: string },
): Promise<Cover | undefined> {
  if (organisationId === null) return undefined;
  const today = londonDate(service.clock.now());
  const [found] = await coversFrom(tx, organisationId, today, { workerId: account, coverId: cover });
  return found;
}
