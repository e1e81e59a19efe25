import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { InsetText } from '../../platform/govuk/index.ts';
import { growingUp, leftOfTransition } from '../growing-up.ts';
import { boroughChangesOf, endedSupport, transitionOf } from '../life-event-queries.ts';
import {
  boroughAddress,
  deathAddress,
  reopenAddress,
  transitionPlanAddress,
} from './life-event-addresses.ts';
import { movers, readersOfTransition, recordersOfDeaths, reopeners } from './who-records.ts';

/** What growing up asks for, which borough was responsible before, and the ways to record that either changed. */
export const lifeEventsSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, asker, service, person, mayWrite }) {
    const is = (roles: readonly Role[]) => roles.includes(asker.role);
    const [latest] = await boroughChangesOf(tx, person.id);
    const ended = is(reopeners) ? await endedSupport(tx, person.id) : null;
    const grown = growingUp(person, londonDate(service.clock.now()));
    const about = 'isSure' in grown && !grown.isSure ? 'about ' : '';
    const transition =
      grown.kind === 'adult' && person.diedOn === null && is(readersOfTransition)
        ? await transitionOf(tx, person.id, grown.turns18On)
        : null;
    return (
      <>
        {grown.kind === 'turning-18' && person.diedOn === null && (
          <InsetText>
            18 on {about}
            {formatDate(grown.turns18On)}: plan what changes.{' '}
            {is(readersOfTransition) && (
              <a class="govuk-link" href={transitionPlanAddress(person.id)}>
                Plan for turning 18
              </a>
            )}
          </InsetText>
        )}
        {grown.kind === 'adult' && transition !== null && (
          <Transition
            personId={person.id}
            turned={`${about}${formatDate(grown.turns18On)}`}
            left={leftOfTransition(grown.turns18On, transition)}
            hasPlan={transition.reviewedOn !== null}
          />
        )}
        {grown.kind === 'turned-26' && person.diedOn === null && (
          <InsetText>
            26 on {about}
            {formatDate(grown.turns26On)}. The service is for people up to 25: agree an ending, and who
            supports them then. Nothing ends by itself.
          </InsetText>
        )}
        {latest && (
          <p class="govuk-body">
            {latest.to} is responsible since {formatDate(latest.movedOn)}, {latest.from} was before.
          </p>
        )}
        {is(movers) && (
          <p class="govuk-body not-printed">
            <a class="govuk-link" href={boroughAddress(person.id)}>
              Another borough is responsible
            </a>
          </p>
        )}
        {ended !== null && person.diedOn === null && (
          <p class="govuk-body">
            Support ended on {formatDate(londonDate(ended.closedAt))}.{' '}
            <a class="govuk-link not-printed" href={reopenAddress(person.id)}>
              Open support again
            </a>
          </p>
        )}
        {is(recordersOfDeaths) && (asker.role !== 'provider-manager' || mayWrite) && (
          <p class="govuk-body not-printed">
            <a class="govuk-link" href={deathAddress(person.id)}>
              {person.diedOn === null ? 'Record that they have died' : 'What is recorded of their death'}
            </a>
          </p>
        )}
      </>
    );
  },
};

interface TransitionProps {
  personId: string;
  /** The day they turned 18. */
  turned: string;
  left: ReturnType<typeof leftOfTransition>;
  hasPlan: boolean;
}

/** What is left of the plan for turning 18 once they have, and the way to it for as long as there is one. */
function Transition({ personId, turned, left, hasPlan }: TransitionProps) {
  if (left === null && !hasPlan) return null;
  const way = (
    <a class="govuk-link" href={transitionPlanAddress(personId)}>
      Plan for turning 18
    </a>
  );
  if (left === null) return <p class="govuk-body">{way}</p>;
  return (
    <InsetText>
      Turned 18 on {turned}
      {left === 'to-make' ? ' without a plan: make one now. ' : ': check the plan, which was made before. '}
      {way}
    </InsetText>
  );
}
