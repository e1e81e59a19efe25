import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, parsePlainDate } from '../../platform/clock/plain-date.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { choice, MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Tag } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import {
  DAYS_BACK,
  findFinding,
  recordFinding,
  referencesOf,
  type UnusualDay,
  unusualAccess,
} from '../access-queries.ts';
import { MANY_RECORDS, MANY_REFUSALS, MANY_SEARCHES, type Reason, TIMES_USUAL } from '../unusual-access.ts';

const MOST_NOTE = 2_000;
const OWN = 'This is your own access: another data protection lead says what was found of it';

/** Access that stated rules point out, day by day. */
export const unusualAccessPage = page({
  path: '/unusual-access',
  for: ['data-protection-lead'],
  async get({ tx, service }) {
    const days = await unusualAccess(tx, service.clock.now());
    await recordLook(tx, {
      action: 'view-unusual-access',
      subject: { kind: 'unusual-access', id: null },
      personId: null,
    });
    const references = await referencesIn(tx, days);
    const title = 'Unusual access';
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          The last {DAYS_BACK} days, by these rules: the same family name; nothing they work on explains it;
          opened in an emergency; {MANY_RECORDS} records or more in a day and more than {TIMES_USUAL} times
          their usual; between 11pm and 5am; {MANY_SEARCHES} searches or more with no record opened after;{' '}
          {MANY_REFUSALS} refusals or more. Most of it has a good reason: ask.
        </p>
        {days.length === 0 ? (
          <p class="govuk-body">Nothing stands out.</p>
        ) : (
          days.map((day) => (
            <section>
              <h2 class="govuk-heading-s">
                <a class="govuk-link" href={accessDayPage.url({ account: day.accountId, day: day.day })}>
                  <bdi>{day.name}</bdi>, {formatDate(day.day)}
                </a>{' '}
                {day.finding === null ? (
                  <Tag classes="govuk-tag--orange">To look at</Tag>
                ) : (
                  <Tag classes="govuk-tag--grey">{findingInWords[day.finding.finding]}</Tag>
                )}
              </h2>
              <Reasons reasons={day.reasons.slice(0, 5)} references={references} />
            </section>
          ))
        )}
      </>,
    );
  },
});

const findingInWords = { dismissed: 'Explained', raised: 'Raised' } as const;

const referencesIn = (tx: Transaction, days: readonly UnusualDay[]) =>
  referencesOf(
    tx,
    days.flatMap(({ reasons }) => reasons.flatMap(({ personId }) => (personId === null ? [] : [personId]))),
  );

function Reasons({
  reasons,
  references,
}: {
  reasons: readonly Reason[];
  references: ReadonlyMap<string, string>;
}) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {reasons.map(({ words, personId }) => (
        <li>
          {personId !== null && (
            <>
              <a class="govuk-link hw-reference" href={`/people/${personId}/looks`}>
                {references.get(personId) ?? 'A record that is gone'}
              </a>
              {': '}
            </>
          )}
          {words}
        </li>
      ))}
    </ul>
  );
}

/** What somebody did on one day that stands out, and what was found of it. */
export const accessDayPage = page({
  path: '/unusual-access/:account/:day',
  for: ['data-protection-lead'],
  params: z.object({
    account: z.uuid(),
    day: z.string().transform((typed, context): PlainDate => {
      const day = parsePlainDate(typed);
      if (day !== undefined) return day;
      context.addIssue({ code: 'custom', message: 'There is no such day' });
      return z.NEVER;
    }),
  }),
  form: z.object({
    finding: choice(['dismissed', 'raised'], 'Choose what you found'),
    note: text({ called: 'What you found', most: MOST_NOTE, needed: 'Enter what you found', lines: 'many' }),
    version: z.coerce.number().int().nonnegative().max(MOST_INTEGER).default(0),
  }),
  async get({ tx, asker, service, params, entry }) {
    const name = await nameOf(tx, params.account);
    if (name === null) return missing();
    const days = await unusualAccess(tx, service.clock.now(), params.account);
    const day = days.find((each) => each.day === params.day);
    const finding = await findFinding(tx, params.account, params.day);
    await recordLook(tx, {
      action: 'view-unusual-access',
      subject: { kind: 'account', id: params.account },
      personId: null,
    });
    const typed = entry({
      version: String(finding?.version ?? 0),
      ...(finding && { finding: finding.finding, note: finding.note }),
    });
    const isOwn = params.account === asker.accountId;
    const title = 'What stands out on one day';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          <bdi>{name}</bdi>, {formatDate(params.day)}.{' '}
          <a
            class="govuk-link"
            href={`/access-log?${new URLSearchParams({ account: params.account, day: params.day })}`}
          >
            Everything they did that day
          </a>
        </p>
        {day ? (
          <Reasons reasons={day.reasons} references={await referencesIn(tx, [day])} />
        ) : (
          <p class="govuk-body">No rule points anything out.</p>
        )}
        {finding && (
          <p class="govuk-body">
            {finding.finding === 'raised'
              ? 'It was raised with their manager'
              : 'It was found to be explained'}
            : <span dir="auto">{finding.note}</span>
          </p>
        )}
        {isOwn ? (
          <p class="govuk-body">{OWN}.</p>
        ) : (
          <Form>
            <input type="hidden" name="version" value={typed.value('version')} />
            <ChoiceQuestion
              name="finding"
              label="What did you find?"
              entry={typed}
              options={[
                { value: 'dismissed', text: 'It is explained' },
                { value: 'raised', text: 'It is raised with their manager' },
              ]}
            />
            <LongTextQuestion
              name="note"
              label="What explains it, or what follows?"
              hint="Do not name the young person"
              most={MOST_NOTE}
              entry={typed}
            />
            <Button preventDoubleClick>Save what was found</Button>
          </Form>
        )}
      </>,
      { backTo: unusualAccessPage.url() },
    );
  },
  async post({ tx, asker, params }, { version, ...found }) {
    if ((await nameOf(tx, params.account)) === null) return missing();
    if (params.account === asker.accountId) return refuse({ field: 'finding', message: OWN });
    if (!(await recordFinding(tx, params.account, params.day, found, version)))
      return refuse({
        field: 'finding',
        message: 'Somebody has recorded what was found since you opened this page: look at it again',
      });
    return redirect(unusualAccessPage.url(), { notice: 'What was found is saved' });
  },
});

async function nameOf(tx: Transaction, accountId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('identity.account')
    .select('name')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return row?.name ?? null;
}
