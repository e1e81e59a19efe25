import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { type Body, readForm } from '../../platform/forms/read-form.ts';
import { Button, WarningText } from '../../platform/govuk/index.ts';
import { type Answer, missing, type Page, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { checkAddress, partAddress, REFER_HOME, sentAddress } from '../refer-addresses.ts';
import { partAsRead, type ReadAnswer, readAnswers } from '../referral-answers.ts';
import type { Answers } from '../referral-answers-so-far.ts';
import {
  answersSoFar,
  type DraftContent,
  faultsToday,
  fieldNames,
  firstNeeded,
  partsAsked,
} from '../referral-draft.ts';
import { formOfPart, isNeeded, parts, sectionOf } from '../referral-form.ts';
import { aboutYou } from '../referral-form-beginning.ts';
import type { Part } from '../referral-question.ts';
import { type Area, areasOffered, type Draft, findDraft, lastSaidOfOneself } from '../referrer-queries.ts';
import { savePart } from '../sending-commands.ts';
import { Questions } from './referral-questions.tsx';
import { TypedText } from './typed-text.tsx';

export const draftParams = z.object({ draft: z.uuid() });
/** `from=check`: somebody came from checking their answers, and goes back there. */
const draftQuery = z.object({ from: z.literal('check').optional().catch(undefined) });
/** The version of the draft that a form was made from. */
export const formVersion = z.coerce
  .number({ error: 'Open this page again: it is not known which answers it began from' })
  .int()
  .positive();

/** The pages of a referral that is being written: one for each part of the form, all made alike. */
export const draftPages: readonly Page[] = parts.map(draftPage);

function draftPage(part: Part): Page {
  return page({
    path: partAddress(':draft', part.name),
    for: ['referrer'],
    params: draftParams,
    query: draftQuery,
    form: formOfPart(part).safeExtend({ version: formVersion }),
    async get({ tx, asker, service, params, query, entry }) {
      const draft = await findDraft(tx, service.keyring, params.draft);
      if (!draft) return missing();
      const today = londonDate(service.clock.now());
      const answers = answersSoFar(draft.content, today);
      const instead = insteadOf(part, draft, answers);
      if (instead !== null) return redirect(instead);
      await recordLook(tx, {
        action: 'view-referral-draft',
        subject: { kind: 'referral-draft', id: draft.id },
        personId: null,
      });
      const listed = asksForArea(part) ? await areasOffered(tx) : [];
      const last =
        sectionOf(part) === aboutYou ? { yourName: asker.name, ...(await lastSaidOfOneself(tx)) } : {};
      const begun = { ...last, ...draft.content[part.name]?.fields, version: String(draft.version) };
      return show(
        part.title,
        <PartPage part={part} draft={draft} answers={answers} entry={entry(begun)} areas={listed} />,
        { backTo: query.from === 'check' ? checkAddress(draft.id) : before(part, draft.id, answers) },
      );
    },
    async post({ tx, service, params, query }, { version, ...answers }) {
      const today = londonDate(service.clock.now());
      const faults = faultsToday(part, answers, today, asksForArea(part) ? await areasOffered(tx) : []);
      if (faults.length > 0) return refuse(...faults);
      const saved = await savePart(tx, service.keyring, params.draft, part, version as number, answers);
      switch (saved.outcome) {
        case 'missing':
          return missing();
        case 'sent':
          return redirect(sentAddress(saved.referralId));
        case 'changed':
          return changedElsewhere;
        case 'saved':
          return redirect(
            query.from === 'check'
              ? checkAddress(params.draft)
              : after(part, params.draft, saved.content, today),
          );
      }
    },
  });
}

const CHANGED_ELSEWHERE = 'changed-elsewhere';

const changedElsewhere: Answer = refuse({
  field: 'version',
  control: CHANGED_ELSEWHERE,
  message: 'These answers were changed in another window or browser after you opened this page',
});

const asksForArea = (part: Part): boolean => part.questions.some(({ kind }) => kind === 'area');

/** Where to go when a page is not to be shown: the referral is sent, not so far yet, or does not need the page. */
function insteadOf(part: Part, draft: Draft, answers: Answers): string | null {
  if (draft.referralId !== null) return sentAddress(draft.referralId);
  const needed = firstNeeded(draft.content, answers);
  if (needed !== null && parts.indexOf(needed) < parts.indexOf(part))
    return partAddress(draft.id, needed.name);
  if (partsAsked(answers).includes(part)) return null;
  return next(part, draft.id, answers);
}

/** The next page that the answers leave worth asking; the check when there is none. */
function next(part: Part, draftId: string, answers: Answers): string {
  const following = partsAsked(answers).find((each) => parts.indexOf(each) > parts.indexOf(part));
  return following === undefined ? checkAddress(draftId) : partAddress(draftId, following.name);
}

function after(part: Part, draftId: string, content: DraftContent, today: PlainDate): string {
  return next(part, draftId, answersSoFar(content, today));
}

function before(part: Part, draftId: string, answers: Answers): string {
  const previous = partsAsked(answers).findLast((each) => parts.indexOf(each) < parts.indexOf(part));
  return previous === undefined ? REFER_HOME : partAddress(draftId, previous.name);
}

interface PartPageProps {
  part: Part;
  draft: Draft;
  answers: Answers;
  entry: Entry;
  areas: readonly Area[];
}

/** One page of a draft: its questions, and the button that saves them. */
function PartPage({ part, draft, answers, entry, areas }: PartPageProps) {
  const isChanged = entry.fault('version') !== undefined;
  const mayCheck = !isNeeded(part) && firstNeeded(draft.content, answers) === null;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Faults entry={entry} />
        <span class="govuk-caption-l">{whereInForm(part, answers)}</span>
        <h1 class="govuk-heading-l">{part.title}</h1>
        {part.name === 'danger' && <WhatToDoNow />}
        {part.intro?.map((paragraph) => (
          <p key={paragraph} class="govuk-body">
            {paragraph}
          </p>
        ))}
        {isChanged && (
          <ChangedElsewhere part={part} draft={draft} entry={entry} answers={answers} areas={areas} />
        )}
        <Form autosave>
          {/* After a conflict the choice has been put: sending again is choosing what is typed. */}
          <input
            type="hidden"
            name="version"
            value={isChanged ? String(draft.version) : entry.value('version')}
          />
          <Questions questions={part.questions} answers={answers} entry={entry} areas={areas} />
          <Button preventDoubleClick>Save and continue</Button>
        </Form>
        {mayCheck && (
          <p class="govuk-body">
            You have answered all that we cannot do without. The rest helps us to decide, and spares the young
            person from being asked again.{' '}
            <a class="govuk-link" href={checkAddress(draft.id)}>
              Leave out the rest, and check your answers
            </a>
          </p>
        )}
        <p class="govuk-hint">
          Kept until {formatLondon(draft.expiresAt)}. You can stop here and come back from{' '}
          <a class="govuk-link" href={REFER_HOME}>
            your referrals
          </a>
          .
        </p>
      </div>
    </div>
  );
}

