import { z } from 'zod';
import { Entry } from '../../platform/forms/entry.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, ListQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import {
  lookAtReferral,
  type ProviderTeam,
  providerTeams,
  type TeamMember,
  whoWorksIn,
} from '../coordinator-queries.ts';
import { allocateReferral } from '../deciding-commands.ts';
import { stageAllows } from '../referral.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';
import { TooLate } from './too-late.tsx';

const MOST_WHY = 1000;
/** The answer of whoever leaves the choice of worker to the team. */
const THE_TEAM = 'team';

/** Gives an accepted referral to a provider: first the team, then a worker of it, or nobody yet, and why. */
export const allocatePage = page({
  path: '/referrals/:referral/allocate',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  query: z.object({ team: z.uuid().optional().catch(undefined), asked: z.string().optional() }),
  form: z.object({
    team: z.uuid({ error: 'Choose a team' }),
    worker: z.union([z.literal(THE_TEAM), z.uuid()], {
      error: 'Choose a worker, or leave it to the team',
    }),
    why: text({
      called: 'Why this team',
      most: MOST_WHY,
      needed: 'Enter why you chose this team',
      lines: 'many',
    }),
  }),
  async get({ tx, params, query, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const typed = entry();
    const now = service.clock.now();
    const backTo = referralAddress(referral.id);
    if (!stageAllows(referral.state.stage, 'allocated')) {
      const title = 'This referral cannot be allocated now';
      return show(
        title,
        <>
          <Faults entry={typed} />
          <ReferralHeading title={title} referral={referral} now={now} />
          {referral.state.stage === 'received' && <p class="govuk-body">It has to be accepted first.</p>}
          <TooLate referral={referral} typed={[['Why you chose a team', typed.value('why')]]} />
        </>,
        { backTo },
      );
    }
    const teams = await providerTeams(tx);
    const wanted = typed.value('team') || query.team;
    const team = teams.find(({ teamId }) => teamId === wanted);
    if (team === undefined) {
      const title = 'Which team will work with this young person?';
      const choosing =
        query.asked === undefined ? typed : new Entry({}, [{ field: 'team', message: 'Choose a team' }]);
      return show(
        choosing.faults.length > 0 ? `Error: ${title}` : title,
        <>
          <Faults entry={choosing} />
          <ReferralHeading title={title} referral={referral} now={now} />
          <ChooseTeam teams={teams} entry={choosing} />
        </>,
        { backTo },
      );
    }
    const title = `Allocate to ${team.organisationName}`;
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        <AllocationForm team={team} members={await whoWorksIn(tx, team.teamId)} entry={typed} />
      </>,
      { backTo: referralAddress(referral.id, 'allocate') },
    );
  },
  async post({ tx, asker, service, params }, { team, worker, why }) {
    const done = await allocateReferral(tx, { asker, clock: service.clock }, params.referral, {
      teamId: team,
      workerId: worker === THE_TEAM ? null : worker,
      why,
    });
    if (done.outcome === 'missing') return missing();
    if (done.outcome === 'refused') return refuse({ field: 'why', message: done.why });
    return redirect(referralAddress(params.referral), {
      notice: 'The referral is allocated, and the provider is told',
    });
  },
});

function ChooseTeam({ teams, entry }: { teams: readonly ProviderTeam[]; entry: Entry }) {
  if (teams.length === 0) {
    return <p class="govuk-body">No provider has a team yet. An administrator can add one.</p>;
  }
  return (
    <form method="get" novalidate>
      <input type="hidden" name="asked" value="yes" />
      <ListQuestion
        name="team"
        label="Team"
        entry={entry}
        options={teams.map(({ teamId, teamName, organisationName }) => ({
          value: teamId,
          text: `${organisationName}, ${teamName}`,
        }))}
      />
      <Button>Continue</Button>
    </form>
  );
}

interface AllocationFormProps {
  team: ProviderTeam;
  members: readonly TeamMember[];
  entry: Entry;
}

function AllocationForm({ team, members, entry }: AllocationFormProps) {
  const workers = members.filter(({ role }) => role === 'caseworker');
  return (
    <Form autosave>
      <input type="hidden" name="team" value={team.teamId} />
      <ChoiceQuestion
        name="worker"
        label={`Who in ${team.teamName} will work with the young person?`}
        entry={entry}
        options={[
          { value: THE_TEAM, text: 'The team decides' },
          ...workers.map(({ accountId, name }) => ({ value: accountId, text: name })),
        ]}
      />
      <LongTextQuestion
        name="why"
        label="Why this team?"
        hint="The provider will read this"
        entry={entry}
        most={MOST_WHY}
      />
      <Button>Allocate</Button>
    </Form>
  );
}
