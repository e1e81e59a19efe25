import { z } from 'zod';
import { findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { amendDocument, fieldsOf, findOwnDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { eteDocument, eteInWords } from '../ete.ts';
import {
  EteForm,
  eteAsTyped,
  eteControls,
  eteForm,
  eteTyped,
  eteValueInWords,
  faultsOfEte,
} from './ete-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

const fields = fieldsOf(eteDocument);

/** What a young person does is corrected, or it ended; what was recorded before is kept. */
export const editEtePage = page({
  path: '/people/:person/education/:period/edit',
  for: recordersOfProgress,
  params: z.object({ person: z.uuid(), period: z.uuid() }),
  form: eteForm.extend(amendmentShape(fields)),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const found = { id: params.period, personId: params.person, organisationId: asker.organisationId };
    const row = person && (await findOwnDocument(tx, eteDocument, found));
    if (!person || !row) return missing();
    await recordLook(tx, {
      action: 'view-progress',
      subject: { kind: eteDocument.kind, id: params.period },
      personId: person.id,
    });
    const typed = entry({ ...eteAsTyped(row.values), version: String(row.version) });
    return show(
      'Change education, training or work',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Change education, training or work</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <EteForm entry={typed}>
          <input type="hidden" name="version" value={typed.value('version')} />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={progressAddress(person.id)}>
              Cancel
            </a>
          </div>
        </EteForm>
      </>,
      { backTo: progressAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const found = { id: params.period, personId: params.person, organisationId: asker.organisationId };
    if (!(await findOwnDocument(tx, eteDocument, found))) return missing();
    const faults = faultsOfEte(form, londonDate(service.clock.now()));
    if (faults.length > 0) return refuse(...faults);
    const outcome = await amendDocument(tx, eteDocument, params.period, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => eteTyped(form),
    });
    const leaveTo = progressAddress(params.person);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(leaveTo, { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(leaveTo, { notice: 'It is changed' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'view-progress',
          subject: { kind: eteDocument.kind, id: params.period },
          personId: params.person,
        });
        return changedMeanwhile({
          called: 'this record',
          outcome,
          entry: entry(),
          controls: eteControls,
          fieldInWords: eteInWords,
          valueInWords: eteValueInWords,
          seen: form.seen,
          leaveTo,
        });
    }
  },
});
