import { z } from 'zod';
import { londonDate } from '../../platform/clock/london-time.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Tag } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { codeFrom } from '../../platform/text/code-from.ts';
import {
  addReason,
  changeReason,
  findReasonLists,
  findReasonsToSet,
  isAlwaysOffered,
  listInWords,
} from '../reasons-to-set.ts';
import { UseQuestion, useField } from './use-question.tsx';

const words = text({ called: 'The words', most: 120, needed: 'Enter the words' }).refine(
  (typed) => codeFrom(typed) !== '',
  'The words must have letters or numbers',
);

/** The lists of reasons that people choose from. */
export const reasonListsPage = page({
  path: '/set-up/reasons',
  for: ['administrator'],

  async get({ tx }) {
    const lists = await findReasonLists(tx);
    return show(
      'Reasons',
      <>
        <h1 class="govuk-heading-l">Reasons</h1>
        <p class="govuk-body">
          A reason that is not used any more is retired and never deleted: records that have it still say it.
        </p>
        <ScrollingTable
          about="Lists of reasons"
          firstCellIsHeader
          head={['List', 'Offered'].map((heading) => ({ text: heading }))}
          rows={lists.map(({ list, offered }) => [
            {
              text: (
                <a class="govuk-link" href={reasonListPage.url({ list })}>
                  {listInWords(list)}
                </a>
              ),
            },
            { text: String(offered) },
          ])}
        />
      </>,
      { backTo: '/set-up' },
    );
  },
});

/** One list in its order, and a form that adds to it. */
export const reasonListPage = page({
  path: '/set-up/reasons/:list',
  for: ['administrator'],
  params: z.object({ list: z.string().regex(/^[a-z-]+$/) }),
  form: z.object({ text: words }),

  async get({ tx, params, entry }) {
    const reasons = await findReasonsToSet(tx, params.list);
    if (reasons.length === 0) return missing();
    const form = entry();
    return show(
      listInWords(params.list),
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">{listInWords(params.list)}</h1>
        <ScrollingTable
          about="Reasons in their order"
          firstCellIsHeader
          head={['Reason', 'State'].map((heading) => ({ text: heading }))}
          rows={reasons.map(({ code, text: reads, isRetired }) => [
            {
              text: (
                <a class="govuk-link" href={reasonPage.url({ list: params.list, reason: code })} dir="auto">
                  {reads}
                </a>
              ),
            },
            { text: isRetired ? <Tag classes="govuk-tag--grey">Retired</Tag> : 'In use' },
          ])}
        />
        <h2 class="govuk-heading-m">Add one</h2>
        <Form>
          <TextQuestion name="text" label="Words" autocomplete="off" entry={form} />
          <Button preventDoubleClick>Add it</Button>
        </Form>
      </>,
      { backTo: '/set-up/reasons' },
    );
  },

  async post({ tx, params }, form) {
    if ((await findReasonsToSet(tx, params.list)).length === 0) return missing();
    if ((await addReason(tx, params.list, form.text)) === null)
      return refuse({ field: 'text', message: 'The list has this one, or had it: use or rename that' });
    return redirect(`/set-up/reasons/${params.list}`, { notice: 'It is added' });
  },
});

/** Changes the words of a reason, its place in the list, or whether it is offered. */
export const reasonPage = page({
  path: '/set-up/reasons/:list/:reason',
  for: ['administrator'],
  params: z.object({ list: z.string().regex(/^[a-z-]+$/), reason: z.string().regex(/^[a-z0-9-]+$/) }),
  form: z.object({
    text: words,
    place: text({ called: 'The place', most: 4, needed: 'Enter its place in the list' })
      .refine((typed) => /^[1-9]\d*$/.test(typed), 'Enter its place as a number: 1 is the first')
      .transform(Number),
    use: useField,
  }),

  async get({ tx, params, entry }) {
    const reasons = await findReasonsToSet(tx, params.list);
    const place = reasons.findIndex(({ code }) => code === params.reason);
    const reason = reasons[place];
    if (!reason) return missing();
    const form = entry({
      text: reason.text,
      place: String(place + 1),
      use: reason.isRetired ? 'retired' : 'in-use',
    });
    return show(
      'Change a reason',
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">Change a reason</h1>
        <Form>
          <TextQuestion
            name="text"
            label="Words"
            hint="Records that have it read it in the new words: only say the same thing better. For another reason, add one."
            autocomplete="off"
            entry={form}
          />
          <TextQuestion
            name="place"
            label="Place in the list"
            hint={`From 1, the first, to ${reasons.length}.`}
            inputmode="numeric"
            width="short"
            entry={form}
          />
          <UseQuestion entry={form} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: reasonListPage.url({ list: params.list }) },
    );
  },

  async post({ tx, params, service }, form) {
    const reasons = await findReasonsToSet(tx, params.list);
    if (!reasons.some(({ code }) => code === params.reason)) return missing();
    if (form.use === 'retired' && isAlwaysOffered(params.list, params.reason))
      return refuse({
        field: 'use',
        message:
          'This reason must be left to choose from: it is the only true one when a young person has died',
      });
    const staysOffered = reasons.some(({ code, isRetired }) => code !== params.reason && !isRetired);
    if (form.use === 'retired' && !staysOffered)
      return refuse({ field: 'use', message: 'One at least must be left to choose from: add another first' });
    await changeReason(tx, params.list, params.reason, {
      text: form.text,
      place: form.place,
      retiredOn: form.use === 'retired' ? londonDate(service.clock.now()) : null,
    });
    return redirect(reasonListPage.url({ list: params.list }), { notice: 'The reason is saved' });
  },
});
