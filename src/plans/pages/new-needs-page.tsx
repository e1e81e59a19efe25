import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { AboutPerson, findPersonToWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { dateAsTyped } from '../../platform/forms/amendment.tsx';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Select } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { type CodedWord, codesOf, optionsOf, wordFor } from '../../reference/code-lists.ts';
import {
  assessmentStages,
  type NeedDomain,
  type NeedLevel,
  needDomainCodes,
  needDomains,
  needLevels,
  type Viewpoint,
  viewpoints,
} from '../needs.ts';
import { recordNeeds } from '../plan-commands.ts';
import { assessmentsOf } from '../plan-queries.ts';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

const MOST = 2_000;

/** A control for each domain, named for it: `level-housing`. */
function ofEach<Name extends string, Field>(name: Name, field: (domain: CodedWord) => Field) {
  return Object.fromEntries(needDomains.map((domain) => [`${name}-${domain.code}`, field(domain)])) as Record<
    `${Name}-${NeedDomain}`,
    Field
  >;
}

/** The needs of a young person are recorded, all of them at once: what is not known is said to be so. */
export const newNeedsPage = page({
  path: '/people/:person/needs/new',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    stage: choice(codesOf(assessmentStages), 'Choose when in their support this is'),
    assessedOn: date({ called: 'The day', needed: 'Enter the day you spoke about it' }),
    ...ofEach('level', ({ text: called }) =>
      choice(codesOf(needLevels), `Choose how much need there is: ${called}`),
    ),
    ...ofEach('words', ({ text: called }) =>
      text({ called: `What is said about ${called}`, most: MOST, lines: 'many' }),
    ),
    ...ofEach('view', () => z.enum(['', ...codesOf(viewpoints)]).default('')),
  }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-needs',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const before = (await assessmentsOf(tx, person.id, 10)).find(
      ({ organisationId }) => organisationId === asker.organisationId,
    );
    const typed = entry({
      stage: before ? 'review' : 'start',
      ...dateAsTyped('assessedOn', londonDate(service.clock.now())),
    });
    return show(
      'Record their needs',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Record their needs</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          Talk it through with the young person. Where you see it differently, write both, and whose view the
          level is.
        </p>
        <Form autosave>
          <ChoiceQuestion
            name="stage"
            label="When in their support is this?"
            entry={typed}
            options={optionsOf(assessmentStages)}
          />
          <DateQuestion name="assessedOn" label="The day you spoke about it" entry={typed} />
          {needDomains.map((domain) => {
            const last = before?.needs[domain.code]?.level;
            return <NeedQuestions key={domain.code} domain={domain} last={last} entry={typed} />;
          })}
          <p class="hw-autosave" data-autosave-status></p>
          <div class="govuk-button-group">
            <Button>Save their needs</Button>
            <a class="govuk-link" href={plansAddress(person.id, 'needs')}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: plansAddress(person.id, 'needs') },
    );
  },

  async post({ tx, asker, service, params }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person || form.assessedOn === null) return missing();
    const today = londonDate(service.clock.now());
    if (form.assessedOn > today) {
      const message = 'The day you spoke about it must be today or in the past';
      return refuse({ field: 'assessedOn', message, control: 'assessedOn-day' });
    }
    const { review } = await thresholdsOn(tx, today);
    await recordNeeds(tx, asker, person.id, {
      stage: form.stage,
      assessedOn: form.assessedOn,
      reviewDueOn: form.stage === 'close' ? null : dueOn(form.assessedOn, review),
      needs: Object.fromEntries(
        needDomainCodes.map((domain) => [
          domain,
          {
            level: form[`level-${domain}`],
            words: form[`words-${domain}`],
            view: (form[`view-${domain}`] || null) as Viewpoint | null,
          },
        ]),
      ),
    });
    return redirect(plansAddress(person.id, 'needs'), { notice: 'Their needs are recorded' });
  },
});

interface NeedQuestionsProps {
  domain: CodedWord;
  last: NeedLevel | undefined;
  entry: Entry;
}

function NeedQuestions({ domain: { code, text }, last, entry }: NeedQuestionsProps) {
  const fault = entry.fault(`view-${code}`);
  return (
    <>
      <h2 class="govuk-heading-m">{text}</h2>
      <ChoiceQuestion
        name={`level-${code}`}
        label={`How much need: ${text}`}
        {...(last === undefined ? {} : { hint: `Last time: ${wordFor(needLevels, last).toLowerCase()}` })}
        entry={entry}
        options={optionsOf(needLevels)}
        inline
      />
      <LongTextQuestion
        name={`words-${code}`}
        label={`${text}: what they say, and what you see (optional)`}
        entry={entry}
        most={MOST}
        rows={2}
      />
      <Select
        name={`view-${code}`}
        label={{ text: `${text}: whose view it is (optional)` }}
        value={entry.value(`view-${code}`)}
        errorMessage={fault === undefined ? undefined : { text: fault }}
        items={[{ value: '', text: 'Not said' }, ...optionsOf(viewpoints)]}
      />
    </>
  );
}
