import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { addDays } from '../../platform/clock/plain-date.ts';
import type { Asker, Role, Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { date } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, ListQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { endBoroughCover, nameStandIn } from '../borough-cover-commands.ts';
import {
  type BoroughCover,
  boroughCoversOf,
  type Contact,
  contactsToChoose,
} from '../borough-cover-queries.ts';

const COVER = '/borough/cover';
/** A quarter: as long as a role stands before it is looked at again. */
const MOST_DAYS = 92;

/** Who stands in for a borough's contact while they are away, and for whom they stand in. */
export const boroughCoverPage = page({
  path: COVER,
  for: ['spoc'],
  form: z.object({
    by: z.uuid({ error: 'Choose who stands in' }),
    from: date({ called: 'The first day', needed: 'Enter the first day' }),
    until: date({ called: 'The last day', needed: 'Enter the last day' }),
  }),

  async get({ tx, asker, service, entry }) {
    const covers = await boroughCoversOf(tx, asker.accountId, londonDate(service.clock.now()));
    const contacts = await contactsToChoose(tx, asker);
    const typed = entry();
    return show(
      'Cover',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Cover</h1>
        <Covers covers={covers} asker={asker} />
        <h2 class="govuk-heading-m">Name who stands in for you</h2>
        {contacts.length === 0 ? (
          <p class="govuk-body">
            No colleague of your council is a borough’s contact yet. Ask the administrator of the service to
            give one of them that role; your council’s approver must agree.
          </p>
        ) : (
          <NamingForm entry={typed} contacts={contacts} />
        )}
      </>,
      { backTo: '/borough' },
    );
  },

  async post({ tx, asker, service }, { by, from, until }) {
    // Both are needed, so a day that is not there was refused by the form.
    if (from === null || until === null) return missing();
    const wrongLastDay =
      until < from
        ? 'The last day must not be before the first'
        : until < londonDate(service.clock.now())
          ? 'The last day must be today or later'
          : until >= addDays(from, MOST_DAYS)
            ? `The last day must be less than ${MOST_DAYS} days after the first. If they are away for longer, arrange it again then`
            : undefined;
    if (wrongLastDay !== undefined)
      return refuse({ field: 'until', control: 'until-day', message: wrongLastDay });
    const contacts = await contactsToChoose(tx, asker);
    if (!contacts.some(({ accountId }) => accountId === by))
      return refuse({
        field: 'by',
        message: 'Choose a colleague of your council who is a borough’s contact already',
      });
    await nameStandIn(tx, asker, { standInId: by, startsOn: from, endsOn: until });
    return redirect(COVER, { notice: 'The cover is arranged' });
  },
});

function NamingForm({ entry, contacts }: { entry: Entry; contacts: readonly Contact[] }) {
  return (
    <Form>
      <p class="govuk-body">
        From the first day to the last they see the referrals and young people of your boroughs, beside you,
        and are told what you are told. Either of you can end it before.
      </p>
      <ListQuestion
        name="by"
        label="Who stands in?"
        hint="A colleague of your council who is a borough’s contact already"
        entry={entry}
        options={contacts.map(({ accountId, name, areas }) => ({
          value: accountId,
          text: `${name}, ${areas.join(' and ')}`,
        }))}
      />
      <DateQuestion name="from" label="First day" entry={entry} />
      <DateQuestion name="until" label="Last day" entry={entry} />
      <Button preventDoubleClick>Arrange it</Button>
    </Form>
  );
}

function Covers({ covers, asker }: { covers: readonly BoroughCover[]; asker: Asker }) {
  if (covers.length === 0) return <p class="govuk-body">Nobody stands in for you, nor you for anybody.</p>;
  return (
    <ul class="govuk-list govuk-list--bullet">
      {covers.map((cover) => (
        <li key={cover.id}>
          {inWords(cover, asker)}{' '}
          <a class="govuk-link" href={endBoroughCoverPage.url({ cover: cover.id })}>
            End it
            <span class="govuk-visually-hidden">
              : <bdi>{cover.standInName}</bdi> for <bdi>{cover.coveredName}</bdi>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const inWords = (cover: BoroughCover, { accountId }: Asker): ComponentChildren => (
  <>
    {cover.standInId === accountId ? 'You stand' : <bdi>{cover.standInName}</bdi>}
    {cover.standInId === accountId ? ' in for ' : ' stands in for '}
    {cover.coveredId === accountId ? 'you' : <bdi>{cover.coveredName}</bdi>} in {cover.areas.join(' and ')},
    from {formatDate(cover.startsOn)} to {formatDate(cover.endsOn)}.
  </>
);

/** Ends cover of a borough before its last day. */
export const endBoroughCoverPage = page({
  path: '/borough/cover/:cover/end',
  for: ['spoc'],
  params: z.object({ cover: z.uuid() }),
  form: z.object({}),

  async get({ tx, asker, service, params }) {
    const cover = await coverOfTheirs(tx, asker, service, params.cover);
    if (!cover) return missing();
    return show(
      'End this cover',
      <>
        <h1 class="govuk-heading-l">End this cover</h1>
        <p class="govuk-body">{inWords(cover, asker)}</p>
        <p class="govuk-body">
          When it ends, the referrals and young people of {cover.areas.join(' and ')} are no longer seen by
          whoever stands in.
        </p>
        <Form>
          <Button preventDoubleClick>End it now</Button>
        </Form>
      </>,
      { backTo: COVER },
    );
  },

  async post({ tx, asker, service, params }) {
    const cover = await coverOfTheirs(tx, asker, service, params.cover);
    if (!cover) return missing();
    await endBoroughCover(tx, asker, service.clock, cover.id);
    return redirect(COVER, { notice: 'The cover has ended' });
  },
});

async function coverOfTheirs(
  tx: Transaction,
  asker: Asker,
  service: Service,
  coverId: string,
): Promise<BoroughCover | undefined> {
  const covers = await boroughCoversOf(tx, asker.accountId, londonDate(service.clock.now()));
  return covers.find(({ id }) => id === coverId);
}

/** Who stands in for whom now, and the way to arrange it, for the page that a borough's contact begins with. */
export const boroughCoverSection = {
  for: ['spoc'] as const satisfies readonly Role[],
  async show({
    tx,
    asker,
    service,
  }: {
    tx: Transaction;
    asker: Asker;
    service: Service;
  }): Promise<ComponentChildren> {
    const covers = await boroughCoversOf(tx, asker.accountId, londonDate(service.clock.now()));
    return (
      <section aria-labelledby="borough-cover">
        <h2 class="govuk-heading-m" id="borough-cover">
          Cover
        </h2>
        <Covers covers={covers} asker={asker} />
        <p class="govuk-body">
          <a class="govuk-link" href={COVER}>
            Arrange cover
          </a>
        </p>
      </section>
    );
  },
};
