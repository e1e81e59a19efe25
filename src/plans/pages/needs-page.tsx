import { z } from 'zod';
import { AboutPerson, findPerson, mayWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Button, Details } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { wordFor } from '../../reference/code-lists.ts';
import {
  assessmentStages,
  changeSinceStart,
  type NeedsAssessment,
  needChangeInWords,
  needDomains,
  needLevels,
  viewpoints,
} from '../needs.ts';
import { assessmentsOf } from '../plan-queries.ts';
import { plansAddress } from './plan-addresses.ts';
import { Due, readersOfPlans } from './plan-parts.tsx';

/** How many assessments a page shows: years of reviews. */
const MOST = 40;

/** The needs of a young person as they were assessed, the newest first, and what changed since support began. */
export const needsPage = page({
  path: '/people/:person/needs',
  for: readersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-needs',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const assessments = await assessmentsOf(tx, person.id, MOST);
    const today = londonDate(service.clock.now());
    const isWriter = await mayWriteAbout(tx, asker, person.id);
    return show(
      'Needs',
      <>
        <h1 class="govuk-heading-l">Needs</h1>
        <AboutPerson person={person} />
        {isWriter && (
          <div class="govuk-button-group">
            <Button href={plansAddress(person.id, 'needs', 'new')}>Record their needs</Button>
            {assessments.some(({ organisationId }) => organisationId === asker.organisationId) && (
              <Button href={plansAddress(person.id, 'needs', 'print')} classes="govuk-button--secondary">
                Print them for the young person
              </Button>
            )}
          </div>
        )}
        {assessments.length === 0 && (
          <p class="govuk-body">
            None are recorded yet. Record them at the start of support, at each review and at its close.
          </p>
        )}
        {[...Map.groupBy(assessments, ({ organisationId }) => organisationId)].map(([id, theirs]) => (
          <OfProvider key={id} assessments={theirs} today={today} />
        ))}
      </>,
      { backTo: plansAddress(person.id, 'plans') },
    );
  },
});

function OfProvider({ assessments, today }: { assessments: readonly NeedsAssessment[]; today: PlainDate }) {
  const [latest] = assessments;
  const change = changeSinceStart(assessments);
  if (!latest) return null;
  return (
    <>
      <h2 class="govuk-heading-m">
        Recorded by <bdi>{latest.organisationName}</bdi>
      </h2>
      {latest.reviewDueOn !== null && (
        <p class="govuk-body">
          Next review: <Due on={latest.reviewDueOn} today={today} />
        </p>
      )}
      {change && (
        <ScrollingTable
          about="Needs at the start and now"
          caption={`From ${formatDate(change.start.assessedOn)} to ${formatDate(change.latest.assessedOn)}`}
          captionClasses="govuk-table__caption--s"
          firstCellIsHeader
          head={[{ text: 'Need' }, { text: 'At the start' }, { text: 'Newest' }, { text: 'Change' }]}
          rows={change.domains.map(({ domain, from, to, change: how }) => [
            { text: wordFor(needDomains, domain) },
            { text: wordFor(needLevels, from ?? 'not-known') },
            { text: wordFor(needLevels, to ?? 'not-known') },
            { text: needChangeInWords[how] },
          ])}
        />
      )}
      {assessments.map((assessment) => (
        <Details
          key={assessment.id}
          open={assessment === latest}
          summaryText={`${wordFor(assessmentStages, assessment.stage)}, ${formatDate(assessment.assessedOn)}`}
        >
          {assessment.byName !== null && (
            <p class="govuk-hint">
              Recorded by <bdi>{assessment.byName}</bdi>
            </p>
          )}
          <ul class="govuk-list">
            {needDomains.map(({ code, text }) => {
              const need = assessment.needs[code];
              return (
                <li key={code}>
                  <strong>{text}:</strong> {wordFor(needLevels, need?.level ?? 'not-known').toLowerCase()}
                  {need?.view && `. View: ${wordFor(viewpoints, need.view).toLowerCase()}`}
                  {need?.words && (
                    <p class="govuk-body hw-text govuk-!-margin-bottom-1" dir="auto">
                      {need.words}
                    </p>
                  )}
                </li>
              );
            })}
          </ul>
        </Details>
      ))}
    </>
  );
}
