import { z } from 'zod';
import { findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { recordEtePeriod } from '../progress-commands.ts';
import { EteForm, eteForm, eteTyped, faultsOfEte } from './ete-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

/** What a young person does, or that they do none of it, from a day on. */
export const newEtePage = page({
  path: '/people/:person/education/new',
  for: recordersOfProgress,
  params: z.object({ person: z.uuid() }),
  form: eteForm,

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry({});
    return show(
      'Record education, training or work',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Record education, training or work</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <EteForm entry={typed}>
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

  async post({ tx, asker, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const faults = faultsOfEte(form, londonDate(service.clock.now()));
    if (faults.length > 0) return refuse(...faults);
    await recordEtePeriod(tx, asker, person.id, eteTyped(form));
    return redirect(progressAddress(person.id), { notice: 'It is recorded' });
  },
});
