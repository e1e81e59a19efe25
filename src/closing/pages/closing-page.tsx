import { z } from 'zod';
import { endedSupport, reopenAddress } from '../../life-events/index.ts';
import { type Reason, reasonsOf } from '../../organisations/index.ts';
import { AboutPerson, DeathNotice, findPerson, mayWriteAbout, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import type { Asker, Role, Transaction } from '../../platform/database/transaction.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import type { Values } from '../../platform/forms/conflict.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText, SummaryList, Tag } from '../../platform/govuk/index.ts';
import { blank, fieldsOf } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { type CodedWord, wordFor } from '../../reference/code-lists.ts';
import {
  type ClosingField,
  changes,
  closingDocument,
  closingFieldInWords,
  DEFAULT_WORDS,
  DIED,
  fieldsAfterDeath,
  followUps,
  lackingIn,
  met,
  outcomeItems,
  stateInWords,
  views,
} from '../closing.ts';
import {
  amendClosing,
  beginClosing,
  holdAsShown,
  returnClosing,
  signOffClosing,
  submitClosing,
} from '../closing-commands.ts';
import {
  type Closing,
  closingsOf,
  type FollowUp,
  followUpsOf,
  supportedEpisode,
} from '../closing-queries.ts';
import {
  ClosingQuestions,
  closingControls,
  closingShape,
  QuestionsAfterDeath,
  valuesOf,
} from './closing-form.tsx';
import { followUpAddress } from './follow-up-address.ts';

const readers = ['caseworker', 'provider-manager', 'operations-manager'] as const satisfies readonly Role[];
const closingFields = fieldsOf(closingDocument);

/** What stands at a young person's closing: what is being written by the asker's provider, and what was before. */
async function closingAt(tx: Transaction, asker: Asker, personId: string) {
  const all = await closingsOf(tx, personId);
  const open = all.find(
    ({ state, organisationId }) => state !== 'signed-off' && organisationId === asker.organisationId,
  );
  const episodeId =
    asker.organisationId === null ? null : await supportedEpisode(tx, personId, asker.organisationId);
  return { all, open, episodeId };
}

const offered = (reasons: readonly Reason[], current: string) =>
  reasons.filter(({ code, isRetired }) => !isRetired || code === current);

async function look(tx: Transaction, personId: string): Promise<void> {
  await recordLook(tx, { action: 'view-closing', subject: { kind: 'person', id: personId }, personId });
}

