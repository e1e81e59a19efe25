import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import { type PlainDate, parsePlainDate } from '../../platform/clock/plain-date.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Details, Pagination } from '../../platform/govuk/index.ts';
import { type Answer, page, redirect, refuse, show } from '../../platform/http/page.ts';
import {
  accountName,
  accountWithEmail,
  type LogEntry,
  type LogFilter,
  readLog,
  recordWithReference,
} from '../access-log-queries.ts';
import { actInWords, doerInWords } from '../acts-in-words.ts';
import { referenceForProtector } from '../looks-queries.ts';
import { personAddress } from '../person-address.ts';
import { parseReference } from '../reference.ts';

/** How many entries one page tells. */
const A_PAGE = 50;

/**
 * Everything that was looked at, done, searched for and refused, for the data protection lead; but not what was done with
 * allegations against staff. Even without a time an entry among those before and after it would say when somebody raised
 * one, and it may be about a lead. The database leaves it out of what leads read (db/policies/48-safeguarding.sql); the
 * audit keeps it.
 */
export const accessLogPage = page({
  path: '/access-log',
  for: ['data-protection-lead'],
  query: z.object({
    person: z.uuid().optional(),
    account: z.uuid().optional(),
    day: z
      .string()
      .optional()
      .transform((typed): PlainDate | undefined => (typed === undefined ? undefined : parsePlainDate(typed))),
    after: z.uuid().optional(),
  }),
  form: z.object({
    reference: text({ called: 'Reference', most: 40 }),
    email: text({ called: 'Email address', most: 254 }),
    day: date({ called: 'Day' }),
  }),

  async get({ tx, query, entry }): Promise<Answer> {
    const filter = { personId: query.person, accountId: query.account, day: query.day };
    const { entries, more } = await readLog(tx, filter, { after: query.after, most: A_PAGE });
    await recordLook(tx, {
      action: 'view-access-log',
      subject: query.account ? { kind: 'account', id: query.account } : { kind: 'access-log', id: null },
      personId: query.person ?? null,
    });
    const chosen = { person: query.person, account: query.account, day: query.day };
    const last = more ? entries.at(-1) : undefined;
    const typed = entry();
    return show(
      'Access log',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Access log</h1>
        <p class="govuk-body">
          <a class="govuk-link" href="/unusual-access">
            Unusual access
          </a>
          {', '}
          <a class="govuk-link" href="/access-reviews">
            overdue access reviews
          </a>
        </p>
        <LogFilterForm entry={typed} isOpen={typed.faults.length > 0} />
        <p class="govuk-body">{await filterInWords(tx, filter)}</p>
        {entries.length === 0 ? (
          <p class="govuk-body">Nothing was recorded. Choose another record, account or day.</p>
        ) : (
          <Entries entries={entries} />
        )}
        {(query.after || last) && (
          <Pagination
            previous={
              query.after === undefined
                ? undefined
                : { href: accessLogPage.url({}, chosen), text: 'Back to the latest' }
            }
            next={last && { href: accessLogPage.url({}, { ...chosen, after: last.id }), text: 'Show older' }}
          />
        )}
      </>,
    );
  },

  async post({ tx }, { reference: typedReference, email, day }): Promise<Answer> {
    const reference = parseReference(typedReference);
    const person = reference === undefined ? null : await recordWithReference(tx, reference);
    if (typedReference !== '' && person === null) {
      return refuse({ field: 'reference', message: 'No record has this reference: check it' });
    }
    const account = email === '' ? null : await accountWithEmail(tx, email);
    if (email !== '' && account === null) {
      return refuse({ field: 'email', message: 'No account has this email address: check it' });
    }
    return redirect(
      accessLogPage.url(
        {},
        { person: person ?? undefined, account: account ?? undefined, day: day ?? undefined },
      ),
    );
  },
});

async function filterInWords(tx: Transaction, { personId, accountId, day }: LogFilter): Promise<string> {
  const parts = [
    personId !== undefined &&
      `about ${(await referenceForProtector(tx, personId)) ?? 'a record that is gone'}`,
    accountId !== undefined && `by ${(await accountName(tx, accountId)) ?? 'an account that is gone'}`,
    day !== undefined && `on ${formatDate(day)}`,
  ].filter((part) => part !== false);
  return parts.length === 0
    ? 'Everything, the latest first'
    : `What was done ${parts.join(', ')}, the latest first`;
}

function LogFilterForm({ entry, isOpen }: { entry: Entry; isOpen: boolean }) {
  return (
    <Details summaryText="Choose a record, an account or a day" open={isOpen}>
      <Form>
        <TextQuestion
          name="reference"
          label="Reference of a young person's record"
          hint="Like HW-7K2M-9P4X"
          entry={entry}
          width="half"
          autocomplete="off"
        />
        <TextQuestion
          name="email"
          label="Email address of an account"
          entry={entry}
          type="email"
          width="half"
          autocomplete="off"
        />
        <DateQuestion name="day" label="Day" entry={entry} />
        <Button>Show</Button>
      </Form>
    </Details>
  );
}

function Entries({ entries }: { entries: readonly LogEntry[] }) {
  return (
    <ol class="govuk-list govuk-list--spaced">
      {entries.map((entry) => (
        <li key={entry.id}>
          <bdi>{doerInWords(entry)}</bdi>, {actInWords(entry.action)}
          {entry.searchedFor !== null && (
            <>
              {' '}
              for “<bdi>{entry.searchedFor}</bdi>”
            </>
          )}{' '}
          on {formatLondon(entry.at)}
          {entry.isRefused && ' and was refused'}
          {entry.person && (
            <>
              {': '}
              <a class="govuk-link hw-reference" href={personAddress(entry.person.id, 'looks')}>
                {entry.person.reference}
              </a>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
