import { formatLondon } from '../../platform/clock/london-time.ts';
import { missing, openPage, show } from '../../platform/http/page.ts';
import { type OutboxMessage, readOutbox } from '../../platform/messages/outbox.ts';
import { messageTemplates } from '../message-templates.ts';

/** What the service would have sent, on a developer's machine. In production there is no such page. */
export const outboxPage = openPage({
  path: '/outbox',
  for: 'everybody',
  async get({ tx, service }) {
    if (service.environment === 'production') return missing();
    const messages = await readOutbox(tx, service.keyring, service.publicUrl, messageTemplates);
    return show(
      'Outbox',
      <>
        <h1 class="govuk-heading-l">Outbox</h1>
        <p class="govuk-body">
          Emails that Homeward would have sent, the newest first. On this machine they go nowhere else.
        </p>
        {messages.length === 0 && (
          <p class="govuk-body">There are none yet. A message appears here a moment after it was made.</p>
        )}
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </>,
    );
  },
});

function Message({ message: { to, at, subject, paragraphs, link } }: { message: OutboxMessage }) {
  return (
    <article class="hw-note">
      <h2 class="govuk-heading-s">{subject}</h2>
      <p class="hw-note__meta">
        To {to}, {formatLondon(at)}
      </p>
      {paragraphs.map((paragraph) => (
        <p key={paragraph} class="hw-note__text govuk-!-margin-bottom-2">
          {paragraph === link ? (
            <a class="govuk-link" href={link}>
              {link}
            </a>
          ) : (
            paragraph
          )}
        </p>
      ))}
    </article>
  );
}
