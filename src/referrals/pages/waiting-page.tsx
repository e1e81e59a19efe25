import { z } from 'zod';
import { type Reason, reasonsOf } from '../../organisations/index.ts';
import { fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { recordMeanwhile } from '../waiting-commands.ts';
import {
  everybodyWaiting,
  type Waiting,
  type WaitingEntryBefore,
  waitingEntriesOf,
} from '../waiting-queries.ts';
import { ReopeningNotice } from './reopening-notice.tsx';
import { waitingAddress } from './waiting-address.ts';

const MOST = 4000;

/** What is done for a young person while they wait for a provider, and everything that was recorded about the wait. */
export const waitingPage = page({
  path: '/people/:person/waiting',
  for: ['coordinator', 'operations-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    meanwhile: text({ called: 'What is being done meanwhile', most: MOST, lines: 'many' }),
    localProvision: text({ called: 'What the borough provides', most: MOST, lines: 'many' }),
    version: z.coerce.number().int().nonnegative().max(MOST_INTEGER),
  }),

  async get({ tx, asker, params, entry }) {
    const [waiting] = await everybodyWaiting(tx, params.person);
    if (!waiting) return missing();
    await recordLook(tx, {
      action: 'view-waiting',
      subject: { kind: 'episode', id: waiting.episodeId },
      personId: params.person,
    });
    const typed = entry({
      meanwhile: waiting.entry.meanwhile,
      localProvision: waiting.entry.localProvision,
    });
    const before = await waitingEntriesOf(tx, waiting.episodeId);
    const jumps = await reasonsOf(tx, 'queue-jump');
    const mayRecord = asker.role === 'coordinator';
    return show(
      'While they wait',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(waiting)}</bdi>, <span class="hw-reference">{waiting.reference}</span>,{' '}
          {waiting.areaName}
        </p>
        <h1 class="govuk-heading-l">While they wait</h1>
        {waiting.reopening && <ReopeningNotice reopening={waiting.reopening} />}
        <Place waiting={waiting} jumps={jumps} mayMove={mayRecord} />
        {mayRecord && (
          <Form autosave>
            <input type="hidden" name="version" value={waiting.entry.version} />
            <LongTextQuestion
              name="meanwhile"
              label="What is being done meanwhile? (optional)"
              hint="Who keeps in touch with them, and how they are kept safe"
              entry={typed}
              most={MOST}
            />
            <LongTextQuestion
              name="localProvision"
              label="What does the borough provide until then? (optional)"
              hint="Local support, and who gives it"
              entry={typed}
              most={MOST}
            />
            <Button preventDoubleClick>Save</Button>
          </Form>
        )}
        <Recorded before={before} jumps={jumps} />
      </>,
      { backTo: '/waiting-list' },
    );
  },

  async post({ tx, asker, params }, form) {
    // Whoever runs the service reads it; the database would refuse, and so does the page.
    if (asker.role !== 'coordinator') return missing();
    const outcome = await recordMeanwhile(tx, params.person, form);
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'changed-meanwhile':
        return refuse({
          field: 'meanwhile',
          message:
            'Somebody else recorded something since you opened this page. It is at the end of this page: change what you wrote if you need to, and save again',
        });
      case 'saved':
        return redirect(waitingAddress(params.person), { notice: 'It is saved' });
    }
  },
});

interface PlaceProps {
  waiting: Waiting;
  jumps: readonly Reason[];
  mayMove: boolean;
}

function Place({ waiting: { personId, acceptedAt, movedUpAt, entry }, jumps, mayMove }: PlaceProps) {
  const [said, way] =
    movedUpAt === null
      ? [`They wait in the order of acceptance: ${formatLondon(acceptedAt)}.`, 'Move them up']
      : [
          `They were moved up on ${formatLondon(movedUpAt)}: ${wordFor(jumps, entry.movedUpReason)}.`,
          'Change this',
        ];
  return (
    <InsetText>
      {said}
      {entry.movedUpWhy !== '' && (
        <div class="hw-text" dir="auto">
          {entry.movedUpWhy}
        </div>
      )}
      {mayMove && (
        <>
          {' '}
          <a class="govuk-link" href={waitingAddress(personId, 'move-up')}>
            {way}
          </a>
        </>
      )}
    </InsetText>
  );
}

function Recorded({ before, jumps }: { before: readonly WaitingEntryBefore[]; jumps: readonly Reason[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">What was recorded</h2>
      {before.length === 0 ? (
        <p class="govuk-body">Nothing yet.</p>
      ) : (
        <ol class="hw-timeline">
          {before.map((each) => (
            <li key={each.at.getTime()} class="hw-timeline__item">
              <p class="hw-timeline__meta">
                <bdi>{each.by}</bdi>, {formatLondon(each.at)}
              </p>
              {each.movedUpReason !== '' && (
                <p class="govuk-body">Moved up: {wordFor(jumps, each.movedUpReason)}</p>
              )}
              {[each.movedUpWhy, each.meanwhile, each.localProvision]
                .filter((written) => written !== '')
                .map((written, place) => (
                  <p key={place} class="govuk-body hw-text" dir="auto">
                    {written}
                  </p>
                ))}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
