import { z } from 'zod';
import { DeathNotice, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { amendDocument, fieldsOf, findOwnDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { memberDocument, memberInWords, memberValueInWords } from '../network-member.ts';
import {
  faultsOfMemberForm,
  MemberForm,
  memberAsTyped,
  memberControls,
  memberForm,
  memberTyped,
} from './member-form.tsx';
import { networkAddress } from './network-addresses.ts';
import { writersOfNetwork } from './network-readers.ts';

const fields = fieldsOf(memberDocument);

/** Changes what is known of somebody, or says when they ceased to be part of the network; what was known before is kept. */
export const editMemberPage = page({
  path: '/people/:person/network/:member/edit',
  for: writersOfNetwork,
  params: z.object({ person: z.uuid(), member: z.uuid() }),
  form: memberForm.extend(amendmentShape(fields)),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const found = { id: params.member, personId: params.person, organisationId: asker.organisationId };
    const row = person && (await findOwnDocument(tx, memberDocument, found));
    if (!person || !row) return missing();
    await recordLook(tx, {
      action: 'view-network',
      subject: { kind: memberDocument.kind, id: params.member },
      personId: person.id,
    });
    const typed = entry({ ...memberAsTyped(row.values), version: String(row.version) });
    return show(
      'Change somebody of the network',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Change somebody of the network</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <MemberForm entry={typed}>
          <input type="hidden" name="version" value={typed.value('version')} />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={networkAddress(person.id)}>
              Cancel
            </a>
          </div>
        </MemberForm>
      </>,
      { backTo: networkAddress(person.id) },
    );
  },

  async post({ tx, asker, params, entry }, form) {
    const found = { id: params.member, personId: params.person, organisationId: asker.organisationId };
    if (!(await findOwnDocument(tx, memberDocument, found))) return missing();
    const faults = faultsOfMemberForm(form);
    if (faults.length > 0) return refuse(...faults);
    const outcome = await amendDocument(tx, memberDocument, params.member, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => memberTyped(form),
    });
    const leaveTo = networkAddress(params.person);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(leaveTo, { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(leaveTo, { notice: 'It is changed' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'view-network',
          subject: { kind: memberDocument.kind, id: params.member },
          personId: params.person,
        });
        return changedMeanwhile({
          called: 'this entry',
          outcome,
          entry: entry(),
          controls: memberControls,
          fieldInWords: memberInWords,
          valueInWords: memberValueInWords,
          seen: form.seen,
          leaveTo,
        });
    }
  },
});
