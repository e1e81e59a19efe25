import { z } from 'zod';
import { findPerson, parseReference, readersOfRecords } from '../../people/index.ts';
import type { Role, Transaction } from '../../platform/database/transaction.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ListQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { type Answer, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { staffRoles } from '../../platform/identity/staff-roles.ts';
import { MOST_CHARACTERS } from '../allegation.ts';
import { type RaisedAllegation, raiseAllegation } from '../allegation-commands.ts';
import { organisationsOfStaff, recipientsNow, staffToName } from '../allegation-queries.ts';
import { allegationsAddress } from '../safeguarding-addresses.ts';
import { DangerFirst } from './concern-ground.tsx';

/** Who it is about, where they are in no list: their name is typed. */
const NOT_LISTED = 'not-listed';
const NEEDS_NAME = 'Choose who it is about';

/** Raises an allegation against somebody who works with young people: anybody of the staff may. */
export const newAllegationPage = page({
  path: '/allegations/new',
  for: staffRoles,
  query: z.object({ about: z.uuid().optional().catch(undefined) }),
  form: z.object({
    organisation: z.uuid({ error: 'Choose whose staff it is about' }),
    aboutAccount: z.union([z.uuid(NEEDS_NAME), z.literal(NOT_LISTED)], NEEDS_NAME),
    aboutName: text({ called: 'The name', most: MOST_CHARACTERS.name }),
    what: text({
      called: 'What they are said to have done',
      most: MOST_CHARACTERS.what,
      needed: 'Enter what they are said to have done',
      lines: 'many',
    }),
    happened: text({ called: 'When and where', most: MOST_CHARACTERS.happened, lines: 'many' }),
    reference: text({ called: 'Reference', most: 40 }),
    youngPersonWhat: text({
      called: 'What happened to the young person',
      most: MOST_CHARACTERS.what,
      lines: 'many',
    }),
  }),

  async get({ tx, asker, query, entry }): Promise<Answer> {
    const organisations = await organisationsOfStaff(tx);
    const staff = await staffToName(tx);
    const recipients = await recipientsNow(tx);
    const without = recipients.some(({ organisationId }) => organisationId === null)
      ? []
      : organisations.filter(({ id }) => !recipients.some(({ organisationId }) => organisationId === id));
    const opensRecords = mayOpenRecords(asker.role);
    // Not recorded as a look at the record: beside what is then written, it would say whom that is about.
    const person = opensRecords && query.about !== undefined ? await findPerson(tx, query.about) : null;
    const typed = entry({ organisation: asker.organisationId ?? '', reference: person?.reference ?? '' });
    return show(
      'Raise an allegation',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">Raise an allegation</h1>
          <DangerFirst />
          <p class="govuk-body">
            Only those who are named to receive allegations read this. It is in no list, search or record that
            others see. Do not ask the person it is about, and do not look into it yourself.
          </p>
          {without.length > 0 && (
            <InsetText>
              <p class="govuk-body">
                Nobody is named yet to receive allegations about the staff of{' '}
                <bdi>{without.map(({ name }) => name).join(', ')}</bdi>. Call the local authority designated
                officer (LADO) of the council where they work: its website has the number.
              </p>
            </InsetText>
          )}
          <Form autosave>
            <ListQuestion
              name="organisation"
              label="Whose staff is it about?"
              hint="Of somebody who works elsewhere, such as a teacher or a foster carer, tell the local authority designated officer (LADO) of the council where they work"
              entry={typed}
              options={organisations.map(({ id, name }) => ({ value: id, text: name }))}
            />
            <ListQuestion
              name="aboutAccount"
              label="Who is it about?"
              hint="They will not see it"
              entry={typed}
              options={[
                { value: NOT_LISTED, text: 'Somebody who is not on the list' },
                ...staff.map(({ id, name, place }) => ({ value: id, text: `${name}, ${place}` })),
              ]}
            />
            <TextQuestion
              name="aboutName"
              label="Their name, if they are not on the list"
              hint="Their full name, as they are called at work. Nobody who shares a name with them will see it"
              entry={typed}
              autocomplete="off"
            />
            <LongTextQuestion
              name="what"
              label="What they are said to have done"
              hint={
                opensRecords
                  ? 'What you saw or were told, and by whom. Do not name the young person here: there is a place for that below'
                  : 'What you saw or were told, and by whom. Do not name a young person here'
              }
              entry={typed}
              most={MOST_CHARACTERS.what}
              rows={6}
            />
            <LongTextQuestion
              name="happened"
              label="When and where (optional)"
              entry={typed}
              most={MOST_CHARACTERS.happened}
              rows={2}
            />
            {opensRecords && (
              <>
                <TextQuestion
                  name="reference"
                  label="Reference of the young person it concerns (optional)"
                  hint="Like HW-7K2M-9P4X"
                  entry={typed}
                  width="half"
                  autocomplete="off"
                />
                <LongTextQuestion
                  name="youngPersonWhat"
                  label="What happened to them, or what they said (optional)"
                  entry={typed}
                  most={MOST_CHARACTERS.what}
                  rows={4}
                />
              </>
            )}
            <p class="hw-autosave" data-autosave-status></p>
            <div class="govuk-button-group">
              <Button classes="govuk-button--warning">Send the allegation</Button>
              <a class="govuk-link" href={allegationsAddress()}>
                Cancel
              </a>
            </div>
          </Form>
        </div>
      </div>,
      { backTo: allegationsAddress() },
    );
  },

  async post({ tx, asker, service }, form): Promise<Answer> {
    const organisations = await organisationsOfStaff(tx);
    if (!organisations.some(({ id }) => id === form.organisation))
      return refuse({ field: 'organisation', message: 'Choose whose staff it is about' });
    const about = await whomItIsAbout(tx, form);
    if ('message' in about) return refuse(about);
    if (form.reference === '' && form.youngPersonWhat !== '') {
      return refuse({
        field: 'reference',
        message: 'Enter the reference of the young person, or say it above without naming them',
      });
    }
    const personId =
      form.reference !== '' && mayOpenRecords(asker.role)
        ? await personWithReference(tx, form.reference)
        : undefined;
    if (form.reference !== '' && personId === undefined)
      return refuse({
        field: 'reference',
        message: 'There is no record with this reference that you can open',
      });
    const told = await raiseAllegation(
      tx,
      { asker, clock: service.clock },
      {
        organisationId: form.organisation,
        ...about,
        what: form.what,
        happened: form.happened,
        youngPerson: personId === undefined ? null : { personId, what: form.youngPersonWhat },
      },
    );
    return redirect(allegationsAddress(), {
      notice:
        told > 0
          ? 'It is sent to those who receive allegations'
          : 'It is kept, but nobody who receives allegations could be told of it: call the local authority designated officer (LADO) of the council now',
    });
  },
});

