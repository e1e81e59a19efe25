import { z } from 'zod';
import { DeathNotice, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { addMember } from '../network-commands.ts';
import { faultsOfMemberForm, MemberForm, memberForm, memberTyped } from './member-form.tsx';
import { networkAddress } from './network-addresses.ts';
import { writersOfNetwork } from './network-readers.ts';

/** Adds somebody to a young person's network. */
export const newMemberPage = page({
  path: '/people/:person/network/new',
  for: writersOfNetwork,
  params: z.object({ person: z.uuid() }),
  form: memberForm,

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry();
    return show(
      'Add somebody to the network',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Add somebody to the network</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <MemberForm entry={typed}>
          <div class="govuk-button-group">
            <Button>Add them</Button>
            <a class="govuk-link" href={networkAddress(person.id)}>
              Cancel
            </a>
          </div>
        </MemberForm>
      </>,
      { backTo: networkAddress(person.id) },
    );
  },

  async post({ tx, asker, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const faults = faultsOfMemberForm(form);
    if (faults.length > 0) return refuse(...faults);
    await addMember(tx, asker, person.id, memberTyped(form));
    return redirect(networkAddress(person.id), { notice: 'They are added to the network' });
  },
});
