import { z } from 'zod';
import { mayWriteTo, safeContactsOf } from '../../network/index.ts';
import { findPerson } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { ownDocument } from '../../platform/history/provider-document.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { providerNames } from '../plan-queries.ts';
import {
  nameOnPaper,
  namesAService,
  safetyPlanDocument,
  safetyPlanInWords,
  safetyPlanParts,
  spokenFields,
} from '../safety-plan.ts';
import { BeforePrinting } from './before-printing.tsx';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

/** The safety plan as paper for the young person: their words, and nothing that tells who helps them. */
export const printSafetyPlanPage = page({
  path: '/people/:person/safety-plan/print',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, params }) {
    const person = await findPerson(tx, params.person);
    const plan = person && (await ownDocument(tx, safetyPlanDocument, person.id, asker.organisationId));
    // Whoever has none has nothing to print; the page they came from says how to make one.
    if (!person) return missing();
    await recordLook(tx, {
      action: 'print-safety-plan',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const texts = plan ? spokenFields.map((field) => plan.values[field]) : [];
    const name = nameOnPaper(person);
    const safe = await safeContactsOf(tx, person.id, asker.organisationId);
    return show(
      'My plan',
      <>
        <BeforePrinting
          backTo={plansAddress(person.id, 'safety-plan')}
          tells={namesAService(texts, await providerNames(tx))}
          post={mayWriteTo(safe.map(({ values }) => values))}
        />
        <h1>My plan</h1>
        {name !== '' && (
          <p>
            <bdi>{name}</bdi>
          </p>
        )}
        {texts.every((text) => text === '') && <p>Nothing is written yet.</p>}
        {plan &&
          safetyPlanParts.map(({ heading, fields }) =>
            fields.every((field) => plan.values[field] === '') ? null : (
              <section key={heading}>
                <h2>{heading}</h2>
                {fields
                  .filter((field) => plan.values[field] !== '')
                  .map((field) => (
                    <div key={field} class="together">
                      {fields.length > 1 && <h3>{safetyPlanInWords[field]}</h3>}
                      <p class="said" dir="auto">
                        {plan.values[field]}
                      </p>
                    </div>
                  ))}
              </section>
            ),
          )}
        <p>In danger: 999. If I cannot speak, I press 55 when I am asked to.</p>
      </>,
      { bare: true },
    );
  },
});
