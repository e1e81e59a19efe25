import { z } from 'zod';
import { type Reason, reasonsOf } from '../../organisations/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { Entry } from '../../platform/forms/entry.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, ListQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { optionsOf } from '../../reference/code-lists.ts';
import { type TeamMember, whoWorksIn } from '../allocation-queries.ts';
import { allocateReferral, canBeAllocated } from '../deciding-commands.ts';
import { type CoordinatedReferral, lookAtReferral } from '../referral-queries.ts';
import { reopeningAmong } from '../reopening.ts';
import type { Candidate, Suggestion, SuggestionReason } from '../suggest-allocation.ts';
import { type Choosing, countThoseBefore, teamsToChooseFrom } from '../suggestion-queries.ts';
import { referralAddress } from './referral-address.ts';
import { ReferralHeading } from './referral-heading.tsx';
import { ReopeningNotice } from './reopening-notice.tsx';
import { begunInWords } from './support-from-files-page.tsx';
import { TooLate } from './too-late.tsx';
import { passedOverAddress } from './waiting-address.ts';

const MOST_WHY = 1000;
/** The answer of whoever leaves the choice of worker to the team. */
const THE_TEAM = 'team';
const NEEDS_WORKER = 'Choose a worker, or leave it to the team';
/** How many suggestions are shown before the list of all teams. */
const SHOWN = 3;

/**
 * Gives an accepted referral to a provider: first the team, with what speaks for and against those that suit best, then a
 * worker of it, or nobody yet, and why.
 */
