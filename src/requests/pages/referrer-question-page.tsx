import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, show } from '../../platform/http/page.ts';
import { MOST_CHARACTERS } from '../request.ts';
import { answerQuestion } from '../request-commands.ts';
import { findReferrerQuestion, type ReferrerQuestion } from '../request-queries.ts';
import { answerTo } from './request-page.tsx';
import { Typed } from './request-parts.tsx';

/** A coordinator's question about a sent referral, which its referrer answers once; the answer is not shown again. */
export const referrerQuestionPage = page({
  path: '/refer/sent/:referral/questions/:request',
  for: ['referrer'],
  params: z.object({ referral: z.uuid(), request: z.uuid() }),
  form: z.object({
    answer: text({
      called: 'Your answer',
      most: MOST_CHARACTERS.answer,
      needed: 'Enter your answer',
      lines: 'many',
    }),
  }),
  async get({ tx, params, entry }) {
    const question = await findReferrerQuestion(tx, params.referral, params.request);
    if (!question) return missing();
    await recordLook(tx, {
      action: 'view-referrer-question',
      subject: { kind: 'request', id: question.id },
      personId: null,
    });
    const backTo = `/refer/sent/${question.referralId}`;
    const typed = entry();
    if (question.answeredAt !== null) {
      const title = 'You have answered this question';
      return show(
        title,
        <>
          <Faults entry={typed} />
          <Heading question={question} title={title} />
          <InsetText>
            <Typed>{question.question}</Typed>
          </InsetText>
          <p class="govuk-body" id="answer" tabIndex={-1}>
            You answered on {formatLondon(question.answeredAt)}. The coordinator has your answer, and it is
            not shown here again.
          </p>
        </>,
        { backTo },
      );
    }
    const title = 'A question about your referral';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <Heading question={question} title={title} />
        <InsetText>
          <Typed>{question.question}</Typed>
        </InsetText>
        <p class="govuk-body">
          Asked on {formatLondon(question.askedAt)}. Please answer by {formatDate(question.dueOn)}. If
          somebody is in danger, call{' '}
          <a class="govuk-link" href="tel:999">
            999
          </a>
          .
        </p>
        <Form autosave>
          <LongTextQuestion
            name="answer"
            label="Your answer"
            hint="If you do not know, say so. Once it is sent, it is not shown here again"
            entry={typed}
            most={MOST_CHARACTERS.answer}
            rows={8}
          />
          <Button preventDoubleClick>Send your answer</Button>
        </Form>
      </>,
      { backTo },
    );
  },
  async post({ tx, asker, service, params }, { answer }): Promise<Answer> {
    const question = await findReferrerQuestion(tx, params.referral, params.request);
    if (!question) return missing();
    const done = await answerQuestion(tx, { asker, clock: service.clock }, question, answer);
    if (done.outcome !== 'done') return answerTo(done, '', '');
    return redirect(referrerQuestionPage.url(params), { notice: 'Your answer is sent' });
  },
});

function Heading({ question, title }: { question: ReferrerQuestion; title: string }) {
  return (
    <>
      <p class="govuk-caption-l">
        Referral <span class="hw-reference">{question.referralReference}</span>
      </p>
      <h1 class="govuk-heading-l">{title}</h1>
    </>
  );
}
