import { z } from 'zod';
import type { Entry } from '../../platform/forms/entry.ts';
import { spread } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ListQuestion } from '../../platform/forms/questions.tsx';
import { Button, Checkboxes } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { type StaffRole, staffRoles } from '../../platform/identity/staff-roles.ts';
import { requestRole } from '../account-commands.ts';
import { findAccount } from '../account-queries.ts';
import { findAreas, findPartners, findPatches, type Partner } from '../partner-queries.ts';
import { type RolePlace, rolePlace, roleToAskFor } from '../role-place.ts';
import { PROVED_WITHIN } from './administering.ts';

const many = () => z.array(z.string()).default([]).register(spread, { as: 'many' });

/** The second question of asking for a role: where, and for what. */
export const newRolePlacePage = page({
  path: '/accounts/:account/roles/new/:role',
  for: ['administrator'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ account: z.uuid(), role: z.enum(staffRoles as [StaffRole, ...StaffRole[]]) }),
  form: z.object({
    organisation: z.string().default(''),
    team: z.string().default(''),
    patches: many(),
    areas: many(),
  }),

  async get({ tx, params, entry }) {
    const account = await findAccount(tx, params.account);
    if (!account || account.disabledAt) return missing();
    const place: RolePlace = rolePlace[params.role];
    const partners = (await findPartners(tx)).filter(({ kind }) => kind === place.at);
    const only = partners.length === 1 ? partners[0] : undefined;
    const form = entry(only ? { organisation: only.id } : {});
    const title = `Ask for the role of ${roleInWords[params.role].toLowerCase()}`;
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <span class="govuk-caption-l" dir="auto">
            {account.name}
          </span>
          <h1 class="govuk-heading-l">{title}</h1>
          <Form>
            {place.needs === 'team' ? (
              <TeamQuestion partners={partners} entry={form} />
            ) : (
              <ListQuestion
                name="organisation"
                label="Organisation they work for"
                entry={form}
                {...(place.needs === 'areas of the council'
                  ? { hint: 'They answer for the areas that it is responsible for' }
                  : {})}
                options={partners.map(({ id, name }) => ({ value: id, text: name }))}
              />
            )}
            {place.needs === 'areas' && (
              <AreasQuestion
                entry={form}
                patches={await findPatches(tx)}
                areas={(await findAreas(tx)).filter(({ retired_on }) => retired_on === null)}
              />
            )}
            <Button preventDoubleClick>Ask for this role</Button>
          </Form>
        </div>
      </div>,
      { backTo: `/accounts/${account.id}/roles/new` },
    );
  },

  async post({ tx, asker, params }, { organisation, team, patches, areas }) {
    const account = await findAccount(tx, params.account);
    if (!account || account.disabledAt) return missing();
    const places = (await findPartners(tx)).map((partner) => ({
      ...partner,
      hasApprover: partner.approvers.length > 0,
      areas: partner.areas.map(({ code }) => code),
    }));
    const known = (await findAreas(tx)).filter(({ retired_on }) => retired_on === null);
    const ofPatches = known.filter(({ patch }) => patch !== null && patches.includes(patch));
    const asked = { organisation, team, areas: [...areas, ...ofPatches.map(({ code }) => code)] };
    const read = roleToAskFor(
      params.role,
      asked,
      places,
      known.map(({ code }) => code),
    );
    if (!read.ok) return refuse(read.fault);
    await requestRole(tx, asker, account.id, read.wanted);
    return redirect(`/accounts/${account.id}`, {
      notice: 'The role is asked for. Whoever speaks for the organisation has been told',
    });
  },
});

function TeamQuestion({ partners, entry }: { partners: readonly Partner[]; entry: Entry }) {
  return (
    <ListQuestion
      name="team"
      label="Team they work in"
      entry={entry}
      options={partners.flatMap(({ name, teams }) =>
        teams.map((team) => ({ value: team.id, text: `${name}: ${team.name}` })),
      )}
    />
  );
}

interface AreasQuestionProps {
  entry: Entry;
  patches: readonly { code: string; name: string }[];
  areas: readonly { code: string; name: string }[];
}

function AreasQuestion({ entry, patches, areas }: AreasQuestionProps) {
  const fault = entry.fault('areas');
  return (
    <>
      {patches.length > 0 && (
        <Checkboxes
          name="patches"
          values={entry.values('patches')}
          fieldset={{ legend: { text: 'Whole patches', classes: 'govuk-fieldset__legend--s' } }}
          classes="govuk-checkboxes--small"
          items={patches.map(({ code, name }) => ({ value: code, text: name }))}
        />
      )}
      <Checkboxes
        name="areas"
        values={entry.values('areas')}
        fieldset={{ legend: { text: 'Areas they answer for', classes: 'govuk-fieldset__legend--s' } }}
        classes="govuk-checkboxes--small"
        errorMessage={fault === undefined ? undefined : { text: fault }}
        items={areas.map(({ code, name }) => ({ value: code, text: name }))}
      />
    </>
  );
}
