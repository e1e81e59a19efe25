import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { wordFor } from '../../reference/code-lists.ts';
import { findAreas } from '../partner-queries.ts';
import { reasonsOf } from '../reasons-to-choose.ts';
import { worksWithChoices } from '../team-profile.ts';
import { type ProfiledTeam, profiledTeams } from '../team-queries.ts';
import { teamPage } from './team-page.tsx';

/** What each team offers: of every provider for an administrator, of their own for its manager. */
export const teamsPage = page({
  path: '/teams',
  for: ['provider-manager', 'administrator'],

  async get({ tx, asker }) {
    const ofEverybody = asker.role === 'administrator';
    const teams = await profiledTeams(
      tx,
      ofEverybody ? {} : { organisationId: asker.organisationId ?? undefined },
    );
    const areas = await findAreas(tx);
    const specialisms = await reasonsOf(tx, 'specialism');
    return show(
      'Teams',
      <>
        <h1 class="govuk-heading-l">Teams</h1>
        <p class="govuk-body">
          Coordinators are shown the teams that suit a young person, by what each says here. They choose.
        </p>
        {teams.length === 0 ? (
          <p class="govuk-body">
            There are no teams yet.{' '}
            {ofEverybody
              ? 'Add one to a provider, among the partners.'
              : 'An administrator adds them to your organisation.'}
          </p>
        ) : (
          <ScrollingTable
            about="Teams"
            firstCellIsHeader
            head={['Team', 'Works with', 'Specialisms', 'Languages', 'Areas', 'New referrals'].map(
              (heading) => ({ text: heading }),
            )}
            rows={teams.map((team) => [
              {
                text: (
                  <>
                    <a class="govuk-link" href={teamPage.url({ team: team.teamId })}>
                      <bdi>{team.teamName}</bdi>
                    </a>
                    {ofEverybody && (
                      <>
                        , <bdi>{team.organisationName}</bdi>
                      </>
                    )}
                  </>
                ),
              },
              { text: wordFor(worksWithChoices, team.worksWith) },
              { text: team.specialisms.map((code) => wordFor(specialisms, code)).join(', ') || 'None given' },
              { text: <bdi>{team.languages.join(', ') || 'None given'}</bdi> },
              { text: areasInWords(team, areas) },
              { text: team.isOpenToNew ? 'Open' : 'Not open' },
            ])}
          />
        )}
      </>,
    );
  },
});

function areasInWords(
  { areas }: Pick<ProfiledTeam, 'areas'>,
  known: readonly { code: string; name: string }[],
): string {
  if (areas.length === 0) return 'Everywhere';
  return known.flatMap(({ code, name }) => (areas.includes(code) ? [name] : [])).join(', ');
}
