import { z } from 'zod';
import { mayWriteTo, safeContactsOf } from '../../network/index.ts';
import { findPerson } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { goalStatuses, openStatuses } from '../goal.ts';
import { goalsOf, providerNames, type Step } from '../plan-queries.ts';
import { nameOnPaper, namesAService } from '../safety-plan.ts';
import { BeforePrinting } from './before-printing.tsx';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

const MOST = 60;

/** The goals that a young person works at as paper for them: their words, and nothing that tells who helps them. */
export const printGoalsPage = page({
  path: '/people/:person/goals/print',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'print-goals',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const { organisationId } = asker;
    const all = await goalsOf(tx, person.id, { organisationId, most: MOST });
    const goals = all.filter(({ status }) => openStatuses.includes(status));
    const texts = goals.flatMap(({ words, why, steps }) => [
      words,
      why,
      ...steps.flatMap(({ what, ownerName }) => [what, ownerName]),
    ]);
    const name = nameOnPaper(person);
    const safe = await safeContactsOf(tx, person.id, asker.organisationId);
    return show(
      'My goals',
      <>
        <BeforePrinting
          backTo={plansAddress(person.id, 'goals')}
          tells={namesAService(texts, await providerNames(tx))}
          post={mayWriteTo(safe.map(({ values }) => values))}
        />
        <h1>My goals</h1>
        {name !== '' && (
          <p>
            <bdi>{name}</bdi>
          </p>
        )}
        {goals.length === 0 && <p>Nothing is written yet.</p>}
        {goals.map(({ id, words, why, steps }) => (
          <section key={id}>
            <h2 class="said" dir="auto">
              {words}
            </h2>
            {why !== '' && (
              <div class="together">
                <h3>Why it matters to me</h3>
                <p class="said" dir="auto">
                  {why}
                </p>
              </div>
            )}
            {steps.length > 0 && (
              <>
                <h3>Steps</h3>
                <ul>
                  {steps.map((step) => (
                    <li key={step.id} class="together">
                      <span class="said" dir="auto">
                        {step.what}
                      </span>
                      <br />
                      <WhoDoesIt step={step} />, by {formatDate(step.dueOn)}.{' '}
                      {wordFor(goalStatuses, step.status)}.
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
        ))}
      </>,
      { bare: true },
    );
  },
});

/** In the young person's own view: nobody is a worker on paper that others may find. */
function WhoDoesIt({ step: { owner, ownerName } }: { step: Step }) {
  if (owner === 'young-person') return <>I do it</>;
  return owner === 'other' ? <bdi>{ownerName}</bdi> : <>Somebody I know does it</>;
}
