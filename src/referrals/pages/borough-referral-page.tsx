import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { bornInWords, findPerson, fullName } from '../../people/index.ts';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { agencyKinds, ethnicities, genders, wordFor } from '../../reference/code-lists.ts';
import { findAllocation, type PresentAllocation } from '../allocation-queries.ts';
import { acknowledgeReferral, MOST_OF_A_NOTE } from '../borough-commands.ts';
import { type Acknowledgement, acknowledgementNow, noteAt } from '../borough-queries.ts';
import { kindInWords } from '../referral.ts';
import { type CoordinatedReferral, lookAtReferral } from '../referral-queries.ts';
import { BoroughSays } from './borough-says.tsx';
import { NotSafe, ReferralHeading, StageTag } from './referral-heading.tsx';
import { Answers, Timeline } from './referral-page.tsx';
import { ReferredName, TypedText } from './typed-text.tsx';

const LIST = '/borough';
const CHANGED = 'changed-by-somebody';

/** The version of what the borough had said when the form was opened; 0 when it had said nothing. */
const formVersion = z.coerce
  .number({ error: 'Open this page again: it is not known what it began from' })
  .int()
  .min(0)
  .max(MOST_INTEGER);

/** One referral as its borough's contact sees it, and where they say what the borough knows. No case note is here. */
export const boroughReferralPage = page({
  path: '/borough/referrals/:referral',
  for: ['spoc'],
  params: z.object({ referral: z.uuid() }),
  form: z.object({
    note: text({ called: 'What the borough knows and can offer', most: MOST_OF_A_NOTE, lines: 'many' }),
    version: formVersion,
  }),
  async get({ tx, service, params, entry }) {
    const referral = await lookAtReferral(tx, params.referral);
    if (!referral) return missing();
    const { personId } = referral.state;
    const person = personId === null ? null : await findPerson(tx, personId);
    const allocation = await findAllocation(tx, referral.id);
    const said = await acknowledgementNow(tx, referral.id);
    const typed = entry({ note: said?.note ?? '', version: String(said?.version ?? 0) });
    const isChanged = typed.fault('version') !== undefined;
    const openedAt = formVersion.safeParse(typed.value('version'));
    const base = isChanged && said && openedAt.success ? await noteAt(tx, said.id, openedAt.data) : null;
    return show(
      `Referral ${referral.reference}`,
      <>
        <Faults entry={typed} />
        <ReferralHeading
          title={`Referral ${referral.reference}`}
          referral={referral}
          now={service.clock.now()}
        />
        <p class="govuk-body">
          <StageTag stage={referral.state.stage} />
        </p>
        <NotSafe referral={referral} />
        <Standing referral={referral} allocation={allocation}>
          {person === null ? (
            'Not matched with a record of your borough'
          ) : (
            <>
              <a class="govuk-link" href={`/people/${person.id}`}>
                <bdi>{fullName(person)}</bdi>
              </a>{' '}
              <span class="hw-reference">{person.reference}</span>
            </>
          )}
        </Standing>
        <section aria-labelledby="borough-word">
          <h2 class="govuk-heading-m" id="borough-word">
            What your borough says
          </h2>
          {said === null && (
            <p class="govuk-body">
              Nothing yet. Say that you have seen it, and what a coordinator should know before deciding: a
              social worker, a plan, a known risk, support that your borough has.
            </p>
          )}
          <BoroughSays said={said} />
          {isChanged && said && <ChangedBySomebody said={said} base={base} yours={typed.value('note')} />}
          <SayForm entry={typed} said={said} version={isChanged ? said?.version : undefined} />
        </section>
        <Answers referral={referral} />
        <Timeline actions={referral.actions.filter(({ action }) => action.kind !== 'person-set-apart')} />
      </>,
      { backTo: LIST },
    );
  },
  async post({ tx, asker, service, params }, { note, version }): Promise<Answer> {
    const said = await acknowledgeReferral(
      tx,
      { asker, clock: service.clock },
      params.referral,
      note,
      version,
    );
    switch (said.outcome) {
      case 'missing':
        return missing();
      case 'changed':
        return refuse({
          field: 'version',
          control: CHANGED,
          message: 'Somebody of your borough wrote here after you opened this page',
        });
      case 'done':
        return redirect(boroughReferralPage.url({ referral: params.referral }), {
          notice: 'What your borough says is saved',
        });
    }
  },
});

interface StandingProps {
  referral: CoordinatedReferral;
  allocation: PresentAllocation | null;
  /** The record it is matched with. */
  children: ComponentChildren;
}

function Standing({ referral, allocation, children }: StandingProps) {
  const rows: [string, ComponentChildren][] = [
    ['Young person', <ReferredName called={referral} />],
    ...(referral.knownAs === '' ? [] : [row('Known as', <bdi>{referral.knownAs}</bdi>)]),
    ['Date of birth', bornInWords(referral)],
    ['Gender', wordFor(genders, referral.gender)],
    ['Ethnicity', wordFor(ethnicities, referral.ethnicity)],
    ['Postcode', referral.postcode === '' ? 'Not known' : referral.postcode],
    ['Responsible borough', referral.areaName],
    ['Asks for', kindInWords[referral.kind]],
    ['Received', formatLondon(referral.receivedAt)],
    ['Decide by', formatDate(referral.decisionDueOn)],
    ...(allocation === null
      ? []
      : [row('Allocated to', `${allocation.organisationName}, since ${formatLondon(allocation.startedAt)}`)]),
    ['Record', children],
    [
      'Kind of agency',
      referral.isSourceWithheld
        ? 'Whoever sent this intelligence has not agreed that the borough is told whom it came from. Ask a coordinator'
        : wordFor(agencyKinds, referral.agencyKind),
    ],
  ];
  return <SummaryList rows={rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } }))} />;
}

const row = (key: string, value: ComponentChildren): [string, ComponentChildren] => [key, value];

interface SayFormProps {
  entry: Entry;
  said: Acknowledgement | null;
  /** The version the form begins from, where it is not the one that was typed over. */
  version: number | undefined;
}

function SayForm({ entry, said, version }: SayFormProps) {
  return (
    <Form autosave>
      <input type="hidden" name="version" value={version ?? entry.value('version')} />
      <LongTextQuestion
        name="note"
        label="What the borough knows and can offer"
        hint="For the coordinator; you can leave it empty. The referrer and the young person's worker do not see it here"
        entry={entry}
        most={MOST_OF_A_NOTE}
      />
      <Button preventDoubleClick>{said === null ? 'I have seen this' : 'Save'}</Button>
    </Form>
  );
}

/** Two contacts of one borough wrote at once: what it was, what is saved now, what was typed here. */
function ChangedBySomebody({
  said,
  base,
  yours,
}: {
  said: Acknowledgement;
  base: string | null;
  yours: string;
}) {
  const versions = [
    { heading: 'When you opened the page', words: base ?? '' },
    { heading: `Saved by ${said.changedBy}`, words: said.note },
    { heading: 'Typed by you', words: yours },
  ];
  return (
    <div id={CHANGED} tabIndex={-1}>
      <p class="govuk-body">
        Nothing that you typed is lost. Change the box below to what your borough should say, and save it.
      </p>
      <SummaryList
        rows={versions.map(({ heading, words }) => ({
          key: { text: heading },
          value: { text: words === '' ? 'Nothing' : <TypedText>{words}</TypedText> },
        }))}
      />
    </div>
  );
}
