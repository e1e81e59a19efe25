import { overdueSummaries } from '../chronology/index.ts';
import { thresholdsOn } from '../organisations/index.ts';
import { type Names, namesOfPeople, personAddress } from '../people/index.ts';
import { overduePlans, planKindInWords } from '../plans/index.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { overdueRisks, riskAddress } from '../safeguarding/index.ts';
import type { FindOverdue, Overdue } from '../support/index.ts';

/** What should have been looked at by now, each part the longest overdue first. */
export interface OverdueWork {
  plans: Overdue[];
  risks: Overdue[];
  summaries: Overdue[];
}

/** The plans, risks and case summaries that are overdue: of a whole provider, or of those whom some workers work with. */
export async function overdueWork(
  tx: Transaction,
  given: {
    today: PlainDate;
    of: { organisationId: string } | { workerIds: readonly string[] };
    most: number;
  },
): Promise<OverdueWork> {
  const { today, of, most } = given;
  const workerIds = 'workerIds' in of ? of.workerIds : undefined;
  const { review, 'risk-review': riskReview, 'case-summary': lasts } = await thresholdsOn(tx, today);
  const plans = await overduePlans(tx, { today, of, review, most });
  const { risks } = await overdueRisks(tx, today, { workerIds, review: riskReview, most });
  const summaries = await overdueSummaries(tx, { today, lasts, workerIds, most });
  const names = await namesOfPeople(
    tx,
    [...plans, ...summaries].map(({ personId }) => personId),
  );
  const named = (personId: string, overdue: Omit<Overdue, 'personId' | 'names'>): Overdue[] => {
    const known: Names | undefined = names.get(personId);
    return known ? [{ personId, names: known, ...overdue }] : [];
  };
  return {
    plans: plans.flatMap(({ personId, kind, dueOn, isFirst }) =>
      named(personId, {
        what: isFirst ? `${planKindInWords[kind]}, not made yet` : planKindInWords[kind],
        dueOn,
        href: `${personAddress(personId)}/plans`,
      }),
    ),
    risks: risks.map((risk) => ({
      personId: risk.personId,
      names: risk,
      what: risk.level === null ? 'Risk, not assessed yet' : 'Risk',
      dueOn: risk.reviewOn,
      href: riskAddress(risk.personId),
    })),
    summaries: summaries.flatMap(({ personId, refreshBy, isFirst }) =>
      named(personId, {
        what: isFirst ? 'Case summary, not written yet' : 'Case summary',
        dueOn: refreshBy,
        href: `${personAddress(personId)}/summary`,
      }),
    ),
  };
}

/** What of the cases of some workers is overdue, the longest first, whatever it is. */
export const overdueOfWorkers: FindOverdue = async (tx, { workerIds, today, most }) => {
  const { plans, risks, summaries } = await overdueWork(tx, { today, of: { workerIds }, most });
  return [...plans, ...risks, ...summaries].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
};
