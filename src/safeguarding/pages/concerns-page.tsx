import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { reasonsOf } from '../../organisations/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { parsePlainDate } from '../../platform/clock/plain-date.ts';
import { Pagination } from '../../platform/govuk/index.ts';
import { type Answer, page, show } from '../../platform/http/page.ts';
import { closedConcerns, countConcerns, type OpenPlace, openConcerns } from '../concern-queries.ts';
import { safeguarders } from './concern-ground.tsx';
import { ConcernsList } from './concerns-list.tsx';

const A_PAGE = 25;

type Part = 'untold' | 'late' | 'unanswered' | 'open' | 'closed';

const about: Readonly<Record<Part, string>> = {
  untold: 'Concerns that nobody has been told of, the first due first',
  late: 'Concerns whose answer is late, the longest first',
  unanswered: 'Concerns that are not answered, those nobody has been told of first',
  open: 'Open concerns, those nobody has been told of first',
  closed: 'Closed concerns, the latest first',
};
const nothing: Readonly<Record<Part, string>> = {
  untold: 'Somebody has been told of every concern.',
  late: 'No answer is late.',
  unanswered: 'No concern waits for an answer.',
  open: 'No concern is open. Raise one from any page of a young person’s record.',
  closed: 'No concern has been closed yet.',
};

/** The concerns of a team, a provider, the areas of a coordinator, or the service: those nobody was told of first. */
export const concernsPage = page({
  path: '/concerns',
  for: safeguarders,
  query: z.object({
    show: z.enum(['untold', 'unanswered', 'late', 'closed']).optional().catch(undefined),
    after: z.string().transform(placeFrom).optional(),
    before: z.uuid().optional().catch(undefined),
  }),
  async get({ tx, asker, service, query }): Promise<Answer> {
    const today = londonDate(service.clock.now());
    const part = query.show ?? 'open';
    const isClosed = part === 'closed';
    const { concerns, more } =
      query.show === 'closed'
        ? await closedConcerns(tx, {}, { after: query.before, most: A_PAGE })
        : await openConcerns(
            tx,
            { answer: query.show === 'late' ? { lateOn: today } : query.show },
            { after: query.after, most: A_PAGE },
          );
    const counts = await countConcerns(tx, today);
    const outcomes = isClosed ? await reasonsOf(tx, 'concern-outcome') : [];
    await recordLook(tx, {
      action: 'view-concerns',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    const last = more ? concerns.at(-1) : undefined;
    const isLater = query.after !== undefined || query.before !== undefined;
    return show(
      'Concerns',
      <>
        <h1 class="govuk-heading-l">Concerns</h1>
        <p class="govuk-body">
          {counts.open} open,{' '}
          <Way part="unanswered" chosen={part} count={counts.unanswered}>
            {counts.unanswered} of them not answered
          </Way>
          {counts.untold > 0 && (
            <strong>
              ,{' '}
              <Way part="untold" chosen={part} count={counts.untold}>
                {counts.untold} that nobody has been told of
              </Way>
            </strong>
          )}
          {counts.late > 0 && (
            <strong>
              ,{' '}
              <Way part="late" chosen={part} count={counts.late}>
                {counts.late} late
              </Way>
            </strong>
          )}
          .{' '}
          {part === 'open' ? (
            <a class="govuk-link" href={concernsPage.url({}, { show: 'closed' })}>
              Show those that are closed
            </a>
          ) : (
            <a class="govuk-link" href={concernsPage.url()}>
              Show those that are open
            </a>
          )}
        </p>
        {concerns.length === 0 ? (
          <p class="govuk-body">{nothing[part]}</p>
        ) : (
          <ConcernsList
            about={about[part]}
            concerns={concerns}
            outcomes={outcomes}
            today={today}
            ofOnePerson={false}
          />
        )}
        {(isLater || last) && (
          <Pagination
            previous={
              isLater
                ? { href: concernsPage.url({}, { show: query.show }), text: 'Back to the first' }
                : undefined
            }
            next={
              last && {
                href: concernsPage.url(
                  {},
                  isClosed ? { show: 'closed', before: last.id } : { show: query.show, after: written(last) },
                ),
                text: 'Show more',
              }
            }
          />
        )}
      </>,
    );
  },
});

/** A count that leads to those it counts, where there are any and they are not shown already. */
function Way({
  part,
  chosen,
  count,
  children,
}: {
  part: Exclude<Part, 'open'>;
  chosen: Part;
  count: number;
  children: ComponentChildren;
}) {
  if (count === 0 || part === chosen) return <>{children}</>;
  return (
    <a class="govuk-link" href={concernsPage.url({}, { show: part })}>
      {children}
    </a>
  );
}

const written = ({ isUntold, dueOn, id }: OpenPlace): string =>
  [isUntold ? 'untold' : 'told', dueOn ?? 'none', id].join('.');

function placeFrom(typed: string): OpenPlace | undefined {
  const [told, day = '', id = ''] = typed.split('.');
  const dueOn = day === 'none' ? null : parsePlainDate(day);
  return dueOn !== undefined && z.uuid().safeParse(id).success
    ? { isUntold: told === 'untold', dueOn, id }
    : undefined;
}
