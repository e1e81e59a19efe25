import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { AboutPerson, findPersonToWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { amendmentShape, answerAmendment, choicesIn, dateControls } from '../../platform/forms/amendment.tsx';
import { date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { fieldsOf } from '../../platform/history/document.ts';
import { ownDocument, saveDocument } from '../../platform/history/provider-document.ts';
import { missing, page, refuse, show } from '../../platform/http/page.ts';
import { reviewDates } from '../safety-plan.ts';
import {
  type ProfileText,
  profileHints,
  profileInWords,
  profileTexts,
  profileValueInWords,
  triggerProfileDocument,
} from '../trigger-profile.ts';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

const MOST = 5_000;
const fields = fieldsOf(triggerProfileDocument);

async function look(tx: Transaction, personId: string): Promise<void> {
  await recordLook(tx, {
    action: 'view-trigger-profile',
    subject: { kind: 'person', id: personId },
    personId,
  });
}

/** A trigger profile is written, checked or changed; whoever saves it says that it is right today. */
export const editTriggerProfilePage = page({
  path: '/people/:person/trigger-profile/edit',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    ...(Object.fromEntries(
      profileTexts.map((field) => [
        field,
        text({ called: profileInWords[field], most: MOST, lines: 'many' }),
      ]),
    ) as Record<ProfileText, ReturnType<typeof text>>),
    nextReviewOn: date({ called: 'The next check' }),
    ...amendmentShape(fields),
  }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await look(tx, person.id);
    const profile = await ownDocument(tx, triggerProfileDocument, person.id, asker.organisationId);
    const today = londonDate(service.clock.now());
    const latest = dueOn(today, (await thresholdsOn(tx, today)).review);
    const typed = entry({ ...profile?.values, version: String(profile?.version ?? 0) });
    const title = typed.value('version') === '0' ? 'Write a trigger profile' : 'Check the trigger profile';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          Write what somebody who has never met them needs to know to find them. Saving it says that all of it
          is right today.
        </p>
        <Form autosave>
          <input type="hidden" name="version" value={typed.value('version')} />
          {profileTexts.map((field) => (
            <LongTextQuestion
              key={field}
              name={field}
              label={`${profileInWords[field]} (optional)`}
              {...(profileHints[field] === undefined ? {} : { hint: profileHints[field] })}
              entry={typed}
              most={MOST}
              rows={3}
            />
          ))}
          <DateQuestion
            name="nextReviewOn"
            label="Next check (optional)"
            hint={`On or before ${formatDate(latest)}, which is taken if you leave this empty`}
            entry={typed}
          />
          <p class="hw-autosave" data-autosave-status></p>
          <div class="govuk-button-group">
            <Button>Save the profile</Button>
            <a class="govuk-link" href={plansAddress(person.id, 'trigger-profile')}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: plansAddress(person.id, 'trigger-profile') },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    if (profileTexts.every((field) => form[field] === '')) {
      return refuse({
        field: 'description',
        message: 'Write at least one part of the profile: an empty profile helps nobody to find them',
      });
    }
    const today = londonDate(service.clock.now());
    const latest = dueOn(today, (await thresholdsOn(tx, today)).review);
    const dates = reviewDates({ isReview: true, today, typed: form.nextReviewOn, latest, before: null });
    if (!dates.ok) {
      const message = dates.message.replace('review', 'check');
      return refuse({ field: 'nextReviewOn', message, control: 'nextReviewOn-day' });
    }
    const texts = Object.fromEntries(profileTexts.map((field) => [field, form[field]]));
    const outcome = await saveDocument(tx, asker, person.id, triggerProfileDocument, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => ({
        ...(texts as Record<ProfileText, string>),
        reviewedOn: dates.reviewedOn,
        reviewDueOn: dates.reviewDueOn,
      }),
    });
    const leaveTo = plansAddress(person.id, 'trigger-profile');
    return await answerAmendment(outcome, {
      called: 'this trigger profile',
      entry: entry(),
      controls: [...profileTexts, ...dateControls('nextReviewOn')],
      fieldInWords: profileInWords,
      valueInWords: profileValueInWords,
      seen: form.seen,
      leaveTo,
      notices: { saved: 'The trigger profile is saved' },
      look: () => look(tx, person.id),
    });
  },
});