export const allocatePage = page({
  path: '/referrals/:referral/allocate',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  query: z.object({ team: z.uuid().optional().catch(undefined), asked: z.string().optional() }),
  form: z.object({
    team: z.uuid({ error: 'Choose a team' }),
    worker: z.union([z.literal(THE_TEAM), z.uuid(NEEDS_WORKER)], NEEDS_WORKER),
    why: text({ called: 'Why this team', most: MOST_WHY, lines: 'many' }),
    jump: z.string().max(100).default(''),
    version: z.coerce.number().int().max(MOST_INTEGER).optional().catch(0),
  }),
  async get({ tx, params, query, service, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const typed = entry();
    const now = service.clock.now();
    const backTo = referralAddress(referral.id);
    if (!canBeAllocated(referral)) {
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
    const reopening = reopeningAmong(referral.actions);
    const teams = await teamsToChooseFrom(tx, referral, londonDate(now));
    const wanted = typed.value('team') || query.team;
    const chosen = teams.all.find(({ team }) => team.teamId === wanted);
    if (chosen === undefined) {
      const title = 'Which team will work with this young person?';
      const ofFile = teamsOfFile(referral, teams);
      const choosing =
        query.asked === undefined
          ? new Entry({ team: ofFile[0]?.team.teamId ?? '' }, typed.faults)
          : new Entry({}, [{ field: 'team', message: 'Choose a team' }]);
      return show(
        choosing.faults.length > 0 ? `Error: ${title}` : title,
        <>
          <Faults entry={choosing} />
          <ReferralHeading title={title} referral={referral} now={now} />
          {reopening && <ReopeningNotice reopening={reopening} />}
          <ChooseTeam
            teams={teams}
            ofFile={ofFile}
            begun={referral.openSupport}
            entry={choosing}
            referralId={referral.id}
          />
        </>,
        { backTo },
      );
    }
    const title = `Allocate to ${chosen.team.organisationName}`;
    const { personId } = referral.state;
    const hasBegun = referral.openSupport.length > 0;
    const before = hasBegun ? 0 : await countThoseBefore(tx, referral.state, chosen.team);
    return show(
      title,
      <>
        <Faults entry={typed} />
        <ReferralHeading title={title} referral={referral} now={now} />
        {reopening && <ReopeningNotice reopening={reopening} />}
        <AllocationForm
          version={referral.version}
          chosen={chosen}
          isFirst={
            teams.suggested[0]?.team.teamId === chosen.team.teamId ||
            teamsOfFile(referral, teams).includes(chosen)
          }
          before={before}
          passedOverAt={personId === null ? '' : passedOverAddress(personId, chosen.team.teamId)}
          jumpReasons={before === 0 ? [] : await reasonsOf(tx, 'queue-jump')}
          members={await whoWorksIn(tx, chosen.team.teamId)}
          entry={typed}
        />
      </>,
      { backTo: referralAddress(referral.id, 'allocate') },
    );
  },
  async post({ tx, asker, service, params }, { team, worker, why, jump, version }) {
    const reasons = await reasonsOf(tx, 'queue-jump');
    const done = await allocateReferral(tx, { asker, clock: service.clock }, params.referral, {
      teamId: team,
      workerId: worker === THE_TEAM ? null : worker,
      why,
      jump: reasons.find(({ code, isRetired }) => code === jump && !isRetired)?.code ?? null,
      version,
    });
    switch (done.outcome) {
      case 'missing':
        return missing();
      case 'refused':
        return refuse({ field: 'why', message: done.why });
      case 'unanswered':
        return refuse({ field: done.field, message: done.message });
      case 'done':
        return redirect(referralAddress(params.referral), {
          notice: 'The referral is allocated, and the provider is told',
        });
    }
  },
});

/** The teams here of the providers that a file says work with the young person. */
const teamsOfFile = ({ openSupport }: CoordinatedReferral, { all }: Choosing): readonly Suggestion[] =>
  all.filter(({ team }) => openSupport.some(({ organisationId }) => organisationId === team.organisationId));

interface ChooseTeamProps {
  teams: Choosing;
  ofFile: readonly Suggestion[];
  /** Support that a file left open, which goes on with whoever is chosen. */
  begun: CoordinatedReferral['openSupport'];
  entry: Entry;
  referralId: string;
}

function ChooseTeam({ teams: { suggested, all }, ofFile, begun, entry, referralId }: ChooseTeamProps) {
  if (all.length === 0) {
    return <p class="govuk-body">No provider has a team yet. An administrator can add one.</p>;
  }
  return (
    <>
      {begun.length > 0 && <BegunSupport begun={begun} ofFile={ofFile} referralId={referralId} />}
      <h2 class="govuk-heading-m">Teams that may suit</h2>
      {suggested.length === 0 ? (
        <p class="govuk-body">No team is open to new referrals. You can choose any of them below.</p>
      ) : (
        <>
          <p class="govuk-body">
            These are suggestions, the one that seems to suit best first. You know more than they go by:
            choose the team that is right.
          </p>
          {suggested.slice(0, SHOWN).map((suggestion) => (
            <SuggestedTeam key={suggestion.team.teamId} suggestion={suggestion} referralId={referralId} />
          ))}
        </>
      )}
      <h2 class="govuk-heading-m">Any team</h2>
      <form method="get" novalidate>
        <input type="hidden" name="asked" value="yes" />
        <ListQuestion
          name="team"
          label="Team"
          entry={entry}
          options={all.map(({ team }) => ({
            value: team.teamId,
            text: `${nameOf(team)}${team.isOpenToNew ? '' : ' (not open to new referrals)'}`,
          }))}
        />
        <Button>Continue</Button>
      </form>
    </>
  );
}

function BegunSupport({
  begun,
  ofFile,
  referralId,
}: Pick<ChooseTeamProps, 'begun' | 'ofFile' | 'referralId'>) {
  return (
    <>
      <h2 class="govuk-heading-m">Support that had begun</h2>
      <p class="govuk-body">
        It is open in the files that were brought in, and goes on with the team that you choose. The days on
        which it began stay as they are.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {begun.map((one) => (
          <li key={one.id}>
            <bdi>{one.providerName === '' ? 'A provider that is not named' : one.providerName}</bdi>
            {begunInWords(one)}
          </li>
        ))}
      </ul>
      {ofFile.map((suggestion) => (
        <SuggestedTeam key={suggestion.team.teamId} suggestion={suggestion} referralId={referralId} />
      ))}
    </>
  );
}

const nameOf = ({ organisationName, teamName }: Candidate) => `${organisationName}, ${teamName}`;

function SuggestedTeam({
  suggestion: { team, reasons },
  referralId,
}: {
  suggestion: Suggestion;
  referralId: string;
}) {
  return (
    <SummaryList
      card={{
        title: { text: <bdi>{nameOf(team)}</bdi>, headingLevel: 3 },
        actions: {
          items: [
            {
              href: allocatePage.url({ referral: referralId }, { team: team.teamId }),
              text: 'Choose this team',
            },
          ],
        },
      }}
      rows={rowsOf(reasons)}
    />
  );
}

/** What speaks for a team and against it. */
function rowsOf(reasons: readonly SuggestionReason[]) {
  const spoken = (which: SuggestionReason['speaks']) => reasons.filter(({ speaks }) => speaks === which);
  const row = (key: string, which: readonly SuggestionReason[]) => ({
    key: { text: key },
    value: {
      text:
        which.length === 0 ? (
          'Nothing'
        ) : (
          <ul class="govuk-list govuk-!-margin-bottom-0">
            {which.map(({ rule, words }) => (
              <li key={rule} dir="auto">
                {words}
              </li>
            ))}
          </ul>
        ),
    },
  });
  return [row('For', spoken('for')), row('Against', spoken('against'))];
}

interface AllocationFormProps {
  /** Of the referral, as it is shown. */
  version: number;
  chosen: Suggestion;
  isFirst: boolean;
  /** How many whom the team could support have waited longer. */
  before: number;
  /** Where they are listed. */
  passedOverAt: string;
  jumpReasons: readonly Reason[];
  members: readonly TeamMember[];
  entry: Entry;
}

function AllocationForm({
  version,
  chosen,
  isFirst,
  before,
  passedOverAt,
  jumpReasons,
  members,
  entry,
}: AllocationFormProps) {
  const { team, reasons } = chosen;
  const workers = members.filter(({ role }) => role === 'caseworker');
  return (
    <>
      <SummaryList
        card={{ title: { text: <bdi>{nameOf(team)}</bdi>, headingLevel: 2 } }}
        rows={rowsOf(reasons)}
      />
      {!team.isOpenToNew && <InsetText>This team is not open to new referrals. Ask them first.</InsetText>}
      <Form autosave>
        <input type="hidden" name="team" value={team.teamId} />
        <input type="hidden" name="version" value={version} />
        <ChoiceQuestion
          name="worker"
          label={`Who in ${team.teamName} will work with the young person?`}
          entry={entry}
          options={[
            { value: THE_TEAM, text: 'The team decides' },
            ...workers.map(({ accountId, name }) => ({ value: accountId, text: name })),
          ]}
        />
        {before > 0 && (
          <>
            <p class="govuk-body">
              <a class="govuk-link" href={passedOverAt}>
                {before === 1 ? 'One young person' : `${before} young people`} whom this team could support{' '}
                {before === 1 ? 'has' : 'have'} waited longer
              </a>
            </p>
            <ChoiceQuestion
              name="jump"
              label="Why are they supported before those who have waited longer?"
              entry={entry}
              options={optionsOf(jumpReasons.filter(({ isRetired }) => !isRetired))}
            />
          </>
        )}
        <LongTextQuestion
          name="why"
          label={isFirst ? 'Why this team? (optional)' : 'Why this team?'}
          hint="The provider will read this"
          entry={entry}
          most={MOST_WHY}
        />
        <Button>Allocate</Button>
      </Form>
    </>
  );
}
