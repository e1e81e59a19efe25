import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import {
  AboutPerson,
  findPerson,
  type Person,
  type PersonSection,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { type PlanInBrief, type PlanKind, planKindInWords, plansInBrief } from '../overdue-plans.ts';
import { plansAddress } from './plan-addresses.ts';
import { Due, readersOfPlans } from './plan-parts.tsx';

/** What there is of plans with a young person, and what of it is due: the way into each. */
export const plansPage = page({
  path: '/people/:person/plans',
  for: readersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-plans',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const brief = asFarAsDue(person, await plansInBrief(tx, person.id, asker.organisationId));
    return show(
      'Plans',
      <>
        <h1 class="govuk-heading-l">Plans</h1>
        <AboutPerson person={person} />
        <PlansInBrief personId={person.id} brief={brief} today={londonDate(service.clock.now())} />
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

/** What is current and what is overdue in a young person's plans, on their page. */
export const plansSection: PersonSection = {
  for: readersOfPlans,
  async show({ tx, asker, service, person }) {
    const brief = asFarAsDue(person, await plansInBrief(tx, person.id, asker.organisationId));
    return (
      <>
        <h2 class="govuk-heading-m">Plans</h2>
        <PlansInBrief personId={person.id} brief={brief} today={londonDate(service.clock.now())} />
      </>
    );
  },
};

/** Of somebody who has died nothing is to be reviewed any more. */
const asFarAsDue = ({ diedOn }: Person, brief: readonly PlanInBrief[]): readonly PlanInBrief[] =>
  diedOn === null ? brief : brief.map((each) => ({ ...each, dueOn: null }));

const parts = [
  { kind: 'safety-plan', part: 'safety-plan', none: 'None yet' },
  { kind: 'trigger-profile', part: 'trigger-profile', none: 'None yet' },
  { kind: 'needs', part: 'needs', none: 'Not recorded yet' },
  { kind: 'goal', part: 'goals', none: 'None yet' },
] as const satisfies readonly { kind: PlanKind; part: string; none: string }[];

interface PlansInBriefProps {
  personId: string;
  brief: readonly PlanInBrief[];
  today: PlainDate;
}

function PlansInBrief({ personId, brief, today }: PlansInBriefProps) {
  const providers = new Set(brief.map(({ organisationId }) => organisationId)).size;
  return (
    <SummaryList
      rows={parts.map(({ kind, part, none }) => {
        const ofKind = brief.filter((each) => each.kind === kind);
        return {
          key: {
            text: (
              <a class="govuk-link" href={plansAddress(personId, part)}>
                {planKindInWords[kind]}
              </a>
            ),
          },
          value: {
            text:
              ofKind.length === 0
                ? none
                : ofKind.map((each) => (
                    <p key={each.organisationId} class="govuk-body">
                      {providers > 1 && (
                        <>
                          <bdi>{each.organisationName}</bdi>:{' '}
                        </>
                      )}
                      <Brief
                        plan={each}
                        steps={brief.find(
                          (other) =>
                            other.kind === 'goal-step' && other.organisationId === each.organisationId,
                        )}
                        today={today}
                      />
                    </p>
                  )),
          },
        };
      })}
    />
  );
}

interface BriefProps {
  plan: PlanInBrief;
  steps: PlanInBrief | undefined;
  today: PlainDate;
}

function Brief({ plan: { kind, lastOn, dueOn, open }, steps, today }: BriefProps) {
  if (kind === 'goal') {
    return (
      <>
        {open === 0 ? 'None open' : `${open} open`}
        {dueOn !== null && (
          <After>
            Looked at again by <Due on={dueOn} today={today} />
          </After>
        )}
        {steps && steps.dueOn !== null && (
          <After>
            Next step by <Due on={steps.dueOn} today={today} />
          </After>
        )}
      </>
    );
  }
  return (
    <>
      {lastOn !== null && `${kind === 'needs' ? 'Recorded' : 'Reviewed'} ${formatDate(lastOn)}`}
      {dueOn !== null && (
        <After>
          Next review <Due on={dueOn} today={today} />
        </After>
      )}
    </>
  );
}

function After({ children }: { children: ComponentChildren }) {
  return (
    <>
      <br />
      <span class="govuk-hint">{children}</span>
    </>
  );
}
