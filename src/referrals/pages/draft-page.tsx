import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { readForm } from '../../platform/forms/read-form.ts';
import { Button } from '../../platform/govuk/index.ts';
import { type Answer, missing, redirect, refuse } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { checkAddress, partAddress, REFER_HOME, sentAddress } from '../refer-addresses.ts';
import type { ReadAnswer } from '../referral-answers.ts';
import { fieldNames, firstUnanswered } from '../referral-draft.ts';
import { forms, type Part, type PartAnswers, parts } from '../referral-form.ts';
import { type Draft, findDraft } from '../referrer-queries.ts';
import { savePart } from '../sending-commands.ts';
import { TypedText } from './typed-text.tsx';

/** What the three pages of a draft have in common. */

export const draftParams = z.object({ draft: z.uuid() });
/** `from=check`: somebody came from checking their answers, and goes back there. */
export const draftQuery = z.object({ from: z.literal('check').optional().catch(undefined) });
/** The version of the draft that a form was made from. */
export const formVersion = z.coerce
  .number({ error: 'Open this page again: it is not known which answers it began from' })
  .int()
  .positive();

interface DraftVisit {
  tx: Transaction;
  asker: Asker;
  service: Service;
  params: { draft: string };
  query: { from?: 'check' | undefined };
}

/** The draft that a page is a part of; or where to go instead, when it is not theirs, is sent, or is not so far yet. */
export async function draftAt(
  { tx, service, params }: DraftVisit,
  part: Part,
): Promise<{ draft: Draft } | { instead: Answer }> {
  const draft = await findDraft(tx, service.keyring, params.draft);
  if (!draft) return { instead: missing() };
  if (draft.referralId !== null) return { instead: redirect(sentAddress(draft.referralId)) };
  const next = firstUnanswered(draft.content);
  if (next !== null && parts.indexOf(next) < parts.indexOf(part))
    return { instead: redirect(partAddress(draft.id, next)) };
  return { draft };
}

/** Saves a page and goes on to the next. */
export async function saveAndGoOn<Name extends Part>(
  { tx, service, params, query }: DraftVisit,
  part: Name,
  version: number,
  answers: PartAnswers[Name],
): Promise<Answer> {
  const saved = await savePart(tx, service.keyring, params.draft, part, version, answers);
  switch (saved.outcome) {
    case 'missing':
      return missing();
    case 'sent':
      return redirect(sentAddress(saved.referralId));
    case 'changed':
      return refuse({
        field: 'version',
        control: CHANGED_ELSEWHERE,
        message: 'These answers were changed in another window or browser after you opened this page',
      });
    case 'saved': {
      const next = parts[parts.indexOf(part) + 1];
      return redirect(
        next === undefined || query.from === 'check'
          ? checkAddress(params.draft)
          : partAddress(params.draft, next),
      );
    }
  }
}

const CHANGED_ELSEWHERE = 'changed-elsewhere';

/** Where "Back" leads from a page of a draft. */
export function backFrom({ params, query }: Pick<DraftVisit, 'params' | 'query'>, part: Part): string {
  if (query.from === 'check') return checkAddress(params.draft);
  const previous = parts[parts.indexOf(part) - 1];
  return previous === undefined ? REFER_HOME : partAddress(params.draft, previous);
}

/** What a form of a page begins with: what was saved, and the version that it was saved in. */
export function savedFields(draft: Draft, part: Part): Record<string, string | string[]> {
  return { ...draft.content[part]?.fields, version: String(draft.version) };
}

interface DraftPageProps {
  part: Part;
  title: string;
  draft: Draft;
  entry: Entry;
  /** How answers of this page are read, for comparing them with what another browser saved. */
  asRead(saved: Record<string, unknown>): ReadAnswer[];
  children: ComponentChildren;
}

/** One page of a draft: its questions, and the button that saves them. */
export function DraftPage({ part, title, draft, entry, asRead, children }: DraftPageProps) {
  const isChanged = entry.fault('version') !== undefined;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Faults entry={entry} />
        <span class="govuk-caption-l">
          Page {parts.indexOf(part) + 1} of {parts.length}
        </span>
        <h1 class="govuk-heading-l">{title}</h1>
        {isChanged && <ChangedElsewhere part={part} draft={draft} entry={entry} asRead={asRead} />}
        <Form autosave>
          {/* After a conflict the choice has been put: sending again is choosing what is typed. */}
          <input
            type="hidden"
            name="version"
            value={isChanged ? String(draft.version) : entry.value('version')}
          />
          {children}
          <Button preventDoubleClick>Save and continue</Button>
        </Form>
        <p class="govuk-body">
          What you have saved is kept until {formatLondon(draft.expiresAt)}. You can close this page and come
          back to it from{' '}
          <a class="govuk-link" href={REFER_HOME}>
            your referrals
          </a>
          .
        </p>
      </div>
    </div>
  );
}

/** Says what another browser saved on this page since it was opened, beside what was typed here. */
function ChangedElsewhere({ part, draft, entry, asRead }: Omit<DraftPageProps, 'title' | 'children'>) {
  const typed = readForm(
    forms[part],
    Object.fromEntries(fieldNames(forms[part]).map((name) => [name, entry.values(name)])),
  );
  const saved = readForm(forms[part], draft.content[part]?.fields ?? {});
  const theirs = saved.ok ? asRead(saved.value) : [];
  const yours = typed.ok ? asRead(typed.value) : [];
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
        <a class="govuk-link" href={partAddress(draft.id, part)}>
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
