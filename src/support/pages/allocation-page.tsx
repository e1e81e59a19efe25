import { z } from 'zod';
import { dueOn, reasonsOf, thresholdsOn } from '../../organisations/index.ts';
import { DeathNotice, findPerson, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button, SummaryList, Tag } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { HANDED_BACK_ALREADY, takeUpAllocation } from '../answer-allocation.ts';
import { type Allocation, findAllocation, whyAllocated } from '../caseload-queries.ts';
import { allocationAddress } from './allocation-addresses.ts';
import { workerAddress } from './support-addresses.ts';

/** An allocation to a provider, which its manager takes up or hands back. */
export const allocationPage = page({
  path: '/allocations/:allocation',
  for: ['provider-manager'],
  params: z.object({ allocation: z.uuid() }),
  form: z.object({}),

  async get({ tx, service, params, entry }) {
    const allocation = await findAllocation(tx, params.allocation);
    const person = allocation && (await findPerson(tx, allocation.personId));
    if (!allocation || !person) return missing();
    await recordLook(tx, {
      action: 'view-allocation',
      subject: { kind: 'allocation', id: allocation.id },
      personId: person.id,
    });
    const today = londonDate(service.clock.now());
    const why = await whyAllocated(tx, allocation.id);
    const answerBy = await answerDueOn(tx, allocation.startedAt, today);
    const ended = await endInWords(tx, allocation);
    const isOpen = allocation.endedAt === null;
    const typed = entry();
    return show(
      'Allocation',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <h1 class="govuk-heading-l">Allocation</h1>
        <DeathNotice person={person} />
        <SummaryList
          rows={[
            { key: { text: 'Team' }, value: { text: <bdi>{allocation.teamName}</bdi> } },
            {
              key: { text: 'Worker' },
              value: { text: <bdi>{allocation.workerName ?? 'Nobody yet'}</bdi> },
              actions: isOpen
                ? {
                    items: [
                      {
                        href: workerAddress(allocation.id),
                        text: allocation.workerId === null ? 'Choose' : 'Change',
                        visuallyHiddenText: 'the worker',
                      },
                    ],
                  }
                : undefined,
            },
            { key: { text: 'Allocated' }, value: { text: formatLondon(allocation.startedAt) } },
            ...(why === ''
              ? []
              : [
                  {
                    key: { text: 'Why your team' },
                    value: {
                      text: (
                        <div class="hw-text" dir="auto">
                          {why}
                        </div>
                      ),
                    },
                  },
                ]),
            {
              key: { text: 'Your answer' },
              value: {
                text: (
                  <span id="answer">
                    <Answer allocation={allocation} ended={ended} answerBy={answerBy} today={today} />
                  </span>
                ),
              },
            },
          ]}
        />
        <p class="govuk-body">
          <a class="govuk-link" href={personAddress(person.id)}>
            Read the record and the referral
          </a>
        </p>
        {isOpen && allocation.takenUpAt === null && (
          <Form>
            <div class="govuk-button-group">
              <Button preventDoubleClick>Take them up</Button>
              <a class="govuk-link" href={allocationAddress(allocation.id, 'hand-back')}>
                Hand them back
              </a>
            </div>
          </Form>
        )}
        {isOpen && allocation.takenUpAt !== null && (
          <p class="govuk-body">
            <a class="govuk-link" href={allocationAddress(allocation.id, 'hand-back')}>
              Hand them back
            </a>{' '}
            if you cannot support them after all.
          </p>
        )}
      </>,
      { backTo: '/caseload' },
    );
  },

  async post({ tx, service, params }) {
    const outcome = await takeUpAllocation(tx, params.allocation, service.clock);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'taken-up':
        return redirect(allocationAddress(params.allocation), { notice: 'It had been taken up already' });
      case 'ended':
        if (!(await findAllocation(tx, params.allocation)))
          return redirect('/caseload', { notice: HANDED_BACK_ALREADY });
        return refuse({
          field: 'answer',
          message: 'It cannot be taken up now: it was handed back, or support has ended',
        });
      case 'done':
        return redirect(allocationAddress(params.allocation), {
          notice: 'You have taken it up. Now choose who works with the young person',
        });
    }
  },
});

/** The day by which a provider answers an allocation (threshold `take-up`). */
export async function answerDueOn(tx: Transaction, startedAt: Date, today: PlainDate): Promise<PlainDate> {
  return dueOn(londonDate(startedAt), (await thresholdsOn(tx, today))['take-up']);
}

async function endInWords(tx: Transaction, { endReason }: Allocation): Promise<string> {
  const reasons = [...(await reasonsOf(tx, 'hand-back')), ...(await reasonsOf(tx, 'closing'))];
  return wordFor(reasons, endReason);
}

interface AnswerProps {
  allocation: Allocation;
  ended: string;
  answerBy: PlainDate;
  today: PlainDate;
}

function Answer({ allocation: { takenUpAt, endedAt }, ended, answerBy, today }: AnswerProps) {
  if (endedAt !== null) {
    return (
      <>
        Ended on {formatDate(londonDate(endedAt))}
        {ended !== '' && `: ${ended}`}
      </>
    );
  }
  if (takenUpAt !== null) return <>Taken up on {formatDate(londonDate(takenUpAt))}</>;
  return (
    <>
      Waiting for you, by {formatDate(answerBy)}
      {answerBy < today && (
        <>
          {' '}
          <Tag classes="govuk-tag--red">Late</Tag>
        </>
      )}
    </>
  );
}
