import { z } from 'zod';
import { findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { amendDocument, fieldsOf, findOwnDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { onwardDocument, onwardInWords, onwardValueInWords } from '../onward-referral.ts';
import {
  faultsOfOnward,
  OnwardForm,
  onwardAsTyped,
  onwardControls,
  onwardForm,
  onwardTyped,
} from './onward-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

const fields = fieldsOf(onwardDocument);

/** What became of a referral on: whether the young person engaged with it. */
export const editOnwardReferralPage = page({
  path: '/people/:person/onward-referrals/:referral/edit',
  for: recordersOfProgress,
  params: z.object({ person: z.uuid(), referral: z.uuid() }),
  form: onwardForm.extend(amendmentShape(fields)),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const found = { id: params.referral, personId: params.person, organisationId: asker.organisationId };
    const row = person && (await findOwnDocument(tx, onwardDocument, found));
    if (!person || !row) return missing();
    await recordLook(tx, {
      action: 'view-progress',
      subject: { kind: onwardDocument.kind, id: params.referral },
      personId: person.id,
    });
    const typed = entry({ ...onwardAsTyped(row.values), version: String(row.version) });
    return show(
      'Change the referral on',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Change the referral on</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <OnwardForm entry={typed}>
          <input type="hidden" name="version" value={typed.value('version')} />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={progressAddress(person.id)}>
              Cancel
            </a>
          </div>
        </OnwardForm>
      </>,
      { backTo: progressAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const found = { id: params.referral, personId: params.person, organisationId: asker.organisationId };
    if (!(await findOwnDocument(tx, onwardDocument, found))) return missing();
    const faults = faultsOfOnward(form, londonDate(service.clock.now()));
    if (faults.length > 0) return refuse(...faults);
    const outcome = await amendDocument(tx, onwardDocument, params.referral, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => onwardTyped(form),
    });
    const leaveTo = progressAddress(params.person);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(leaveTo, { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(leaveTo, { notice: 'The referral is changed' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'view-progress',
          subject: { kind: onwardDocument.kind, id: params.referral },
          personId: params.person,
        });
        return changedMeanwhile({
          called: 'this referral',
          outcome,
          entry: entry(),
          controls: onwardControls,
          fieldInWords: onwardInWords,
          valueInWords: onwardValueInWords,
          seen: form.seen,
          leaveTo,
        });
    }
  },
});
