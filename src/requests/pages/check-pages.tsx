import { z } from 'zod';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { handlings, intelligenceGrades, MOST_CHARACTERS, sourceGrades } from '../request.ts';
import { writeFinding } from '../request-commands.ts';
import { findingsOf, findRequest } from '../request-queries.ts';
import { answering, answeringForm, answeringPage } from './answering.tsx';
import { Findings } from './findings.tsx';
import { lookAtRequest } from './request-page.tsx';
import { aboutInWords, titleOf } from './request-parts.tsx';

const params = z.object({ request: z.uuid() });

/** An intelligence check: what is asked, what was found, and the answer that leaves out where it comes from. */
export const checkPage = page({
  path: '/checks/:request',
  for: ['analyst'],
  params,
  form: answeringForm,
  async get({ tx, asker, service, params, entry }) {
    const request = await lookAtRequest(tx, params.request, { kind: 'intelligence-check' });
    if (!request) return missing();
    const findings = await findingsOf(tx, request.id);
    return answeringPage({
      request,
      asker,
      service,
      entry,
      readBy:
        'Whoever asked reads this, and it stays with the record. Leave out the source, how it is known, and the names of others.',
      label: 'What may be told of the findings',
      hint: 'If nothing was found, say so, and where you looked as far as that may be told',
      children: (
        <>
          <Findings findings={findings} />
          {request.state !== 'withdrawn' && (
            <p class="govuk-body">
              <a class="govuk-link" href={newFindingPage.url({ request: request.id })}>
                Write down a finding
              </a>
            </p>
          )}
        </>
      ),
    });
  },
  async post({ tx, asker, service, params }, form) {
    return await answering(tx, { asker, service }, { id: params.request, kind: 'intelligence-check' }, form);
  },
});

/** Writes down what was found, with its source, its grades and its handling. */
export const newFindingPage = page({
  path: '/checks/:request/findings/new',
  for: ['analyst'],
  params,
  form: z.object({
    finding: text({
      called: 'What was found',
      most: MOST_CHARACTERS.finding,
      needed: 'Enter what was found',
      lines: 'many',
    }),
    source: text({
      called: 'Where it comes from',
      most: MOST_CHARACTERS.source,
      needed: 'Enter where it comes from',
      lines: 'many',
    }),
    sourceGrade: choice(codesOf(sourceGrades), 'Choose how reliable the source is'),
    intelligenceGrade: choice(codesOf(intelligenceGrades), 'Choose how the source knows it'),
    handling: choice(codesOf(handlings), 'Choose how it may be handled'),
    conditions: text({ called: 'The conditions', most: MOST_CHARACTERS.conditions, lines: 'many' }),
  }),
  async get({ tx, params, entry }) {
    const request = await lookAtRequest(tx, params.request, {
      kind: 'intelligence-check',
      only: ({ state }) => state !== 'withdrawn',
    });
    if (!request) return missing();
    const typed = entry();
    const title = 'Write down a finding';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          {titleOf(request)}: {aboutInWords(request.about)}
        </p>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Analysts and the operations manager read this, and nobody else. Whoever asked for the check reads
          the answer that you write afterwards.
        </p>
        <Form autosave>
          <LongTextQuestion
            name="finding"
            label="What was found"
            entry={typed}
            most={MOST_CHARACTERS.finding}
            rows={8}
          />
          <LongTextQuestion
            name="source"
            label="Where it comes from"
            hint="The system or record, and its reference"
            entry={typed}
            most={MOST_CHARACTERS.source}
            rows={3}
          />
          <ChoiceQuestion
            name="sourceGrade"
            label="How reliable is the source?"
            entry={typed}
            options={optionsOf(sourceGrades)}
          />
          <ChoiceQuestion
            name="intelligenceGrade"
            label="How does the source know it?"
            entry={typed}
            options={optionsOf(intelligenceGrades)}
          />
          <ChoiceQuestion
            name="handling"
            label="How may it be handled?"
            entry={typed}
            options={optionsOf(handlings)}
          />
          <LongTextQuestion
            name="conditions"
            label="Under which conditions? (only for handling C)"
            entry={typed}
            most={MOST_CHARACTERS.conditions}
            rows={3}
          />
          <Button preventDoubleClick>Save the finding</Button>
        </Form>
      </>,
      { backTo: checkPage.url({ request: request.id }) },
    );
  },
  async post({ tx, asker, service, params }, form) {
    const request = await findRequest(tx, params.request, 'intelligence-check');
    if (!request || request.state === 'withdrawn') return missing();
    if (form.handling === 'C' && form.conditions === '')
      return refuse({ field: 'conditions', message: 'Enter the conditions under which it may be shared' });
    if (form.handling !== 'C' && form.conditions !== '')
      return refuse({
        field: 'conditions',
        message: 'Only handling C has conditions: choose C above, or take them out',
      });
    await writeFinding(tx, { asker, clock: service.clock }, request, form);
    return redirect(checkPage.url({ request: request.id }), { notice: 'The finding is saved' });
  },
});
