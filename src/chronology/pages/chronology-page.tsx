import { z } from 'zod';
import { reasonsOf } from '../../organisations/index.ts';
import {
  bornInWords,
  DeathNotice,
  findPerson,
  fullName,
  mayWriteAbout,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, parsePlainDate, partsOf } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, Checkboxes, Details, Input, Pagination, Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { codesOf } from '../../reference/code-lists.ts';
import { type EntryKind, entryKinds } from '../chronology.ts';
import { type ChronologyEntry, chronologyOf } from '../chronology-queries.ts';
import { entryInWords } from '../entry-in-words.ts';
import { newEventPage } from './new-event-page.tsx';

const A_PAGE = 50;
/** What a printed chronology has at most: a court wants all of it, and a browser can still print it. */
const ALL = 1_000;

export const readersOfChronologies = [
  'caseworker',
  'provider-manager',
  'coordinator',
  'operations-manager',
] as const satisfies readonly Role[];

const typed = z.string().trim().max(20).optional().catch(undefined);

/** A day as it is typed into one field, 27/3/2026, or as an address has it; undefined where it is none. */
function dayTyped(words: string | undefined): PlainDate | undefined {
  if (words === undefined) return undefined;
  const [, day, month, year] = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(words) ?? [];
  return parsePlainDate(
    day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : words,
  );
}

/** Everything about a young person in the order it happened, as far as its reader may see it. */
export const chronologyPage = page({
  path: '/people/:person/chronology',
  for: readersOfChronologies,
  params: z.object({ person: z.uuid() }),
  query: z.object({
    kind: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .transform((typed) => [typed ?? []].flat())
      .catch([]),
    from: typed,
    until: typed,
    significant: z.literal('yes').optional().catch(undefined),
    all: z.literal('yes').optional().catch(undefined),
    at: z.iso.datetime().optional().catch(undefined),
    before: z.uuid().optional().catch(undefined),
  }),

  async get({ tx, asker, service, params, query }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-chronology',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const chosen = codesOf(entryKinds).filter((code) => query.kind.includes(code));
    const kinds: readonly EntryKind[] = chosen.length === 0 ? codesOf(entryKinds) : chosen;
    const most = query.all === 'yes' ? ALL : A_PAGE;
    const before =
      query.at !== undefined && query.before !== undefined
        ? { at: new Date(query.at), id: query.before }
        : undefined;
    const from = dayTyped(query.from);
    const until = dayTyped(query.until);
    const { entries, more } = await chronologyOf(tx, person.id, {
      kinds,
      from,
      until,
      significantOnly: query.significant === 'yes',
      before,
      most,
    });
    const reasons = [...(await reasonsOf(tx, 'closing')), ...(await reasonsOf(tx, 'hand-back'))];
    const address = (more: Readonly<Record<string, string>>) => {
      const asked = new URLSearchParams();
      for (const kind of chosen) asked.append('kind', kind);
      if (from !== undefined) asked.set('from', from);
      if (until !== undefined) asked.set('until', until);
      if (query.significant !== undefined) asked.set('significant', 'yes');
      for (const [name, value] of Object.entries(more)) asked.set(name, value);
      return `${personAddress(person.id)}/chronology?${asked}`;
    };
    const last = entries.at(-1);
    const isFiltered =
      chosen.length > 0 || [query.from, query.until, query.significant].some((asked) => asked);
    const mayWrite = await mayWriteAbout(tx, asker, person.id);
    return show(
      'Chronology',
      <>
        <p class="govuk-caption-l">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
          <br />
          Date of birth: {bornInWords(person)}
        </p>
        <h1 class="govuk-heading-l">Chronology</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          As {asker.name} may see it on {formatLondon(service.clock.now())}, the newest first.
          {from !== undefined && ` From ${formatDate(from)}.`}
          {until !== undefined && ` Until ${formatDate(until)}.`}
        </p>
        <div class="govuk-button-group">
          {mayWrite && <Button href={newEventPage.url({ person: person.id })}>Add an event</Button>}
          {query.all !== 'yes' && (
            <a class="govuk-link" href={address({ all: 'yes' })}>
              Show all of it, to print
            </a>
          )}
        </div>
        <Details classes="hw-filter" summaryText="Choose what is shown" open={isFiltered}>
          <form method="get">
            <Checkboxes
              name="kind"
              idPrefix="kind"
              fieldset={{ legend: { text: 'What', classes: 'govuk-fieldset__legend--s' } }}
              hint={{ text: 'Tick none to see everything' }}
              values={chosen}
              items={entryKinds.map(({ code, text }) => ({ value: code, text }))}
              classes="govuk-checkboxes--small"
            />
            <Checkboxes
              name="significant"
              idPrefix="significant"
              values={query.significant === undefined ? [] : ['yes']}
              items={[{ value: 'yes', text: 'Only what is significant' }]}
              classes="govuk-checkboxes--small"
            />
            <DayInput name="from" label="From" typed={query.from} read={from} />
            <DayInput name="until" label="Until" typed={query.until} read={until} />
            <Button classes="govuk-button--secondary">Show</Button>
          </form>
        </Details>
        {entries.length === 0 ? (
          <p class="govuk-body">Nothing that you may see is recorded here.</p>
        ) : (
          <ol class="hw-timeline">
            {entries.map((entry) => (
              <li key={`${entry.what} ${entry.id}`} class="hw-timeline__item">
                <h2 class="govuk-heading-s govuk-!-margin-bottom-1">
                  {entryInWords(entry, reasons)}{' '}
                  {entry.significant && <Tag classes="govuk-tag--purple">Significant</Tag>}
                </h2>
                <p class="hw-note__meta">{whenAndWhose(entry)}</p>
                {entry.text !== '' && (
                  <p class="hw-note__text" dir="auto">
                    {entry.text}
                  </p>
                )}
                {entry.impact !== '' && (
                  <p class="govuk-body" dir="auto">
                    What it meant: {entry.impact}
                  </p>
                )}
              </li>
            ))}
          </ol>
        )}
        {more && last && (
          <Pagination
            next={{
              href: address({ at: last.at.toISOString(), before: last.id }),
              text: 'Show what was before',
            }}
          />
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

function DayInput({
  name,
  label,
  typed,
  read,
}: {
  name: string;
  label: string;
  typed: string | undefined;
  read: PlainDate | undefined;
}) {
  const [year, month, day] = read === undefined ? [] : partsOf(read);
  return (
    <Input
      name={name}
      label={{ text: `${label} (optional)` }}
      hint={{ text: 'Such as 27/3/2026' }}
      value={read === undefined ? (typed ?? '') : `${day}/${month}/${year}`}
      errorMessage={
        typed && read === undefined ? { text: 'Enter a day like 27/3/2026, or leave it empty' } : undefined
      }
      classes="govuk-input--width-10"
    />
  );
}

/** Days for what is known by the day, and the time for what is known by the minute. */
function whenAndWhose({ at, what, source }: ChronologyEntry) {
  const byDay = [
    'event',
    'borough-changed',
    'died',
    'support-before',
    'follow-up',
    'decision',
    'consent-withdrawn',
    'safety-plan',
    'trigger-profile',
    'needs',
    'goal',
    'ete',
    'onward',
  ].includes(what);
  const inTitle = ['allocated', 'allocation-ended', 'support-before', 'decision', 'consent-withdrawn'];
  const said = inTitle.includes(what) ? '' : source;
  return (
    <>
      {byDay ? formatDate(londonDate(at)) : formatLondon(at)}
      {said !== '' && (
        <>
          , <bdi>{said}</bdi>
        </>
      )}
    </>
  );
}
