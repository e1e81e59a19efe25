import { z } from 'zod';
import { AboutPerson, findPerson, mayWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { plainDate } from '../../platform/clock/plain-date.ts';
import { Button, InsetText, SummaryList } from '../../platform/govuk/index.ts';
import { changesOf } from '../../platform/history/changes.ts';
import { type CurrentDocument, currentDocuments } from '../../platform/history/provider-document.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import {
  type SafetyPlanField,
  safetyPlanDocument,
  safetyPlanInWords,
  safetyPlanParts,
  safetyPlanValueInWords,
} from '../safety-plan.ts';
import { plansAddress } from './plan-addresses.ts';
import { Due, Earlier, readersOfPlans, Said } from './plan-parts.tsx';

/** The safety plan of a young person, as each provider that works with them has it. */
export const safetyPlanPage = page({
  path: '/people/:person/safety-plan',
  for: readersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-safety-plan',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const plans = await currentDocuments(tx, safetyPlanDocument, person.id, asker.organisationId);
    const isWriter = await mayWriteAbout(tx, asker, person.id);
    const hasOwn = plans.some(({ organisationId }) => organisationId === asker.organisationId);
    const today = londonDate(service.clock.now());
    return show(
      'Safety plan',
      <>
        <h1 class="govuk-heading-l">Safety plan</h1>
        <AboutPerson person={person} />
        {isWriter && !hasOwn && (
          <>
            <p class="govuk-body">
              There is no plan yet. Make it together with the young person, and with their family where that
              is safe: it is theirs, in their own words.
            </p>
            <Button href={plansAddress(person.id, 'safety-plan', 'edit')}>Make a safety plan</Button>
          </>
        )}
        {!isWriter && plans.length === 0 && <p class="govuk-body">There is no plan yet.</p>}
        {plans.map((plan) => {
          const isOwn = isWriter && plan.organisationId === asker.organisationId;
          return (
            <section key={plan.id} aria-labelledby={`plan-${plan.id}`}>
              <h2 class="govuk-heading-m" id={`plan-${plan.id}`}>
                The plan with <bdi>{plan.organisationName}</bdi>
              </h2>
              <WhenReviewed plan={plan} today={today} />
              {isOwn && (
                <>
                  <div class="govuk-button-group">
                    <Button href={plansAddress(person.id, 'safety-plan', 'edit')}>Review or change it</Button>
                    <Button
                      href={plansAddress(person.id, 'safety-plan', 'print')}
                      classes="govuk-button--secondary"
                    >
                      Print it for the young person
                    </Button>
                  </div>
                  <InsetText>
                    A plan on paper can be found by those it keeps them safe from. Ask first whether they want
                    it on paper, and where it would be kept.
                  </InsetText>
                </>
              )}
              {safetyPlanParts.map(({ heading, fields }) =>
                fields.every((field) => plan.values[field] === '') ? null : (
                  <div key={heading} class="hw-note">
                    {fields.length > 1 && <h3 class="govuk-heading-s">{heading}</h3>}
                    {fields.map((field) => (
                      <Said
                        key={field}
                        called={safetyPlanInWords[field]}
                        text={plan.values[field]}
                        level={fields.length > 1 ? 4 : 3}
                      />
                    ))}
                  </div>
                ),
              )}
              <Said called={safetyPlanInWords.incident} text={plan.values.incident} />
              <Earlier
                changes={changesOf(plan.versions)}
                fieldInWords={safetyPlanInWords}
                valueInWords={safetyPlanValueInWords}
              />
            </section>
          );
        })}
      </>,
      { backTo: plansAddress(person.id, 'plans') },
    );
  },
});

function WhenReviewed({
  plan: { values },
  today,
}: {
  plan: CurrentDocument<SafetyPlanField>;
  today: string;
}) {
  const inWords = (field: SafetyPlanField) => safetyPlanValueInWords(field, values[field]);
  return (
    <SummaryList
      rows={[
        {
          key: { text: safetyPlanInWords.madeWith },
          value: { text: <bdi>{values.madeWith || 'Not written down'}</bdi> },
        },
        {
          key: { text: safetyPlanInWords.reviewedOn },
          value: { text: `${inWords('reviewedOn')}. ${inWords('occasion')}` },
        },
        {
          key: { text: safetyPlanInWords.reviewDueOn },
          value: { text: <Due on={plainDate(values.reviewDueOn)} today={plainDate(today)} /> },
        },
        { key: { text: safetyPlanInWords.rehearsedOn }, value: { text: inWords('rehearsedOn') } },
      ]}
    />
  );
}
