import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { Form } from '../../platform/forms/form.tsx';
import { Button, Pagination } from '../../platform/govuk/index.ts';
import { type Answer, page, redirect, show } from '../../platform/http/page.ts';
import { type MessageTemplate, templateNamed } from '../../platform/messages/templates.ts';
import {
  tryMessageAgain,
  type UndeliveredMessage,
  undeliveredMessages,
} from '../../platform/messages/undelivered.ts';
import { messageTemplates } from '../message-templates.ts';

const A_PAGE = 25;

/** Messages that did not reach anybody, for those who can see to it. */
export const undeliveredPage = page({
  path: '/messages/undelivered',
  for: ['operations-manager', 'administrator'],
  query: z.object({ after: z.uuid().optional() }),
  form: z.object({ message: z.uuid() }),
  async get({ tx, service, query }): Promise<Answer> {
    const found = await undeliveredMessages(tx, query.after, A_PAGE + 1);
    const shown = found.slice(0, A_PAGE);
    const last = found.length > A_PAGE ? shown.at(-1) : undefined;
    return show(
      'Undelivered messages',
      <>
        <h1 class="govuk-heading-l">Undelivered messages</h1>
        {shown.length === 0 ? (
          <p class="govuk-body">
            {query.after ? 'There are no older ones.' : 'Every message has been delivered.'}
          </p>
        ) : (
          <p class="govuk-body">
            Messages that could not be sent, or have waited for more than 10 minutes, the latest first. If
            somebody must know now, telephone them.
          </p>
        )}
        {shown.map((message) => (
          <Undelivered key={message.id} message={message} now={service.clock.now()} />
        ))}
        {(query.after || last) && (
          <Pagination
            previous={
              query.after === undefined
                ? undefined
                : { href: undeliveredPage.url(), text: 'Back to the latest' }
            }
            next={last && { href: undeliveredPage.url({}, { after: last.id }), text: 'Show older' }}
          />
        )}
      </>,
    );
  },
  async post({ tx }, { message }): Promise<Answer> {
    const isQueued = await tryMessageAgain(tx, message);
    return redirect(undeliveredPage.url(), {
      notice: isQueued ? 'The message is being sent again' : 'The message has been sent already',
    });
  },
});

function Undelivered({ message, now }: { message: UndeliveredMessage; now: Date }) {
  const template = templateNamed(messageTemplates, message.template);
  const { id, name, maskedEmail, since, attempts, nextAt, reason } = message;
  const whom = name === null ? `a referrer at ${maskedEmail}` : name;
  return (
    <section class="hw-note">
      <h2 class="govuk-heading-s">
        {template.name}, for <bdi>{whom}</bdi>
      </h2>
      <p class="hw-note__meta">
        Since {formatLondon(since)}. {triesInWords(attempts)}.{' '}
        {nextAt === null ? 'Given up.' : `Next try ${formatLondon(nextAt)}.`}
      </p>
      <p class="govuk-body">
        {reason ?? 'Nothing has tried to send it: the background work may be stopped.'}
      </p>
      {hasRunOut(template, since, now) ? (
        <p class="govuk-body">The link in it no longer works. A new one has to be asked for.</p>
      ) : (
        <Form>
          <input type="hidden" name="message" value={id} />
          <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
            Try again
            <span class="govuk-visually-hidden">
              {' '}
              to send “{template.name}” to <bdi>{whom}</bdi>
            </span>
          </Button>
        </Form>
      )}
    </section>
  );
}

const triesInWords = (tries: number): string =>
  tries === 0 ? 'Not tried yet' : tries === 1 ? 'Tried once' : `Tried ${tries} times`;

function hasRunOut({ usefulFor }: MessageTemplate, since: Date, now: Date): boolean {
  return usefulFor !== undefined && now.getTime() - since.getTime() > usefulFor * 60_000;
}
