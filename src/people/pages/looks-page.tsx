import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { Pagination } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { actInWords, actorInWords } from '../acts-in-words.ts';
import { DeathNotice } from '../death-notice.tsx';
import { looksAt, MOST_LOOKS, referenceForProtector } from '../looks-queries.ts';
import { fullName } from '../person.ts';
import { personAddress } from '../person-address.ts';
import { findPerson } from '../person-queries.ts';
import { readersOfLooks } from './person-page.tsx';

/** Who has looked at a young person's record, in words. */
export const looksPage = page({
  path: '/people/:person/looks',
  for: readersOfLooks,
  params: z.object({ person: z.uuid() }),
  query: z.object({ before: z.uuid().optional().catch(undefined) }),
  async get({ tx, asker, params, query }) {
    const whose = await whoseRecord(tx, asker, params.person);
    if (whose === null) return missing();
    const looks = await looksAt(tx, params.person, query.before);
    const last = looks.length === MOST_LOOKS ? looks.at(-1) : undefined;
    await recordLook(tx, {
      action: 'view-looks',
      subject: { kind: 'person', id: params.person },
      personId: params.person,
    });
    return show(
      'Who has looked',
      <>
        <h1 class="govuk-heading-l">Who has looked</h1>
        <p class="govuk-body">
          <bdi>{whose.called}</bdi>
        </p>
        <DeathNotice person={whose} />
        {looks.length === 0 ? (
          <p class="govuk-body">
            Nobody has looked at this record before {query.before === undefined ? 'you' : 'that'}.
          </p>
        ) : (
          <ol class="govuk-list govuk-list--spaced">
            {looks.map(({ id, at, name, role, action, isRefused }) => (
              <li key={id}>
                <bdi>{actorInWords(name, role)}</bdi>, {actInWords(action)} on {formatLondon(at)}
                {isRefused && ' and was refused'}
              </li>
            ))}
          </ol>
        )}
        {(query.before !== undefined || last) && (
          <Pagination
            previous={
              query.before === undefined
                ? undefined
                : { href: looksPage.url(params), text: 'Back to the latest' }
            }
            next={last && { href: looksPage.url(params, { before: last.id }), text: 'Show older' }}
          />
        )}
      </>,
      { backTo: asker.role === 'data-protection-lead' ? '/access-log' : personAddress(params.person) },
    );
  },
});

/** What the reader may know of whose record it is: a data protection lead sees its reference and nothing else of it. */
async function whoseRecord(
  tx: Transaction,
  asker: Asker,
  personId: string,
): Promise<{ called: string; diedOn: PlainDate | null } | null> {
  if (asker.role === 'data-protection-lead') {
    const reference = await referenceForProtector(tx, personId);
    return reference === null ? null : { called: reference, diedOn: null };
  }
  const person = await findPerson(tx, personId);
  return person && { called: `${fullName(person)}, ${person.reference}`, diedOn: person.diedOn };
}
