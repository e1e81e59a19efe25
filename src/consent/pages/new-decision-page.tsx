import { z } from 'zod';
import { DeathNotice, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { recordSharingDecision } from '../sharing-decision-commands.ts';
import { consentAddress } from './consent-addresses.ts';
import { recordersOfConsent } from './consent-page.tsx';
import { DecisionForm, decisionForm, decisionTyped, faultsOfDecision } from './decision-form.tsx';

/** Consent is recorded, or a decision to share what is known or not. */
export const newDecisionPage = page({
  path: '/people/:person/consent/new',
  for: recordersOfConsent,
  params: z.object({ person: z.uuid() }),
  form: decisionForm,

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
      'Record consent or a decision',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Record consent or a decision</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <DecisionForm entry={typed}>
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

  async post({ tx, asker, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const faults = faultsOfDecision(form, londonDate(service.clock.now()));
    if (faults.length > 0) return refuse(...faults);
    await recordSharingDecision(tx, asker, person.id, decisionTyped(form));
    return redirect(consentAddress(person.id), { notice: 'It is recorded' });
  },
});