/** How support of somebody ended, or ends. */
export const closingPage = page({
  path: '/people/:person/closing',
  for: readers,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const { all, open, episodeId } = await closingAt(tx, asker, person.id);
    await look(tx, person.id);
    const reasons = await reasonsOf(tx, 'closing');
    const isManager = asker.role === 'provider-manager';
    const writes = episodeId !== null && asker.role !== 'operations-manager';
    return show(
      'Closing',
      <>
        <h1 class="govuk-heading-l">Closing</h1>
        <DeathNotice person={person} />
        {all.length === 0 && (
          <p class="govuk-body">
            {writes
              ? person.diedOn === null
                ? 'Support goes on. When it ends, write how, and your manager signs it off.'
                : 'Support is still open. Write that it has ended, and your manager signs it off.'
              : 'Nothing is recorded of an end of support.'}
          </p>
        )}
        {writes && open?.state !== 'submitted' && (
          <Button href={editClosingPage.url({ person: person.id })}>
            {open ? 'Go on writing the closing' : 'Write the closing'}
          </Button>
        )}
        {open?.state === 'submitted' && isManager && (
          <Button href={signOffPage.url({ person: person.id })}>Sign off or return</Button>
        )}
        {isManager && person.diedOn === null && (await endedSupport(tx, person.id)) !== null && (
          <p class="govuk-body">
            <a class="govuk-link" href={reopenAddress(person.id)}>
              Open support again
            </a>
          </p>
        )}
        <FollowUps
          followUps={await followUpsOf(tx, person.id)}
          recordAt={
            isManager || (await mayWriteAbout(tx, asker, person.id)) ? followUpAddress(person.id) : undefined
          }
        />
        {all.map((closing) => (
          <ClosingAsRead key={closing.id} closing={closing} reasons={reasons} />
        ))}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

/** Writes how support ends. */
export const editClosingPage = page({
  path: '/people/:person/closing/edit',
  for: ['caseworker', 'provider-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    ...closingShape,
    ...amendmentShape(closingFields),
    act: z.enum(['save', 'submit']).catch('save'),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const { open, episodeId } = await closingAt(tx, asker, person.id);
    if (episodeId === null || open?.state === 'submitted') return missing();
    await look(tx, person.id);
    const typed = entry(
      open
        ? { ...open.values, version: String(open.version) }
        : {
            ...blank(closingDocument),
            reason: person.diedOn === null ? '' : DIED,
            wordsToReferrer: DEFAULT_WORDS,
            version: '0',
          },
    );
    const Questions = person.diedOn === null ? ClosingQuestions : QuestionsAfterDeath;
    return show(
      'Write the closing',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Write the closing</h1>
        <AboutPerson person={person} />
        {open?.state === 'returned' && (
          <InsetText>
            <p class="govuk-body">Your manager returned this:</p>
            <p class="hw-text" dir="auto">
              {open.comments}
            </p>
          </InsetText>
        )}
        <Form autosave>
          <input type="hidden" name="version" value={typed.value('version')} />
          <Questions entry={typed} reasons={offered(await reasonsOf(tx, 'closing'), typed.value('reason'))} />
          <p class="hw-autosave" data-autosave-status></p>
          <div class="govuk-button-group">
            <Button name="act" value="submit" preventDoubleClick>
              Ask the manager to sign off
            </Button>
            <Button name="act" value="save" classes="govuk-button--secondary" preventDoubleClick>
              Save and come back later
            </Button>
          </div>
        </Form>
      </>,
      { backTo: closingPage.url({ person: person.id }) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const { open, episodeId } = await closingAt(tx, asker, person.id);
    if (episodeId === null || open?.state === 'submitted') return missing();
    const typed = valuesOf(form);
    // What was written before they died stays as it was.
    const values =
      person.diedOn === null
        ? typed
        : { ...(open?.values ?? blank(closingDocument)), ...only(typed, fieldsAfterDeath) };
    const known = await reasonsOf(tx, 'closing');
    if (values.reason !== '' && !known.some(({ code }) => code === values.reason))
      return refuse({ field: 'reason', message: 'Choose why support ends' });
    if (form.act === 'submit') {
      const lacking = lackingIn(values, person.diedOn !== null);
      if (lacking.length > 0) return refuse(...lacking);
    }
    if (!open && form.version !== 0) return missing();
    if (open) {
      const outcome = await amendClosing(tx, open.id, {
        version: form.version,
        seen: form.seen,
        values: () => values,
        choices: choicesIn(closingFields, form as never),
      });
      if (outcome.kind === 'missing') return missing();
      if (outcome.kind === 'changed-meanwhile') {
        return changedMeanwhile({
          called: 'this closing',
          outcome,
          entry: entry(),
          controls: [...closingControls, 'act'],
          fieldInWords: closingFieldInWords,
          valueInWords: (field, value) => valueInWords(field, value, known),
          seen: form.seen,
          leaveTo: closingPage.url({ person: person.id }),
        });
      }
    }
    const id = open?.id ?? (await beginClosing(tx, asker, { personId: person.id, episodeId }, values));
    if (form.act === 'save')
      return redirect(closingPage.url({ person: person.id }), { notice: 'The closing is saved as a draft' });
    await submitClosing(tx, asker, { id, personId: person.id }, service.clock.now());
    return redirect(closingPage.url({ person: person.id }), {
      notice: 'The manager is asked to sign the closing off',
    });
  },
});

const only = (values: Values<ClosingField>, fields: readonly ClosingField[]) =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));

/** The manager's word on a closing: that support has ended, or what is still to be done. */
export const signOffPage = page({
  path: '/people/:person/closing/sign-off',
  for: ['provider-manager'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    act: z.enum(['sign-off', 'return'], { error: 'Choose whether to sign off or return it' }),
    comments: text({ called: 'What is still to be done', most: 2_000, lines: 'many' }),
    closing: z.uuid(),
    version: z.coerce.number().int().positive().max(MOST_INTEGER),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const open = person && (await closingAt(tx, asker, person.id)).open;
    if (!person || open?.state !== 'submitted') return missing();
    await look(tx, person.id);
    const typed = entry();
    return show(
      'Sign off the closing',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Sign off the closing</h1>
        <AboutPerson person={person} />
        <ClosingAsRead closing={open} reasons={await reasonsOf(tx, 'closing')} />
        <Form>
          <input type="hidden" name="closing" value={open.id} />
          <input type="hidden" name="version" value={open.version} />
          <LongTextQuestion
            name="comments"
            label="What is still to be done? (if you return it)"
            entry={typed}
            most={2_000}
            rows={4}
          />
          <p class="govuk-body">
            When you sign off, your provider’s workers have the record for 28 days more, and the waiting list
            and the referrer see that support has ended.
          </p>
          <div class="govuk-button-group">
            <Button name="act" value="sign-off" preventDoubleClick>
              Sign off
            </Button>
            <Button name="act" value="return" classes="govuk-button--secondary" preventDoubleClick>
              Return it
            </Button>
          </div>
        </Form>
      </>,
      { backTo: closingPage.url({ person: person.id }) },
    );
  },

  async post({ tx, asker, service, params }, { act, comments, closing, version }) {
    const person = await findPerson(tx, params.person);
    const open = person && (await closingAt(tx, asker, person.id)).open;
    if (!person || open?.state !== 'submitted') return missing();
    if (open.id !== closing || !(await holdAsShown(tx, { id: open.id, version })))
      return refuse({
        field: 'act',
        message: 'The closing was changed since you opened it: read what it says now, then decide',
      });
    const back = closingPage.url({ person: person.id });
    if (act === 'return') {
      if (comments === '')
        return refuse({ field: 'comments', message: 'Enter what is still to be done before you sign off' });
      if (!(await returnClosing(tx, open, comments))) return missing();
      return redirect(back, { notice: 'The closing is returned' });
    }
    if (comments !== '')
      return refuse({
        field: 'comments',
        message:
          'You wrote what is still to be done: return the closing, or empty the box if it is done and sign off',
      });
    switch (await signOffClosing(tx, open.id, service.clock.now())) {
      case 'own':
        return refuse({
          field: 'act',
          message: 'You wrote this closing yourself: another manager of your provider signs it off',
        });
      case 'ended':
        return redirect(back, { notice: 'Support by your provider has ended. Another provider goes on' });
      case 'closed':
        return redirect(back, { notice: 'The closing is signed off and support has ended' });
      default:
        return missing();
    }
  },
});

/** When the young person agreed to be asked how they are, and the way to say what came of it. */
function FollowUps({
  followUps,
  recordAt,
}: {
  followUps: readonly FollowUp[];
  recordAt: string | undefined;
}) {
  if (followUps.length === 0) return null;
  return (
    <section aria-labelledby="follow-ups">
      <h2 class="govuk-heading-m" id="follow-ups">
        Follow-up
      </h2>
      <ul class="govuk-list">
        {followUps.map(({ id, months, dueOn, doneOn }) => (
          <li key={id}>
            After {months} months:{' '}
            {doneOn === null ? `due ${formatDate(dueOn)}` : `asked on ${formatDate(doneOn)}`}
          </li>
        ))}
      </ul>
      {recordAt !== undefined && (
        <p class="govuk-body">
          <a class="govuk-link" href={recordAt}>
            Record a follow-up, or read what they said
          </a>
        </p>
      )}
    </section>
  );
}

const lists: Readonly<Partial<Record<ClosingField, readonly CodedWord[]>>> = {
  ...changes,
  neetAtStart: met,
  neetAtEnd: met,
  followUp: followUps,
};

function valueInWords(field: ClosingField, value: string, reasons: readonly Reason[]): string {
  if (value === '') return 'Nothing written';
  if (field === 'reason') return wordFor(reasons, value);
  const list = /^outcome\d$/.test(field) ? met : /^view\d$/.test(field) ? views : lists[field];
  return list ? wordFor(list, value) : value;
}

/** A closing, read from top to bottom. */
function ClosingAsRead({ closing, reasons }: { closing: Closing; reasons: readonly Reason[] }) {
  const row = (field: ClosingField) => ({
    key: { text: closingFieldInWords[field] },
    value: {
      text: (
        <span class="hw-text" dir="auto">
          {valueInWords(field, closing.values[field], reasons)}
        </span>
      ),
    },
  });
  const wasAsked = (field: ClosingField) => closing.values.reason !== DIED || closing.values[field] !== '';
  const askedItems = outcomeItems.filter(({ item }) => wasAsked(`outcome${item}`));
  return (
    <section class="hw-note" aria-label={`Closing by ${closing.organisationName}`}>
      <p class="hw-note__meta">
        <bdi>{closing.organisationName}</bdi>{' '}
        <Tag classes={closing.state === 'signed-off' ? 'govuk-tag--green' : 'govuk-tag--yellow'}>
          {stateInWords[closing.state]}
        </Tag>
        {closing.submittedAt && (
          <>
            {' '}
            written by <bdi>{closing.submittedByName}</bdi>, {formatLondon(closing.submittedAt)}
          </>
        )}
        {closing.signedOffAt && (
          <>
            {' '}
            signed off by <bdi>{closing.signedOffByName}</bdi>, {formatLondon(closing.signedOffAt)}
          </>
        )}
      </p>
      <SummaryList
        rows={[
          row('reason'),
          row('summary'),
          ...askedItems.map(({ item, text: called }) => ({
            key: { text: called },
            value: {
              text: (
                <>
                  {valueInWords(`outcome${item}`, closing.values[`outcome${item}`], reasons)}
                  {closing.values[`view${item}`] !== '' &&
                    `. Whose view: ${wordFor(views, closing.values[`view${item}`])}`}
                  {closing.values[`evidence${item}`] !== '' && (
                    <span class="hw-text" dir="auto">
                      {'\n'}
                      {closing.values[`evidence${item}`]}
                    </span>
                  )}
                </>
              ),
            },
          })),
          ...(
            [
              'harm',
              'resilience',
              'countyLines',
              'neetAtStart',
              'neetAtEnd',
              'handover',
              'feedback',
              'followUp',
              'wordsToReferrer',
            ] as const
          )
            .filter(wasAsked)
            .map(row),
        ]}
      />
    </section>
  );
}