interface WhoTyped {
  organisation: string;
  aboutAccount: string;
  aboutName: string;
}

/** The colleague who was chosen, or the name that was typed; what is wrong, where it is neither or both. */
async function whomItIsAbout(
  tx: Transaction,
  { organisation, aboutAccount, aboutName }: WhoTyped,
): Promise<Pick<RaisedAllegation, 'aboutAccountId' | 'aboutName'> | { field: string; message: string }> {
  if (aboutAccount === NOT_LISTED)
    return aboutName === ''
      ? { field: 'aboutName', message: 'Enter the name of the person it is about' }
      : { aboutAccountId: null, aboutName };
  const chosen = (await staffToName(tx)).find(({ id }) => id === aboutAccount);
  if (!chosen) return { field: 'aboutAccount', message: 'Choose who it is about' };
  if (!chosen.organisationIds.includes(organisation))
    return { field: 'organisation', message: `Choose whose staff they are: ${chosen.place}` };
  if (aboutName !== '')
    return { field: 'aboutName', message: 'Choose from the list or enter a name: one of the two' };
  return { aboutAccountId: chosen.id, aboutName: chosen.name };
}

const mayOpenRecords = (role: Role): boolean => (readersOfRecords as readonly Role[]).includes(role);

async function personWithReference(tx: Transaction, typed: string): Promise<string | undefined> {
  const found = await tx
    .selectFrom('service.person')
    .select('id')
    .where('reference', '=', parseReference(typed) ?? '')
    .executeTakeFirst();
  return found?.id;
}
