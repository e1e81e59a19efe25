import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { MOST_INTEGER } from '../../platform/forms/fields.ts';
import { Pagination } from '../../platform/govuk/index.ts';
import { type Change, changesOf } from '../../platform/history/changes.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { AboutPerson } from '../about-person.tsx';
import { personAddress } from '../person-address.ts';
import { findPerson } from '../person-queries.ts';
import {
  nothingInWords,
  type RecordField,
  recordFieldInWords,
  recordValueInWords,
} from '../person-record.ts';
import { areaNames, versionsOfPerson } from '../person-record-queries.ts';
import { readersOfRecords } from './person-page.tsx';

/** How many versions one page tells of. */
const A_PAGE = 50;

/** What was changed in a young person's record: when, by whom, from what to what. */
export const personHistoryPage = page({
  path: '/people/:person/history',
  for: readersOfRecords,
  params: z.object({ person: z.uuid() }),
  query: z.object({ before: z.coerce.number().int().positive().max(MOST_INTEGER).optional() }),
  async get({ tx, params, query }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-history',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    // One more than is told of: a version is told by what it changed of the one before it.
    const versions = await versionsOfPerson(tx, person.id, {
      before: query.before ?? person.version + 1,
      most: A_PAGE + 1,
    });
    const names = await areaNames(tx);
    const changes = changesOf(versions).reverse();
    const [oldest] = versions;
    const isWhole = oldest !== undefined && oldest.version === 1;
    return show(
      'What was changed',
      <>
        <h1 class="govuk-heading-l">What was changed</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          These are the changes to their names, date of birth, gender, ethnicity, postcode and borough. Risk,
          plans, case summaries, notes and all else on the record keep dates and earlier versions of their
          own, which are on their own pages.
        </p>
        <ol class="hw-timeline">
          {changes.map((change) => (
            <ChangeItem key={change.version} change={change} areaNames={names} />
          ))}
          {isWhole && (
            <li class="hw-timeline__item">
              <p class="hw-timeline__title">The record was made</p>
              <p class="hw-timeline__meta">
                <bdi>{oldest.by ?? 'The service'}</bdi>, {formatLondon(oldest.at)}
              </p>
            </li>
          )}
        </ol>
        {!isWhole && oldest && (
          <Pagination
            next={{
              href: personHistoryPage.url({ person: person.id }, { before: String(oldest.version + 1) }),
              text: 'Show older changes',
            }}
          />
        )}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

function ChangeItem({
  change,
  areaNames: names,
}: {
  change: Change<RecordField>;
  areaNames: ReadonlyMap<string, string>;
}) {
  const inWords = (field: RecordField, value: string) => (
    <bdi>{recordValueInWords(field, value, names) || nothingInWords(field)}</bdi>
  );
  return (
    <li class="hw-timeline__item">
      <p class="hw-timeline__title">
        {change.fields.map(({ field }) => recordFieldInWords[field]).join(', ')} changed
      </p>
      <p class="hw-timeline__meta">
        <bdi>{change.by ?? 'The service'}</bdi>, {formatLondon(change.at)}
      </p>
      <ul class="govuk-list">
        {change.fields.map(({ field, from, to }) => (
          <li key={field}>
            {recordFieldInWords[field]}: from <del>{inWords(field, from)}</del> to{' '}
            <ins>{inWords(field, to)}</ins>
          </li>
        ))}
      </ul>
    </li>
  );
}
