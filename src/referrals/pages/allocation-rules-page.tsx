import { z } from 'zod';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button, Select } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { setAllocationRules, setRules } from '../allocation-rules.ts';
import { type AllocationRule, allocationRules, ruleInWords } from '../suggest-allocation.ts';

/** What weight a rule has: 1 the weightiest; none for a rule that is not used. */
const weight = z.enum(['', ...allocationRules.map((_rule, place) => String(place + 1))]).default('');

/** Sets which rules suggest teams to coordinators, and which weighs most. */
export const allocationRulesPage = page({
  path: '/allocation-rules',
  for: ['administrator'],
  form: z.object({
    gender: weight,
    area: weight,
    capacity: weight,
    language: weight,
    'prior-worker': weight,
    age: weight,
  } satisfies Record<AllocationRule, typeof weight>),

  async get({ tx, entry }) {
    const rules = await setRules(tx);
    const inUse = rules.filter(({ isInUse }) => isInUse);
    const typed = entry(Object.fromEntries(inUse.map(({ rule }, place) => [rule, String(place + 1)])));
    return show(
      'How teams are suggested',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">How teams are suggested</h1>
        <p class="govuk-body">
          A coordinator who allocates a young person is shown the teams that suit, with the reasons that these
          rules give. The weightiest rule that tells two teams apart puts one before the other. The
          coordinator chooses, and says why if it is not the first.
        </p>
        <Form>
          {rules.map(({ rule }) => {
            const fault = typed.fault(rule);
            return (
              <Select
                key={rule}
                name={rule}
                label={{ text: ruleInWords[rule] }}
                value={typed.value(rule)}
                errorMessage={fault === undefined ? undefined : { text: fault }}
                items={[
                  ...allocationRules.map((_rule, place) => ({
                    value: String(place + 1),
                    text: place === 0 ? '1, the weightiest' : String(place + 1),
                  })),
                  { value: '', text: 'Not used' },
                ]}
              />
            );
          })}
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
    );
  },

  async post({ tx }, form) {
    const used = allocationRules.filter((rule) => form[rule] !== '');
    const twice = used.find((rule) => used.some((other) => other !== rule && form[other] === form[rule]));
    if (twice !== undefined)
      return refuse({
        field: twice,
        message: `Choose a weight that no other rule has: two have ${form[twice]}`,
      });
    await setAllocationRules(
      tx,
      used.toSorted((one, other) => Number(form[one]) - Number(form[other])),
    );
    return redirect('/allocation-rules', { notice: 'The rules are saved' });
  },
});
