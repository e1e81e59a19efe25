import { z } from 'zod';
import { spread } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button, Checkboxes } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { setCouncilAreas } from '../partner-commands.ts';
import { findAreas, findPartner } from '../partner-queries.ts';
import { PROVED_WITHIN } from './administering.ts';

/** Which areas a council is responsible for: its borough contacts see those, and no approver can give them others. */
export const councilAreasPage = page({
  path: '/partners/:organisation/areas',
  for: ['administrator'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ organisation: z.uuid() }),
  form: z.object({
    areas: z.array(z.string()).default([]).register(spread, { as: 'many' }),
    was: z.array(z.string()).default([]).register(spread, { as: 'many' }),
  }),

  async get({ tx, params, entry }) {
    const council = await findPartner(tx, params.organisation);
    if (council?.kind !== 'local-authority') return missing();
    const codes = council.areas.map(({ code }) => code);
    const typed = entry({ areas: codes, was: codes });
    const fault = typed.fault('areas');
    const boroughs = (await findAreas(tx)).filter(isBorough);
    const title = 'Areas that this council is responsible for';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <span class="govuk-caption-l" dir="auto">
            {council.name}
          </span>
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">
            Its borough contacts see the referrals and young people of these areas. An area belongs to one
            council.
          </p>
          <Form>
            {typed.values('was').map((code) => (
              <input key={code} type="hidden" name="was" value={code} />
            ))}
            <Checkboxes
              name="areas"
              values={typed.values('areas')}
              fieldset={{ legend: { text: 'Areas', classes: 'govuk-fieldset__legend--s' } }}
              classes="govuk-checkboxes--small"
              errorMessage={fault === undefined ? undefined : { text: fault }}
              items={boroughs.map(({ code, name }) => ({ value: code, text: name }))}
            />
            <Button preventDoubleClick>Save</Button>
          </Form>
        </div>
      </div>,
      { backTo: `/partners/${council.id}` },
    );
  },

  async post({ tx, params }, { areas, was }) {
    const council = await findPartner(tx, params.organisation);
    if (council?.kind !== 'local-authority') return missing();
    const boroughs = (await findAreas(tx)).filter(isBorough);
    const nameOf = new Map(boroughs.map(({ code, name }) => [code, name]));
    if (areas.some((code) => !nameOf.has(code)))
      return refuse({ field: 'areas', message: 'Choose areas from the list' });
    const now = council.areas.map(({ code }) => code);
    const refusal = await setCouncilAreas(tx, council.id, changedAlike(now, { from: was, to: areas }));
    if (refusal !== null) {
      const name = nameOf.get(refusal.area) ?? refusal.area;
      return refuse({
        field: 'areas',
        message:
          refusal.why === 'of-another'
            ? `${name} belongs to another council. Take it from that one first`
            : `A borough contact of this council has a role for ${name}. End the role first`,
      });
    }
    return redirect(`/partners/${council.id}`, { notice: 'The areas are saved' });
  },
});

/** What a choice becomes by what somebody changed of it: what others changed meanwhile stands. */
function changedAlike(
  now: readonly string[],
  { from, to }: { from: readonly string[]; to: readonly string[] },
): string[] {
  const kept = now.filter((code) => to.includes(code) || !from.includes(code));
  const added = to.filter((code) => !from.includes(code) && !now.includes(code));
  return [...kept, ...added];
}

const isBorough = ({ kind, retired_on }: { kind: string; retired_on: string | null }) =>
  kind === 'borough' && retired_on === null;
