import { z } from 'zod';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ListQuestion } from '../../platform/forms/questions.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { endRecipient, nameRecipient } from '../allegation-commands.ts';
import { organisationsOfStaff, recipientsNow, staffToName } from '../allegation-queries.ts';
import { allegationsAddress } from '../safeguarding-addresses.ts';

const EVERY = 'every';

const NEEDS_ORGANISATION = 'Choose whose staff they are about';

/** Who receives allegations against staff: named for an organisation, or for every one. */
export const recipientsPage = page({
  path: '/allegations/recipients',
  for: ['operations-manager'],
  form: z.object({
    account: z.uuid({ error: 'Choose who receives allegations' }),
    organisation: z.union([z.uuid(NEEDS_ORGANISATION), z.literal(EVERY)], NEEDS_ORGANISATION),
  }),

  async get({ tx, entry }): Promise<Answer> {
    const recipients = await recipientsNow(tx);
    const organisations = await organisationsOfStaff(tx);
    const staff = await staffToName(tx);
    const typed = entry();
    return show(
      'Who receives allegations',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Who receives allegations</h1>
        <p class="govuk-body">
          Those you name read allegations against the staff of an organisation, and nobody else does. Nobody
          reads one that is about themselves, so name two, or one for every organisation beside each.
        </p>
        {recipients.length === 0 ? (
          <p class="govuk-body">Nobody is named yet. Name somebody today.</p>
        ) : (
          <SummaryList
            rows={recipients.map(({ id, name, organisationName }) => ({
              key: {
                text: organisationName === null ? 'Every organisation' : <bdi>{organisationName}</bdi>,
              },
              value: { text: <bdi>{name}</bdi> },
              actions: {
                items: [
                  {
                    href: endRecipientPage.url({ recipient: id }),
                    text: 'End',
                    visuallyHiddenText: `that ${name} receives allegations`,
                  },
                ],
              },
            }))}
          />
        )}
        <h2 class="govuk-heading-m">Name somebody</h2>
        <Form>
          <ListQuestion
            name="account"
            label="Who"
            hint="A designated safeguarding lead, for example"
            entry={typed}
            options={staff.map(({ id, name, place }) => ({ value: id, text: `${name}, ${place}` }))}
          />
          <ListQuestion
            name="organisation"
            label="About the staff of"
            entry={typed}
            options={[
              { value: EVERY, text: 'Every organisation' },
              ...organisations.map(({ id, name }) => ({ value: id, text: name })),
            ]}
          />
          <Button>Name them</Button>
        </Form>
      </>,
      { backTo: allegationsAddress() },
    );
  },

  async post({ tx, asker }, { account, organisation }): Promise<Answer> {
    const organisations = await organisationsOfStaff(tx);
    const staff = await staffToName(tx);
    if (!staff.some(({ id }) => id === account))
      return refuse({ field: 'account', message: 'Choose who receives allegations' });
    if (organisation !== EVERY && !organisations.some(({ id }) => id === organisation))
      return refuse({ field: 'organisation', message: 'Choose whose staff they are about' });
    const isNew = await nameRecipient(tx, asker, {
      organisationId: organisation === EVERY ? null : organisation,
      accountId: account,
    });
    return redirect(recipientsPage.url(), {
      notice: isNew ? 'They receive allegations from now on' : 'They receive them already',
    });
  },
});

/** Ends that somebody receives allegations. */
export const endRecipientPage = page({
  path: '/allegations/recipients/:recipient/end',
  isConfidential: true,
  for: ['operations-manager'],
  params: z.object({ recipient: z.uuid() }),

  async get({ tx, params }) {
    const recipient = (await recipientsNow(tx)).find(({ id }) => id === params.recipient);
    if (!recipient) return missing();
    const title = 'Stop them receiving allegations';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          <bdi>{recipient.name}</bdi> receives allegations about the staff of{' '}
          {recipient.organisationName === null ? (
            'every organisation'
          ) : (
            <bdi>{recipient.organisationName}</bdi>
          )}
          . After this they can no longer read those that they have received.
        </p>
        <Form>
          <div class="govuk-button-group">
            <Button classes="govuk-button--warning">End it</Button>
            <a class="govuk-link" href={recipientsPage.url()}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: recipientsPage.url() },
    );
  },

  async post({ tx, service, params }) {
    const ended = await endRecipient(tx, service.clock, params.recipient);
    return ended ? redirect(recipientsPage.url(), { notice: 'They receive no more allegations' }) : missing();
  },
});
