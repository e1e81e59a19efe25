import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Pagination, SummaryList, Tag } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { codesOf, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { findings, groundsForOpening, isReviewOverdue } from '../restricted.ts';
import { reviewOpening } from '../restriction-commands.ts';
import { findOpening, type Opening, openings } from '../restriction-queries.ts';

const A_PAGE = 25;
const MOST_NOTE = 2_000;

/** Records that were opened in an emergency: those to review, and those that were. */
export const openingsPage = page({
  path: '/record-openings',
  for: ['data-protection-lead'],
  query: z.object({
    reviewed: z.literal('yes').optional().catch(undefined),
    after: z.uuid().optional().catch(undefined),
  }),
  async get({ tx, service, query }) {
    const reviewed = query.reviewed === 'yes';
    const found = await openings(tx, { reviewed, after: query.after, most: A_PAGE });
    await recordLook(tx, {
      action: 'view-record-openings',
      subject: { kind: 'record-openings', id: null },
      personId: null,
    });
    const [last] = found.openings.slice(-1);
    const title = 'Records opened in an emergency';
    const part = reviewed ? { reviewed: 'yes' } : {};
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          {reviewed ? (
            <a class="govuk-link" href={openingsPage.url()}>
              Those to review
            </a>
          ) : (
            <a class="govuk-link" href={openingsPage.url({}, { reviewed: 'yes' })}>
              Those that were reviewed
            </a>
          )}
        </p>
        {found.openings.length === 0 ? (
          <p class="govuk-body">{reviewed ? 'None has been reviewed yet.' : 'Nothing waits for review.'}</p>
        ) : (
          <Openings openings={found.openings} now={service.clock.now()} />
        )}
        {found.more && last && (
          <Pagination next={{ href: openingsPage.url({}, { ...part, after: last.id }), text: 'Show more' }} />
        )}
      </>,
    );
  },
});

function Openings({ openings: listed, now }: { openings: readonly Opening[]; now: Date }) {
  return (
    <ScrollingTable
      about="Openings"
      caption="Records opened in an emergency"
      captionClasses="govuk-visually-hidden"
      head={['When', 'Record', 'By', 'Emergency', 'Review'].map((heading) => ({ text: heading }))}
      rows={listed.map((opening) => [
        {
          text: (
            <a class="govuk-link" href={reviewOpeningPage.url({ opening: opening.id })}>
              {formatLondon(opening.openedAt)}
            </a>
          ),
        },
        { text: <span class="hw-reference">{opening.reference}</span> },
        { text: <bdi>{`${opening.who}, ${roleInWords[opening.role]}`}</bdi> },
        { text: wordFor(groundsForOpening, opening.ground) },
        {
          text: opening.review ? (
            wordFor(findings, opening.review.finding)
          ) : isReviewOverdue(opening.openedAt, now) ? (
            <Tag classes="govuk-tag--red">Overdue</Tag>
          ) : (
            'To do'
          ),
        },
      ])}
    />
  );
}

const OWN = 'You opened this record yourself: another data protection lead reviews it';

/** Reviews one opening. */
export const reviewOpeningPage = page({
  path: '/record-openings/:opening',
  for: ['data-protection-lead'],
  params: z.object({ opening: z.uuid() }),
  form: z.object({
    finding: choice(codesOf(findings), 'Choose what you found'),
    note: text({
      called: 'What you found',
      most: MOST_NOTE,
      needed: 'Enter what you found and what follows from it',
      lines: 'many',
    }),
  }),

  async get({ tx, asker, params, entry }) {
    const opening = await findOpening(tx, params.opening);
    if (!opening) return missing();
    await recordLook(tx, {
      action: 'view-record-openings',
      subject: { kind: 'record-opening', id: opening.id },
      personId: opening.personId,
    });
    const typed = entry();
    const { review } = opening;
    const title = 'A record opened in an emergency';
    const rows = [
      ['Record', <span class="hw-reference">{opening.reference}</span>],
      ['Opened by', <bdi>{`${opening.who}, ${roleInWords[opening.role]}`}</bdi>],
      ['When', `${formatLondon(opening.openedAt)}, for one hour`],
      ['Emergency', wordFor(groundsForOpening, opening.ground)],
      [
        'Why',
        <span class="hw-text" dir="auto">
          {opening.reason}
        </span>,
      ],
      ...(review
        ? [
            ['Reviewed', `${review.by}, ${formatLondon(review.at)}: ${wordFor(findings, review.finding)}`],
            [
              'What was found',
              <span class="hw-text" dir="auto">
                {review.note}
              </span>,
            ],
          ]
        : []),
    ] as const;
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <SummaryList rows={rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } }))} />
        <p class="govuk-body">
          <a class="govuk-link" href={`/people/${opening.personId}/looks`}>
            What they looked at
          </a>
        </p>
        {!review && opening.whoId === asker.accountId && <p class="govuk-body">{OWN}.</p>}
        {!review && opening.whoId !== asker.accountId && (
          <Form>
            <ChoiceQuestion
              name="finding"
              label="What did you find?"
              entry={typed}
              options={optionsOf(findings)}
            />
            <LongTextQuestion
              name="note"
              label="Why, and what follows"
              hint="Ask whoever opened it, and the manager of the service. Do not name the young person"
              most={MOST_NOTE}
              entry={typed}
            />
            <Button preventDoubleClick>Save the review</Button>
          </Form>
        )}
      </>,
      { backTo: openingsPage.url() },
    );
  },

  async post({ tx, asker, service, params }, { finding, note }) {
    const opening = await findOpening(tx, params.opening);
    if (!opening) return missing();
    if (opening.whoId === asker.accountId) return refuse({ field: 'finding', message: OWN });
    if (!(await reviewOpening(tx, asker, opening.id, { finding, note, at: service.clock.now() })))
      return refuse({ field: 'finding', message: 'This opening has been reviewed already' });
    return redirect(openingsPage.url(), { notice: 'The review is saved' });
  },
});
