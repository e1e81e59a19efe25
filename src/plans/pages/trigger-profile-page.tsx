import { z } from 'zod';
import { AboutPerson, findPerson, mayWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { plainDate } from '../../platform/clock/plain-date.ts';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { changesOf } from '../../platform/history/changes.ts';
import { currentDocuments } from '../../platform/history/provider-document.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import {
  profileInWords,
  profileTexts,
  profileValueInWords,
  triggerProfileDocument,
} from '../trigger-profile.ts';
import { plansAddress } from './plan-addresses.ts';
import { Due, Earlier, readersOfPlans, Said } from './plan-parts.tsx';

/** What helps to find a young person who is missing. */
export const triggerProfilePage = page({
  path: '/people/:person/trigger-profile',
  for: readersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-trigger-profile',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const profiles = await currentDocuments(tx, triggerProfileDocument, person.id, asker.organisationId);
    const isWriter = await mayWriteAbout(tx, asker, person.id);
    const hasOwn = profiles.some(({ organisationId }) => organisationId === asker.organisationId);
    const edit = plansAddress(person.id, 'trigger-profile', 'edit');
    const today = londonDate(service.clock.now());
    return show(
      'Trigger profile',
      <>
        <h1 class="govuk-heading-l">Trigger profile</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          What to tell the police and those who look for them when they are missing. It is for professionals:
          do not leave a copy where the young person, or those who exploit them, could find it.
        </p>
        {isWriter && !hasOwn && <Button href={edit}>Write a trigger profile</Button>}
        {!isWriter && profiles.length === 0 && <p class="govuk-body">There is none yet.</p>}
        {profiles.map((profile) => (
          <section key={profile.id} aria-labelledby={`profile-${profile.id}`}>
            <h2 class="govuk-heading-m" id={`profile-${profile.id}`}>
              Written by <bdi>{profile.organisationName}</bdi>
            </h2>
            <SummaryList
              rows={[
                {
                  key: { text: profileInWords.reviewedOn },
                  value: { text: profileValueInWords('reviewedOn', profile.values.reviewedOn) },
                },
                {
                  key: { text: profileInWords.reviewDueOn },
                  value: { text: <Due on={plainDate(profile.values.reviewDueOn)} today={today} /> },
                },
              ]}
            />
            {isWriter && profile.organisationId === asker.organisationId && (
              <div class="govuk-button-group">
                <Button href={edit}>Check or change it</Button>
                <Button
                  href={plansAddress(person.id, 'trigger-profile', 'print')}
                  classes="govuk-button--secondary"
                >
                  Print it for those who look for them
                </Button>
              </div>
            )}
            <div class="hw-note">
              {profileTexts.map((field) => (
                <Said key={field} called={profileInWords[field]} text={profile.values[field]} />
              ))}
            </div>
            <Earlier
              changes={changesOf(profile.versions)}
              fieldInWords={profileInWords}
              valueInWords={profileValueInWords}
            />
          </section>
        ))}
      </>,
      { backTo: plansAddress(person.id, 'plans') },
    );
  },
});