/** "Section 3 of 9: The young person", counting the sections that this referral has: how many, its first one decides. */
function whereInForm(part: Part, answers: Answers): string {
  const asked = [...new Set(partsAsked(answers).map(sectionOf))];
  const section = sectionOf(part);
  const place = asked.indexOf(section) + 1;
  return `Section ${place}${place === 1 ? '' : ` of ${asked.length}`}: ${section.title}`;
}

/** Before anything is asked. */
function WhatToDoNow() {
  return (
    <>
      <WarningText>
        If somebody is in immediate danger call{' '}
        <a class="govuk-link" href="tel:999">
          999
        </a>{' '}
        now. Nobody reads referrals through the night.
      </WarningText>
      <p class="govuk-body">
        If a young person is missing, tell the police on{' '}
        <a class="govuk-link" href="tel:101">
          101
        </a>
        , or 999 if they are at risk. If a child may be harmed, tell the children’s social care of the council
        where they live.{' '}
        <a class="govuk-link" href="/help">
          More about what to do now
        </a>
      </p>
    </>
  );
}

/** Says what another browser saved on this page since it was opened, beside what was typed here. */
function ChangedElsewhere({ part, draft, entry, answers: { today }, areas }: PartPageProps) {
  const asRead = (fields: Body): ReadAnswer[] => {
    if (!readForm(formOfPart(part), fields).ok) return [];
    const answers = readAnswers((each) => (each === part ? fields : draft.content[each.name]?.fields), today);
    const area = asksForArea(part) ? answers.words('area') : '';
    return partAsRead(part, answers, areas.find(({ code }) => code === area)?.name ?? area);
  };
  const theirs = asRead(draft.content[part.name]?.fields ?? {});
  const yours = asRead(
    Object.fromEntries(fieldNames(formOfPart(part)).map((name) => [name, entry.values(name)])),
  );
  const answerTo = (answers: readonly ReadAnswer[], key: string) =>
    answers.find((each) => each.key === key)?.answer ?? 'Not asked';
  const asked = new Map([...theirs, ...yours].map(({ key, question }) => [key, question]));
  const different = [...asked].filter(([key]) => answerTo(theirs, key) !== answerTo(yours, key));
  return (
    <section id={CHANGED_ELSEWHERE} tabIndex={-1}>
      <h2 class="govuk-heading-m">Changed in another window</h2>
      <p class="govuk-body">
        This page was saved somewhere else at {formatLondon(draft.savedAt)}. Nothing that you typed here is
        lost. Change the answers below to what they should be and save them: they then replace what was saved.
        Or{' '}
        <a class="govuk-link" href={partAddress(draft.id, part.name)}>
          keep what was saved and leave out what you typed
        </a>
        .
      </p>
      <table class="govuk-table hw-conflict">
        <caption class="govuk-table__caption govuk-table__caption--s">Answers that differ</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {['Question', 'Saved somewhere else', 'Typed here'].map((heading) => (
              <th key={heading} scope="col" class="govuk-table__header">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {different.map(([key, question]) => (
            <tr key={key} class="govuk-table__row">
              <th scope="row" class="govuk-table__header">
                {question}
              </th>
              <td class="govuk-table__cell govuk-table__cell--changed" data-heading="Saved somewhere else">
                <TypedText>{answerTo(theirs, key)}</TypedText>
              </td>
              <td class="govuk-table__cell" data-heading="Typed here">
                <TypedText>{answerTo(yours, key)}</TypedText>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
