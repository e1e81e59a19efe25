import { z } from 'zod';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, MOST_INTEGER, spread, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Checkboxes } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { findAreas, findPatches } from '../partner-queries.ts';
import { type Reason, reasonsOf } from '../reasons-to-choose.ts';
import { writeTeamProfile } from '../team-commands.ts';
import { languagesTyped, worksWithChoices } from '../team-profile.ts';
import { type ProfiledTeam, profiledTeams } from '../team-queries.ts';

const many = () => z.array(z.string()).default([]).register(spread, { as: 'many' });

/** What a team offers, and to whom: kept by the manager of its provider, and by the administrator. */
export const teamPage = page({
  path: '/teams/:team',
  for: ['provider-manager', 'administrator'],
  params: z.object({ team: z.uuid() }),
  form: z.object({
    open: choice(['yes', 'no'], 'Choose whether the team is open to new referrals'),
    worksWith: choice(codesOf(worksWithChoices), 'Choose whom the team works with'),
    specialisms: many(),
    languages: text({ called: 'Languages', most: 500 }),
    patches: many(),
    areas: many(),
    version: z.coerce.number().int().nonnegative().max(MOST_INTEGER),
  }),

  async get({ tx, asker, params, entry }) {
    const team = await teamToKeep(tx, asker, params.team);
    if (!team) return missing();
    const typed = entry({
      open: team.isOpenToNew ? 'yes' : 'no',
      worksWith: team.worksWith,
      specialisms: [...team.specialisms],
      languages: team.languages.join(', '),
      areas: [...team.areas],
    });
    const specialisms = await reasonsOf(tx, 'specialism');
    return show(
      'What the team offers',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <span class="govuk-caption-l">
            <bdi>{team.teamName}</bdi>, <bdi>{team.organisationName}</bdi>
          </span>
          <h1 class="govuk-heading-l">What the team offers</h1>
          <p class="govuk-body">Coordinators are shown the teams that suit a young person by what you say.</p>
          <Form>
            <input type="hidden" name="version" value={team.version} />
            <ChoiceQuestion
              name="open"
              label="Is the team open to new referrals?"
              hint="A team that is not is not suggested"
              entry={typed}
              inline
              options={[
                { value: 'yes', text: 'Yes' },
                { value: 'no', text: 'No' },
              ]}
            />
            <ChoiceQuestion
              name="worksWith"
              label="Whom does it work with?"
              entry={typed}
              options={optionsOf(worksWithChoices)}
            />
            <Specialisms specialisms={specialisms} chosen={team.specialisms} entry={typed} />
            <TextQuestion
              name="languages"
              label="Languages its workers speak, besides English (optional)"
              hint="Like “Somali, French”"
              autocomplete="off"
              entry={typed}
            />
            <Places patches={await findPatches(tx)} areas={await areasOffered(tx, team)} entry={typed} />
            <Button preventDoubleClick>Save</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/teams' },
    );
  },

  async post({ tx, asker, params }, { open, worksWith, specialisms, languages, patches, areas, version }) {
    const team = await teamToKeep(tx, asker, params.team);
    if (!team) return missing();
    const known = await reasonsOf(tx, 'specialism');
    const places = await areasOffered(tx, team);
    const chosen = places.filter(
      ({ code, patch }) => areas.includes(code) || (patch !== null && patches.includes(patch)),
    );
    const isSaved = await writeTeamProfile(
      tx,
      params.team,
      {
        worksWith,
        specialisms: known.flatMap(({ code }) => (specialisms.includes(code) ? [code] : [])),
        languages: languagesTyped(languages),
        areas: chosen.map(({ code }) => code),
        isOpenToNew: open === 'yes',
      },
      version,
    );
    if (!isSaved) {
      return refuse({
        field: 'open',
        message:
          'Somebody else changed what the team offers while you were writing. Look at it on the page of teams, then save what you want it to say',
      });
    }
    return redirect('/teams', { notice: 'What the team offers is saved' });
  },
});

/** Everybody may know what a team offers; its provider’s manager and the administrator keep it. */
async function teamToKeep(tx: Transaction, asker: Asker, teamId: string): Promise<ProfiledTeam | undefined> {
  const [team] = await profiledTeams(tx, {
    teamId,
    organisationId: asker.role === 'provider-manager' ? (asker.organisationId ?? undefined) : undefined,
  });
  return team;
}

function Specialisms({
  specialisms,
  chosen,
  entry,
}: {
  specialisms: readonly Reason[];
  chosen: readonly string[];
  entry: Entry;
}) {
  const offered = specialisms.filter(({ code, isRetired }) => !isRetired || chosen.includes(code));
  return (
    <Checkboxes
      name="specialisms"
      values={entry.values('specialisms')}
      fieldset={{
        legend: { text: 'What is it good at? (optional)', classes: 'govuk-fieldset__legend--s' },
      }}
      classes="govuk-checkboxes--small"
      items={optionsOf(offered)}
    />
  );
}

/** The areas that a team may say it works in: those in use, and one that it has said before they were retired. */
async function areasOffered(tx: Transaction, team: { areas: readonly string[] }) {
  return (await findAreas(tx)).filter(
    ({ code, retired_on }) => retired_on === null || team.areas.includes(code),
  );
}

interface PlacesProps {
  patches: readonly { code: string; name: string }[];
  areas: readonly { code: string; name: string }[];
  entry: Entry;
}

function Places({ patches, areas, entry }: PlacesProps) {
  return (
    <>
      <Checkboxes
        name="patches"
        values={entry.values('patches')}
        fieldset={{
          legend: { text: 'Whole patches it serves (optional)', classes: 'govuk-fieldset__legend--s' },
        }}
        classes="govuk-checkboxes--small"
        items={patches.map(({ code, name }) => ({ value: code, text: name }))}
      />
      <Checkboxes
        name="areas"
        values={entry.values('areas')}
        fieldset={{ legend: { text: 'Areas it serves (optional)', classes: 'govuk-fieldset__legend--s' } }}
        hint={{ text: 'If you choose none, it serves everywhere' }}
        classes="govuk-checkboxes--small"
        items={areas.map(({ code, name }) => ({ value: code, text: name }))}
      />
    </>
  );
}
