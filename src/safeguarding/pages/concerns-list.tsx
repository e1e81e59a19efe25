import type { ComponentChildren } from 'preact';
import type { Reason } from '../../organisations/index.ts';
import { DiedTag, fullName, personAddress } from '../../people/index.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { wordFor } from '../../reference/code-lists.ts';
import { standingInWords } from '../concern.ts';
import type { ListedConcern } from '../concern-queries.ts';
import { concernsAddress } from '../safeguarding-addresses.ts';
import { Due } from './concern-ground.tsx';

/** Concerns as a list has them: those of one young person need not say whose they are. */
export function ConcernsList({
  about,
  concerns,
  outcomes,
  today,
  ofOnePerson,
}: {
  about: string;
  concerns: readonly ListedConcern[];
  outcomes: readonly Reason[];
  today: PlainDate;
  ofOnePerson: boolean;
}) {
  return (
    <ScrollingTable
      about={about}
      caption={about}
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'Raised' },
        ...(ofOnePerson ? [] : [{ text: 'Young person' }]),
        { text: 'By' },
        { text: 'State' },
      ]}
      rows={concerns.map((concern) => [
        {
          text: (
            <a class="govuk-link" href={concernsAddress(concern.personId, concern.id)}>
              {formatLondon(concern.raisedAt)}
              {!ofOnePerson && <span class="govuk-visually-hidden">, {concern.personReference}</span>}
            </a>
          ),
        },
        ...(ofOnePerson
          ? []
          : [
              {
                text: (
                  <>
                    <a class="govuk-link" href={personAddress(concern.personId)}>
                      <bdi>{fullName(concern)}</bdi>
                    </a>{' '}
                    <DiedTag hasDied={concern.hasDied} />
                    <br />
                    <span class="hw-reference">{concern.personReference}</span>
                  </>
                ),
              },
            ]),
        { text: <bdi>{concern.raisedByName}</bdi> },
        { text: <State concern={concern} outcomes={outcomes} today={today} /> },
      ])}
    />
  );
}

function State({
  concern,
  outcomes,
  today,
}: {
  concern: ListedConcern;
  outcomes: readonly Reason[];
  today: PlainDate;
}) {
  const { closedAt, outcome, dueOn } = concern;
  if (closedAt !== null) {
    return (
      <>
        Closed {formatDate(londonDate(closedAt))}: {wordFor(outcomes, outcome ?? '')}
      </>
    );
  }
  return <Standing concern={concern} due={dueOn === null ? null : <Due on={dueOn} today={today} />} />;
}

/** Where an open concern stands, and by when what it waits for was due. */
export function Standing({
  concern,
  due,
}: {
  concern: Pick<ListedConcern, 'isUntold' | 'toTell' | 'dueOn'>;
  due: ComponentChildren;
}) {
  const words = standingInWords(concern);
  return (
    <>
      {concern.isUntold ? <strong>{words}</strong> : words}
      {due !== null && <>, {due}</>}
    </>
  );
}
