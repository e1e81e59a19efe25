import { z } from 'zod';
import { DeathNotice, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { amendDocument, fieldsOf, findOwnDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { decisionDocument, decisionInWords, decisionValueInWords } from '../sharing-decision.ts';
import { consentAddress } from './consent-addresses.ts';
import { recordersOfConsent } from './consent-page.tsx';
import {
  DecisionForm,
  decisionAsTyped,
  decisionControls,
  decisionForm,
  decisionTyped,
  faultsOfDecision,
} from './decision-form.tsx';

const fields = fieldsOf(decisionDocument);

/** Consent is withdrawn, or a decision corrected or looked at again; what was recorded before is kept. */
export const editDecisionPage = page({
  path: '/people/:person/consent/:decision/edit',
  for: recordersOfConsent,
  params: z.object({ person: z.uuid(), decision: z.uuid() }),
  form: decisionForm.extend(amendmentShape(fields)),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const found = { id: params.decision, personId: params.person, organisationId: asker.organisationId };
    const row = person && (await findOwnDocument(tx, decisionDocument, found));
    if (!person || !row) return missing();
    await recordLook(tx, {
      action: 'view-sharing-decisions',
      subject: { kind: decisionDocument.kind, id: params.decision },
      personId: person.id,
    });
    const typed = entry({ ...decisionAsTyped(row.values), version: String(row.version) });
    return show(
      'Change consent or a decision',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Change consent or a decision</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <DecisionForm entry={typed}>
          <input type="hidden" name="version" value={typed.value('version')} />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={consentAddress(person.id)}>
              Cancel
            </a>
          </div>
        </DecisionForm>
      </>,
      { backTo: consentAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const found = { id: params.decision, personId: params.person, organisationId: asker.organisationId };
    if (!(await findOwnDocument(tx, decisionDocument, found))) return missing();
    const faults = faultsOfDecision(form, londonDate(service.clock.now()));
    if (faults.length > 0) return refuse(...faults);
    const outcome = await amendDocument(tx, decisionDocument, params.decision, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => decisionTyped(form),
    });
    const leaveTo = consentAddress(params.person);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(leaveTo, { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(leaveTo, { notice: 'It is changed' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'view-sharing-decisions',
          subject: { kind: decisionDocument.kind, id: params.decision },
          personId: params.person,
        });
        return changedMeanwhile({
          called: 'this decision',
          outcome,
          entry: entry(),
          controls: decisionControls,
          fieldInWords: decisionInWords,
          valueInWords: decisionValueInWords,
          seen: form.seen,
          leaveTo,
        });
    }
  },
});
