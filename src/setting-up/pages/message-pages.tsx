import { z } from 'zod';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import {
  type Answer,
  missing,
  type Page,
  page,
  redirect,
  refuse,
  show,
  type Visit,
} from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { inOwnWords } from '../../platform/messages/own-words.ts';
import {
  type MessageTemplate,
  type MessageTemplates,
  writeMessage,
} from '../../platform/messages/templates.ts';
import { findOwnWords, putBuiltInWordsBack, wouldBeSentAsItStands, writeOwnWords } from '../message-words.ts';
import { findServiceName } from '../service-details.ts';

const SUBJECT_MOST = 100;
const TEXT_MOST = 1_000;
const oneTemplate = z.object({ template: z.string() });

/** The pages on which the words of messages are changed: whose templates these are, the service says. */
export function messagePages(templates: MessageTemplates): readonly Page[] {
  const templateOf = (name: string): MessageTemplate | undefined =>
    Object.hasOwn(templates, name) ? templates[name] : undefined;

  /** Every kind of message, and whose words it has. */
  const messagesPage = page({
    path: '/set-up/messages',
    for: ['administrator'],
    async get({ tx }) {
      const own = await findOwnWords(tx);
      const serviceName = await findServiceName(tx);
      return show(
        'Messages',
        <>
          <h1 class="govuk-heading-l">Messages</h1>
          <p class="govuk-body">
            Emails say that something waits, and where. Email is not private: write nothing that tells of
            anybody.
          </p>
          <ScrollingTable
            about="Messages"
            firstCellIsHeader
            head={['Message', 'Subject', 'Words'].map((heading) => ({ text: heading }))}
            rows={Object.entries(templates).map(([name, template]) => [
              {
                text: (
                  <a class="govuk-link" href={`/set-up/messages/${name}`}>
                    {template.name}
                  </a>
                ),
              },
              { text: <bdi>{inOwnWords(template, { serviceName, own: own.get(name) }).subject}</bdi> },
              { text: own.has(name) ? 'Your own' : 'Built in' },
            ])}
          />
        </>,
        { backTo: '/set-up' },
      );
    },
  });

  async function showWords({ tx, params, service, entry }: Visit<typeof oneTemplate>): Promise<Answer> {
    const builtIn = templateOf(params.template);
    if (!builtIn) return missing();
    const own = (await findOwnWords(tx)).get(params.template);
    const now = inOwnWords(builtIn, { serviceName: await findServiceName(tx), own });
    const form = entry({ subject: now.subject, text: now.text });
    const isPreview = form.value('act') === 'preview' && form.faults.length === 0;
    // Words that somebody changed meanwhile are shown above what was typed, which may then replace them.
    const was = isPreview
      ? { subject: form.value('wasSubject'), text: form.value('wasText') }
      : (own ?? { subject: '', text: '' });
    const shown = isPreview ? { ...now, subject: form.value('subject'), text: form.value('text') } : now;
    return show(
      builtIn.name,
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">{builtIn.name}</h1>
        <h2 class="govuk-heading-m">
          {isPreview ? 'How it will read, once you save it' : 'How it reads now'}
        </h2>
        <Preview template={shown} link={`${service.publicUrl}/…`} />
        <Form>
          <input type="hidden" name="wasSubject" value={was.subject} />
          <input type="hidden" name="wasText" value={was.text} />
          <TextQuestion
            name="subject"
            label="Subject"
            hint="Plain text. Everybody gets these words: nothing is filled in."
            entry={form}
          />
          <LongTextQuestion name="text" label="Text above the link" most={TEXT_MOST} entry={form} />
          <div class="govuk-button-group">
            <Button name="act" value="save">
              Save
            </Button>
            <Button name="act" value="preview" classes="govuk-button--secondary">
              See how it will read
            </Button>
            {own && (
              <a class="govuk-link" href={putBackPage.url({ template: params.template })}>
                Put back the words that are built in
              </a>
            )}
          </div>
        </Form>
      </>,
      { backTo: '/set-up/messages' },
    );
  }

  /** The words of one kind of message: shown before they are saved, and put back to what is built in. */
  const messagePage = page({
    path: '/set-up/messages/:template',
    for: ['administrator'],
    params: oneTemplate,
    form: z.object({
      act: choice(['preview', 'save'], 'Choose what to do'),
      subject: text({ called: 'The subject', most: SUBJECT_MOST, needed: 'Enter the subject' }),
      text: text({ called: 'The text', most: TEXT_MOST, needed: 'Enter the text', lines: 'many' }),
      // Both are empty where there are no words but those built in.
      wasSubject: text({ called: 'The subject', most: SUBJECT_MOST }),
      wasText: text({ called: 'The text', most: TEXT_MOST, lines: 'many' }),
    }),

    get: showWords,

    async post(visit, { act, subject, text: words, wasSubject, wasText }) {
      const { tx, params } = visit;
      if (!templateOf(params.template)) return missing();
      const faults = Object.entries({ subject, text: words }).flatMap(([field, typed]) => {
        const message = wouldBeSentAsItStands(typed);
        return message === null ? [] : [{ field, message }];
      });
      if (faults.length > 0) return refuse(...faults);
      // What is only looked at is the page again, with what was typed.
      if (act === 'preview') return await showWords(visit);
      const was = wasSubject === '' ? null : { subject: wasSubject, text: wasText };
      if (!(await writeOwnWords(tx, params.template, { subject, text: words }, was))) {
        return refuse({
          field: 'subject',
          message:
            'Somebody has changed these words since you opened the page. They are above: save again if yours are to replace them',
        });
      }
      return redirect(`/set-up/messages/${params.template}`, { notice: 'The words are saved' });
    },
  });

  const putBackPage = page({
    path: '/set-up/messages/:template/put-back',
    for: ['administrator'],
    params: oneTemplate,
    form: z.object({ sure: choice(['yes'], 'Choose “Put them back”, or go back') }),

    async get({ tx, params, service }) {
      const builtIn = templateOf(params.template);
      if (!builtIn) return missing();
      const wording = { serviceName: await findServiceName(tx), own: null };
      return show(
        'Put the built-in words back',
        <>
          <h1 class="govuk-heading-l">Put the built-in words back</h1>
          <Preview template={inOwnWords(builtIn, wording)} link={`${service.publicUrl}/…`} />
          <Form>
            <input type="hidden" name="sure" value="yes" />
            <Button preventDoubleClick>Put them back</Button>
          </Form>
        </>,
        { backTo: `/set-up/messages/${params.template}` },
      );
    },

    async post({ tx, params }) {
      if (!templateOf(params.template)) return missing();
      await putBuiltInWordsBack(tx, params.template);
      return redirect(`/set-up/messages/${params.template}`, { notice: 'The built-in words are back' });
    },
  });

  return [messagesPage, messagePage, putBackPage];
}

function Preview({ template, link }: { template: MessageTemplate; link: string }) {
  const { subject, body } = writeMessage(template, link);
  return (
    <InsetText>
      <p class="govuk-body govuk-!-font-weight-bold" dir="auto">
        {subject}
      </p>
      <p class="hw-note__text" dir="auto">
        {body}
      </p>
    </InsetText>
  );
}
