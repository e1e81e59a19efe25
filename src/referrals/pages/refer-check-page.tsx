import { Fragment } from 'preact';
import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button, InsetText, SummaryList, WarningText } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { draftFilesAddress, partAddress, sentAddress } from '../refer-addresses.ts';
import { answersAsRead, inSections, type ReadAnswer } from '../referral-answers.ts';
import { answersSoFar, firstNeeded, isSaved, partsAsked } from '../referral-draft.ts';
import { parts } from '../referral-form.ts';
import { type Guidance, guidanceFor } from '../referral-guidance.ts';
import type { Part } from '../referral-question.ts';
import { areas, findDraft } from '../referrer-queries.ts';
import { sendReferral } from '../sending-commands.ts';
import { draftParams, formVersion } from './draft-page.tsx';
import { TypedText } from './typed-text.tsx';

/** All answers of a referral before it is sent: the only time that they can be printed. */
export const referCheckPage = page({
  path: '/refer/:draft/check',
  for: ['referrer'],
  params: draftParams,
  form: z.object({ version: formVersion }),
  async get({ tx, service, params, entry }) {
    const draft = await findDraft(tx, service.keyring, params.draft);
    if (!draft) return missing();
    if (draft.referralId !== null) return redirect(sentAddress(draft.referralId));
    const answers = answersSoFar(draft.content, londonDate(service.clock.now()));
    const needed = firstNeeded(draft.content, answers);
    if (needed !== null) return redirect(partAddress(draft.id, needed.name));
    await recordLook(tx, {
      action: 'view-referral-draft',
      subject: { kind: 'referral-draft', id: draft.id },
      personId: null,
    });
    const typed = entry();
    const listed = await areas(tx);
    const areaName = listed.find(({ code }) => code === answers.words('area'))?.name;
    const asked = partsAsked(answers);
    const notOpened = asked.filter((part) => !isSaved(draft.content, part));
    const read = answersAsRead(answers, areaName ?? 'Not known yet').filter(
      ({ page: name }) => !notOpened.some((part) => part.name === name),
    );
    return show(
      'Check your answers before you send',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">Check your answers before you send</h1>
          {guidanceFor(answers).map((guidance) => (
            <Advice key={guidance} guidance={guidance} />
          ))}
          <NotOpened draftId={draft.id} parts={notOpened} />
          {inSections(read).map(({ section, answers: said }) => (
            <section key={section}>
              <h2 class="govuk-heading-m">{section}</h2>
              <SummaryList
                rows={said.filter(isAnswered).map((answer) => ({
                  key: { text: answer.question },
                  value: { text: <TypedText>{answer.answer}</TypedText> },
                  actions: {
                    items: [
                      {
                        text: 'Change',
                        href: changeAddress(draft.id, answer),
                        visuallyHiddenText: `: ${answer.question}`,
                      },
                    ],
                  },
                }))}
              />
              <NotAnswered draftId={draft.id} answers={said.filter((answer) => !isAnswered(answer))} />
            </section>
          ))}
          <h2 class="govuk-heading-m">Anything to attach?</h2>
          <p class="govuk-body">
            <a class="govuk-link" href={draftFilesAddress(draft.id)}>
              Attach a file, or see what you attached
            </a>{' '}
            (optional)
          </p>
          <h2 class="govuk-heading-m" id="send">
            Keep a copy, then send
          </h2>
          <p class="govuk-body">
            If you need a copy, print or save this page with your browser now, and write on it the reference
            that you get when you send. After you have sent the referral its answers are not shown again, so
            that nobody else who opens your email can read them. Keep the copy as safely as your agency keeps
            its records of children.
          </p>
          <p class="govuk-body">
            By sending you say that this is true as far as you know. The contact at the council you chose is
            told that it came, and a coordinator reads it.
          </p>
          <p class="govuk-hint">Saved {formatLondon(draft.savedAt)}.</p>
          <Form>
            <input type="hidden" name="version" value={String(draft.version)} />
            <Button preventDoubleClick>Send the referral</Button>
          </Form>
        </div>
      </div>,
      { backTo: partAddress(draft.id, asked.at(-1)?.name ?? '') },
    );
  },
  async post({ tx, service, asker, params }, { version }): Promise<Answer> {
    const sending = await sendReferral(tx, service, asker, params.draft, version);
    switch (sending.outcome) {
      case 'sent':
        return redirect(sentAddress(sending.referralId));
      case 'missing':
        return missing();
      case 'unanswered':
        return redirect(`/refer/${params.draft}/check`);
      case 'changed':
        return refuse({
          field: 'version',
          control: 'send',
          message:
            'The answers were changed in another window or browser since you opened this page. Check them again, then send',
        });
      case 'too-many':
        return refuse({
          field: 'version',
          control: 'send',
          message:
            'You have sent many referrals in the last hour. This one is saved: send it in an hour, and if somebody is in danger call 999',
        });
    }
  },
});

