import { z } from 'zod';
import { readersOfRecords } from '../../people/index.ts';
import type { Role } from '../../platform/database/transaction.ts';
import type { Page, Visit } from '../../platform/http/page.ts';
import { currentProcessingRestriction } from '../request-queries.ts';
import { ProcessingNotice } from './processing-section.tsx';

const UNDER_A_PERSON = '/people/:person/';
const ofAPerson = z.object({ person: z.uuid() });

/**
 * The same page, which says at its top that the processing of the record is restricted where it is: a page below a young
 * person's overview, where people read and write without having passed the overview. Paper is left as it is.
 */
export function withProcessingNotice(page: Page): Page {
  if (page.for === 'everybody' || !page.path.startsWith(UNDER_A_PERSON)) return page;
  const readers: readonly Role[] = readersOfRecords;
  if (!page.for.some((role) => readers.includes(role))) return page;
  return {
    ...page,
    async get(visit) {
      const answer = await page.get(visit);
      if (answer.kind !== 'shown' || answer.bare) return answer;
      const { tx, params }: Visit<typeof ofAPerson> = visit;
      const current = await currentProcessingRestriction(tx, params.person);
      if (current === null) return answer;
      return {
        ...answer,
        body: (
          <>
            <ProcessingNotice restriction={current} />
            {answer.body}
          </>
        ),
      };
    },
  };
}
