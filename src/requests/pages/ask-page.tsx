import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import {
  DeathNotice,
  findPerson,
  fullName,
  mayWriteAbout,
  type Names,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker, Role, Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, choices, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Checkboxes, InsetText } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf } from '../../reference/code-lists.ts';
import {
  askableKinds,
  kindFrom,
  kindInWords,
  MOST_CHARACTERS,
  type RequestKind,
  requestKinds,
  type Subject,
  topics,
} from '../request.ts';
import { askAddress, requestAddress } from '../request-addresses.ts';
import { ask } from '../request-commands.ts';

const askForm = z.object({
  kind: choice(requestKinds, 'Choose whom you ask'),
  topics: choices(codesOf(topics), 'Choose what the borough is asked for from the list'),
  question: text({
    called: 'What you want to know',
    most: MOST_CHARACTERS.question,
    needed: 'Enter what you want to know',
    lines: 'many',
  }),
  dueOn: date({ called: 'The day it is due', needed: 'Enter the day it is due' }),
});

/** What each choice means for the one who asks. */
const explained: Readonly<
  Record<RequestKind, { choose: string; hint: string; question: string; readBy: string }>
> = {
  information: {
    choose: 'Ask the referrer',
    hint: 'They get an email that something waits, and answer under their referral',
    question: 'What do you want to know?',
    readBy:
      'The referrer reads this. They know what they sent, and nothing that happened since: put nothing here that they do not need to know.',
  },
  'intelligence-check': {
    choose: 'Ask for an intelligence check',
    hint: 'An analyst looks into it, and tells you what you need to know of what they find',
    question: 'What should the check find out?',
    readBy: 'Analysts read this. What comes back leaves out where it comes from.',
  },
  consultation: {
    choose: 'Ask for a case consultation',
    hint: 'A gender consultant advises; while they do, they can see who the young person is and what the referral says',
    question: 'What do you want advice on?',
    readBy: 'The gender consultants read this, with the record’s first page and the referrals.',
  },
  borough: {
    choose: 'Ask the borough',
    hint: 'Its contacts say what local provision there is, who the social worker is, what risks they know of',
    question: 'What do you want to know from the borough?',
    readBy: 'The borough’s contacts read this.',
  },
};

/** Whom something is asked about, as the page says it. */
interface AskedAbout {
  names: Names;
  reference: string;
  diedOn: PlainDate | null;
}

async function whoIsAskedAbout(tx: Transaction, about: Subject): Promise<AskedAbout | null> {
  if (about.kind === 'person') {
    const person = await findPerson(tx, about.id);
    return person && { names: person, reference: person.reference, diedOn: person.diedOn };
  }
  const referral = await tx
    .selectFrom('service.referral')
    .select(['reference', 'given_names', 'family_name', 'known_as'])
    .where('id', '=', about.id)
    .executeTakeFirst();
  return referral
    ? {
        names: {
          givenNames: referral.given_names,
          familyName: referral.family_name,
          knownAs: referral.known_as,
        },
        reference: referral.reference,
        diedOn: null,
      }
    : null;
}

const query = z.object({ kind: z.string().optional() });

/** Asks somebody something about a referral. */
export const askAboutReferralPage = page({
  path: '/referrals/:referral/ask',
  for: ['coordinator'],
  params: z.object({ referral: z.uuid() }),
  query,
  form: askForm,
  async get({ tx, asker, service, params, query, entry }) {
    return await askPage(tx, asker.role, londonDate(service.clock.now()), {
      about: { kind: 'referral', id: params.referral },
      kind: query.kind,
      entry,
    });
  },
  async post({ tx, asker, service, params }, form) {
    return await asked(tx, { asker, clock: service.clock }, { kind: 'referral', id: params.referral }, form);
  },
});

/** Not somebody who only reads the record: a coordinator asks about whoever is of their patch. */
const mayAskAbout = async (tx: Transaction, asker: Asker, personId: string): Promise<boolean> =>
  asker.role === 'coordinator' || (await mayWriteAbout(tx, asker, personId));

/** Asks somebody something about a young person. */
export const askAboutPersonPage = page({
  path: '/people/:person/ask',
  for: ['coordinator', 'caseworker', 'provider-manager'],
  params: z.object({ person: z.uuid() }),
  query,
  form: askForm,
  async get({ tx, asker, service, params, query, entry }) {
    if (!(await mayAskAbout(tx, asker, params.person))) return missing();
    return await askPage(tx, asker.role, londonDate(service.clock.now()), {
      about: { kind: 'person', id: params.person },
      kind: query.kind,
      entry,
    });
  },
  async post({ tx, asker, service, params }, form) {
    if (!(await mayAskAbout(tx, asker, params.person))) return missing();
    return await asked(tx, { asker, clock: service.clock }, { kind: 'person', id: params.person }, form);
  },
});