/** The question's own control; for a question under a choice, the question that leads to it. */
function changeAddress(draftId: string, { page: name, key }: ReadAnswer): string {
  const part = parts.find((each) => each.name === name);
  const under = part?.questions.find((question) => question.key === key)?.under;
  return `${partAddress(draftId, name)}?from=check#${under?.key ?? key}`;
}

const isAnswered = ({ value }: ReadAnswer): boolean => value !== null;

/** What was asked and not answered, in few lines: each leads to where it can be. */
function NotAnswered({ draftId, answers }: { draftId: string; answers: readonly ReadAnswer[] }) {
  if (answers.length === 0) return null;
  return (
    <p class="govuk-body">
      Not answered:{' '}
      {answers.map((answer, place) => (
        <Fragment key={answer.key}>
          {place > 0 && '; '}
          <a class="govuk-link" href={changeAddress(draftId, answer)}>
            {answer.question}
          </a>
        </Fragment>
      ))}
    </p>
  );
}

/** The pages that nobody has opened: "Not known" on them would tell more than nothing. */
function NotOpened({ draftId, parts: notOpened }: { draftId: string; parts: readonly Part[] }) {
  if (notOpened.length === 0) return null;
  return (
    <InsetText>
      <p class="govuk-body">
        You can send this now. You have not opened these pages, and may know more than you think:
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {notOpened.map(({ name, title }) => (
          <li key={name}>
            <a class="govuk-link" href={`${partAddress(draftId, name)}?from=check`}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </InsetText>
  );
}

/** What the referrer ought to do or know before sending. */
function Advice({ guidance }: { guidance: Guidance }) {
  switch (guidance) {
    case 'not-safe-now':
      return (
        <WarningText>
          You say that the young person is not safe now. Call{' '}
          <a class="govuk-link" href="tel:999">
            999
          </a>{' '}
          before you send this.
        </WarningText>
      );
    case 'tell-social-care':
      return (
        <InsetText>
          If they may be under 18, tell the children's social care of the council where they live. Sending
          this does not tell them.
        </InsetText>
      );
    case 'child-to-the-nrm':
      return (
        <InsetText>
          Every child who may be a victim of modern slavery must be referred to the NRM. Ask the council or
          the police, who are first responders. Sending this does not refer them.
        </InsetText>
      );
    case 'over-25':
      return (
        <InsetText>
          They are over 25 by what you have told us. This service is for people up to 25. You can send it all
          the same: a coordinator reads it and may suggest other support.
        </InsetText>
      );
    case 'outside-london':
      return (
        <InsetText>
          You chose a council outside the area of this service. You can send it all the same: a coordinator
          reads it and may pass you on.
        </InsetText>
      );
    case 'none-of-the-criteria':
      return (
        <InsetText>
          You ticked none of the reasons for which this service takes somebody on. You can send it all the
          same: a coordinator reads it and looks for a service that fits.
        </InsetText>
      );
    case 'no-consent':
      return (
        <InsetText>
          They do not agree to support. You can send it all the same: a coordinator will talk with you about
          what can be done without their agreement.
        </InsetText>
      );
  }
}
