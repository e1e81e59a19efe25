import { z } from 'zod';
import { bornInWords, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { ownDocument } from '../../platform/history/provider-document.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { providerNames } from '../plan-queries.ts';
import { namesAService } from '../safety-plan.ts';
import {
  profileInWords,
  profileTexts,
  profileValueInWords,
  triggerProfileDocument,
} from '../trigger-profile.ts';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

/** A trigger profile as paper for those who look for somebody: who they are, what helps, and on which day it was right. */
export const printTriggerProfilePage = page({
  path: '/people/:person/trigger-profile/print',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'print-trigger-profile',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const profile = await ownDocument(tx, triggerProfileDocument, person.id, asker.organisationId);
    const written = profile ? profileTexts.filter((field) => profile.values[field] !== '') : [];
    const texts = profile ? written.map((field) => profile.values[field]) : [];
    return show(
      'If they are missing',
      <>
        <BeforeHandingOver
          backTo={plansAddress(person.id, 'trigger-profile')}
          tells={namesAService(texts, await providerNames(tx))}
        />
        <h1>If they are missing</h1>
        <p>
          <bdi>{fullName(person)}</bdi>
          {person.knownAs !== '' && (
            <>
              , known as <bdi>{person.knownAs}</bdi>
            </>
          )}
          <br />
          Born: {bornInWords(person)}
          {profile && (
            <>
              <br />
              {profileInWords.reviewedOn}: {profileValueInWords('reviewedOn', profile.values.reviewedOn)}
            </>
          )}
        </p>
        {!profile && <p>Nothing is written yet.</p>}
        {profile &&
          written.map((field) => (
            <section key={field} class="together">
              <h2>{profileInWords[field]}</h2>
              <p class="said" dir="auto">
                {profile.values[field]}
              </p>
            </section>
          ))}
      </>,
      { bare: true },
    );
  },
});

/** What the one who prints is told first; it is on the screen and not on the paper. */
function BeforeHandingOver({ backTo, tells }: { backTo: string; tells: boolean }) {
  return (
    <div class="not-printed">
      <p>
        <strong>This is for the police and others who look for them.</strong> Hand it to whoever asked for it,
        and never to the young person: whoever exploits them could find it on them.
      </p>
      <ul>
        <li>Check first that it is still right: it says on which day it was.</li>
        <li>
          In the print window, turn off headers and footers: a browser may write the address of this page
          there.
        </li>
        <li>Print one copy, and leave none in the printer.</li>
      </ul>
      {tells && (
        <p>
          <strong>What is written names a service.</strong> Whoever finds it would know who helps them. Change
          the words before you print.
        </p>
      )}
      <p>
        <a href={backTo}>Go back without printing</a>
      </p>
    </div>
  );
}
