import { z } from 'zod';
import type { Entry } from '../../platform/forms/entry.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { addTeam } from '../partner-commands.ts';
import { findPartner, type Partner } from '../partner-queries.ts';
import { councilAreasPage } from './council-areas-page.tsx';
import { endApproverPage } from './end-approver-page.tsx';
import { newApproverPage } from './new-approver-page.tsx';
import { teamPage } from './team-page.tsx';

/** One organisation: its teams, to which one can be added, and who speaks for it. */
export const partnerPage = page({
  path: '/partners/:organisation',
  for: ['administrator'],
  params: z.object({ organisation: z.uuid() }),
  form: z.object({
    team: text({ called: 'Name of the team', most: 200, needed: 'Enter the name of the team' }),
  }),

  async get({ tx, params, entry }) {
    const partner = await findPartner(tx, params.organisation);
    if (!partner) return missing();
    const form = entry();
    const { id, name, kind, kindName, teams, areas, approvers } = partner;
    return show(
      name,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <span class="govuk-caption-l">{kindName}</span>
          <h1 class="govuk-heading-l" dir="auto">
            {name}
          </h1>
          <h2 class="govuk-heading-m">Who speaks for it</h2>
          {approvers.length === 0 ? (
            <p class="govuk-body">
              Nobody, so nobody can be given a role here.{' '}
              <a class="govuk-link" href={newApproverPage.url({ organisation: id })}>
                Name somebody
              </a>
              .
            </p>
          ) : (
            <>
              <ul class="govuk-list govuk-list--bullet">
                {approvers.map((approver) => (
                  <li key={approver.id}>
                    <span dir="auto">{approver.name}</span>{' '}
                    {approvers.length > 1 && (
                      <a
                        class="govuk-link"
                        href={endApproverPage.url({ organisation: id, approver: approver.id })}
                      >
                        End<span class="govuk-visually-hidden"> that {approver.name} speaks for it</span>
                      </a>
                    )}
                  </li>
                ))}
              </ul>
              <p class="govuk-body">They name others who speak for it too, on their approvals page.</p>
            </>
          )}
          {kind === 'local-authority' && (
            <>
              <h2 class="govuk-heading-m">Areas it is responsible for</h2>
              <p class="govuk-body">
                {areas.length === 0
                  ? 'None yet, so nobody can be its borough contact.'
                  : `${areas.map((area) => area.name).join(', ')}.`}{' '}
                <a class="govuk-link" href={councilAreasPage.url({ organisation: id })}>
                  Change<span class="govuk-visually-hidden"> the areas it is responsible for</span>
                </a>
              </p>
            </>
          )}
          {kind === 'provider' && <Teams teams={teams} entry={form} />}
        </div>
      </div>,
      { backTo: '/partners' },
    );
  },

  async post({ tx, params }, { team }) {
    if (!(await findPartner(tx, params.organisation))) return missing();
    if (!(await addTeam(tx, params.organisation, team)))
      return refuse({ field: 'team', message: 'It has a team of this name already' });
    return redirect(`/partners/${params.organisation}`, { notice: 'The team is added' });
  },
});

function Teams({ teams, entry }: { teams: Partner['teams']; entry: Entry }) {
  return (
    <>
      <h2 class="govuk-heading-m">Teams</h2>
      {teams.length === 0 ? (
        <p class="govuk-body">None yet. Caseworkers work in a team.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {teams.map((team) => (
            <li key={team.id}>
              <a class="govuk-link" href={teamPage.url({ team: team.id })} dir="auto">
                {team.name}
              </a>
            </li>
          ))}
        </ul>
      )}
      <Form>
        <TextQuestion name="team" label="Add a team" autocomplete="off" width="half" entry={entry} />
        <Button classes="govuk-button--secondary" preventDoubleClick>
          Add the team
        </Button>
      </Form>
    </>
  );
}
