import { z } from 'zod';
import { DeathNotice, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { recordOnwardReferral } from '../progress-commands.ts';
import { faultsOfOnward, OnwardForm, onwardForm, onwardTyped } from './onward-form.tsx';
import { progressAddress } from './progress-addresses.ts';
import { recordersOfProgress } from './progress-page.tsx';

/** A young person was referred on to another service. */
export const newOnwardReferralPage = page({
  path: '/people/:person/onward-referrals/new',
  for: recordersOfProgress,
  params: z.object({ person: z.uuid() }),
  form: onwardForm,

  async get({ tx, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry({ engaged: 'unknown' });
    return show(
      'Record a referral on',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Record a referral on</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <OnwardForm entry={typed}>
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

  async post({ tx, asker, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const faults = faultsOfOnward(form, londonDate(service.clock.now()));
    if (faults.length > 0) return refuse(...faults);
    await recordOnwardReferral(tx, asker, person.id, onwardTyped(form));
    return redirect(progressAddress(person.id), { notice: 'The referral is recorded' });
  },
});
