import { overdueSummaries } from '../../chronology/index.ts';
import { fullName, type Names, namesOfPeople, personAddress } from '../../people/index.ts';
import { overduePlans, planKindInWords } from '../../plans/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { overdueRisks, riskAddress } from '../../safeguarding/index.ts';
import { workOfDay } from '../../support/index.ts';

const MOST_SHOWN = 100;

/** Something that should have been looked at by a day, and where it is. */
interface Overdue {
  names: Names;
  what: string;
  dueOn: PlainDate;
  href: string;
}

/**
 * What should have been looked at by now, the longest overdue first: plans, risks and case summaries. A manager has all of
 * their provider, a caseworker those of their own cases and of whom they stand in for.
 */
export const overduePage = page({
  path: '/overdue',
  for: ['provider-manager', 'caseworker'],
  async get({ tx, asker, service }) {
    const today = londonDate(service.clock.now());
    const organisationId = asker.organisationId ?? '';
    const isManager = asker.role === 'provider-manager';
    const workerIds = isManager ? undefined : (await workOfDay(tx, asker, today)).workerIds;
    const of = workerIds === undefined ? { organisationId } : { workerIds };
    const plans = await overduePlans(tx, { today, of, most: MOST_SHOWN });
    const { risks } = await overdueRisks(tx, today, { workerIds, most: MOST_SHOWN });
    const summaries = await overdueSummaries(tx, today, MOST_SHOWN, workerIds);
    const names = await namesOfPeople(
      tx,
      [...plans, ...summaries].map(({ personId }) => personId),
    );
    await recordLook(tx, {
      action: 'view-overdue',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    const named = (personId: string): Names[] => {
      const known = names.get(personId);
      return known ? [known] : [];
    };
    return show(
      'Overdue',
      <>
        <h1 class="govuk-heading-l">Overdue</h1>
        <Section
          id="plans"
          heading="Plans, needs and goals"
          overdue={plans.flatMap(({ personId, kind, dueOn }) =>
            named(personId).map((called) => ({
              names: called,
              what: planKindInWords[kind],
              dueOn,
              href: `${personAddress(personId)}/plans`,
            })),
          )}
        />
        <Section
          id="risks"
          heading="Risks to be looked at again"
          overdue={risks.map((risk) => ({
            names: risk,
            what: 'Risk',
            dueOn: risk.reviewOn,
            href: riskAddress(risk.personId),
          }))}
        />
        <Section
          id="summaries"
          heading="Case summaries to be written afresh"
          overdue={summaries.flatMap(({ personId, refreshBy }) =>
            named(personId).map((called) => ({
              names: called,
              what: 'Case summary',
              dueOn: refreshBy,
              href: `${personAddress(personId)}/summary`,
            })),
          )}
        />
      </>,
      { backTo: isManager ? '/home' : '/my-day' },
    );
  },
});

/** A part that the counts of the home page lead to: its table names itself, so it is no landmark too. */
function Section({ id, heading, overdue }: { id: string; heading: string; overdue: readonly Overdue[] }) {
  return (
    <div id={id}>
      <h2 class="govuk-heading-m">{heading}</h2>
      {overdue.length === 0 ? (
        <p class="govuk-body">Nothing is overdue.</p>
      ) : (
        <ScrollingTable
          about={heading}
          caption={
            overdue.length === MOST_SHOWN
              ? `The ${MOST_SHOWN} longest overdue`
              : `${overdue.length} overdue, the longest first`
          }
          head={[{ text: 'Young person' }, { text: 'What' }, { text: 'Since' }]}
          rows={overdue.map(({ names, what, dueOn, href }) => [
            { text: <bdi>{fullName(names)}</bdi> },
            {
              text: (
                <a class="govuk-link" href={href}>
                  {what}
                  <span class="govuk-visually-hidden">
                    {' '}
                    of <bdi>{fullName(names)}</bdi>
                  </span>
                </a>
              ),
            },
            { text: formatDate(dueOn) },
          ])}
        />
      )}
    </div>
  );
}
