import { z } from 'zod';
import { mayWriteTo, safeContactsOf } from '../../network/index.ts';
import { findPerson } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { needDomains, needLevels } from '../needs.ts';
import { assessmentsOf, providerNames } from '../plan-queries.ts';
import { nameOnPaper, namesAService } from '../safety-plan.ts';
import { BeforePrinting } from './before-printing.tsx';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

/** Of both providers of somebody, the newest of one's own is among so many. */
const MOST = 40;

/** The needs of a young person, as their worker recorded them last, as paper for them: nothing tells who helps them. */
export const printNeedsPage = page({
  path: '/people/:person/needs/print',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'print-needs',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const assessments = await assessmentsOf(tx, person.id, MOST);
    const newest = assessments.find(({ organisationId }) => organisationId === asker.organisationId);
    const needs = needDomains.flatMap(({ code, text }) => {
      const need = newest?.needs[code];
      return need ? [{ ...need, code, text }] : [];
    });
    const name = nameOnPaper(person);
    const safe = await safeContactsOf(tx, person.id, asker.organisationId);
    return show(
      'My needs',
      <>
        <BeforePrinting
          backTo={plansAddress(person.id, 'needs')}
          tells={namesAService(
            needs.map(({ words }) => words),
            await providerNames(tx),
          )}
          post={mayWriteTo(safe.map(({ values }) => values))}
        />
        <h1>My needs</h1>
        {name !== '' && (
          <p>
            <bdi>{name}</bdi>
          </p>
        )}
        {newest ? <p>Talked about on {formatDate(newest.assessedOn)}.</p> : <p>Nothing is written yet.</p>}
        {needs.map(({ code, text, level, words }) => (
          <section key={code} class="together">
            <h2>{text}</h2>
            <p>{wordFor(needLevels, level)}</p>
            {words !== '' && (
              <p class="said" dir="auto">
                {words}
              </p>
            )}
          </section>
        ))}
      </>,
      { bare: true },
    );
  },
});