interface Opened {
  about: Subject;
  /** As the address says it. */
  kind: string | undefined;
  entry(initial?: Record<string, string | string[]>): Entry;
}

async function askPage(
  tx: Transaction,
  role: Role,
  today: PlainDate,
  { about, kind: chosen, entry }: Opened,
): Promise<Answer> {
  const who = await whoIsAskedAbout(tx, about);
  if (!who) return missing();
  await recordLook(tx, {
    action: about.kind === 'person' ? 'view-person' : 'view-referral',
    subject: about,
    personId: about.kind === 'person' ? about.id : null,
  });
  const kinds = askableKinds(role, about.kind);
  // What was kept of the form names its kind, which the address may have lost.
  const kind = kindFrom(entry({ kind: chosen ?? '' }).value('kind'));
  const backTo = about.kind === 'referral' ? `/referrals/${about.id}` : personAddress(about.id);
  if (kind === null || !kinds.includes(kind)) {
    const title = 'Whom do you ask?';
    return show(
      title,
      <>
        <Heading who={who} title={title} />
        <ul class="govuk-list govuk-list--spaced">
          {kinds.map((each) => (
            <li key={each}>
              <a class="govuk-link" href={askAddress(about, each)}>
                {explained[each].choose}
              </a>
              <br />
              {explained[each].hint}
            </li>
          ))}
        </ul>
      </>,
      { backTo },
    );
  }
  const thresholds = await thresholdsOn(tx, today);
  const due = dueOn(today, thresholds[kind === 'borough' ? 'borough-request' : 'request']);
  const [year = '', month = '', day = ''] = due.split('-');
  const typed = entry({
    kind,
    'dueOn-day': String(Number(day)),
    'dueOn-month': String(Number(month)),
    'dueOn-year': year,
  });
  const title = explained[kind].choose;
  return show(
    title,
    <>
      <Faults entry={typed} />
      <Heading who={who} title={title} />
      <InsetText>{explained[kind].readBy}</InsetText>
      <Form autosave>
        <input type="hidden" name="kind" value={kind} />
        {kind === 'borough' && (
          <Checkboxes
            name="topics"
            values={typed.values('topics')}
            fieldset={{
              legend: {
                text: 'What should the borough tell you? (optional)',
                classes: 'govuk-fieldset__legend--s',
              },
            }}
            items={topics.map(({ code, text }) => ({ value: code, text }))}
          />
        )}
        <LongTextQuestion
          name="question"
          label={explained[kind].question}
          entry={typed}
          most={MOST_CHARACTERS.question}
        />
        <DateQuestion
          name="dueOn"
          label="By when do you need the answer?"
          hint={`The service allows until ${formatDate(due)}. You can choose another day`}
          entry={typed}
        />
        <Button preventDoubleClick>Ask</Button>
      </Form>
    </>,
    { backTo: askAddress(about) },
  );
}

function Heading({ who: { names, reference, diedOn }, title }: { who: AskedAbout; title: string }) {
  return (
    <>
      <p class="govuk-caption-l">
        <bdi>{fullName(names)}</bdi>, <span class="hw-reference">{reference}</span>
      </p>
      <h1 class="govuk-heading-l">{title}</h1>
      <DeathNotice person={{ diedOn }} />
    </>
  );
}

async function asked(
  tx: Transaction,
  acting: Parameters<typeof ask>[1],
  about: Subject,
  form: z.output<typeof askForm>,
): Promise<Answer> {
  if (form.dueOn === null) return refuse({ field: 'dueOn', message: 'Enter the day it is due' });
  const done = await ask(tx, acting, about, { ...form, dueOn: form.dueOn });
  switch (done.outcome) {
    case 'missing':
      return missing();
    case 'refused':
      return refuse({
        field: done.field,
        message: done.why,
        ...(done.field === 'dueOn' ? { control: 'dueOn-day' } : {}),
      });
    case 'done':
      return redirect(requestAddress(done.requestId), { notice: noticeOf(form.kind, done.told) });
  }
}

/** What was done, and whether there is anybody to do the rest. */
function noticeOf(kind: RequestKind, told: number): string {
  if (told > 0) return `${kindInWords[kind]}: asked`;
  return kind === 'borough'
    ? 'It is asked, but the borough has no contact: nobody was told. Reach the borough in another way'
    : 'It is asked, but nobody has the role that answers it: tell the operations manager';
}
