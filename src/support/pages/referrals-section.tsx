import { sql } from 'kysely';
import type { z } from 'zod';
import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Role, Transaction } from '../../platform/database/transaction.ts';
import { Details, SummaryList } from '../../platform/govuk/index.ts';
import {
  AddedByReferrer,
  type Addition,
  additionsTo,
  KeptAnswers,
  keptAnswers,
  kindInWords,
  type ReferralKind,
  type Stage,
  stageInWords,
} from '../../referrals/index.ts';

/** The referrals that tell of a young person, on their page. */
export const referralsSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, asker, person }) {
    const referrals = await referralsAbout(tx, person.id);
    if (referrals.length === 0) return null;
    // Others read it on the page of the referral.
    const added =
      whereReferralsAreRead[asker.role] === undefined
        ? await additionsTo(
            tx,
            referrals.map(({ id }) => id),
          )
        : [];
    return (
      <>
        <h2 class="govuk-heading-m">Referrals</h2>
        {referrals.map((referral) => (
          <ReferralInShort
            key={referral.id}
            referral={referral}
            added={added.filter(({ referralId }) => referralId === referral.id)}
            role={asker.role}
          />
        ))}
      </>
    );
  },
};

/** Where each role reads a referral; others read it on the young person's page. */
const whereReferralsAreRead: Partial<Record<Role, string>> = {
  coordinator: '/referrals/',
  'operations-manager': '/referrals/',
  spoc: '/borough/referrals/',
};

function ReferralInShort({
  referral,
  added,
  role,
}: {
  referral: ReferralRow;
  added: readonly Addition[];
  role: Role;
}) {
  const { id, reference, kind, stage, received_at, agency_name } = referral;
  const where = whereReferralsAreRead[role];
  const answers = keptAnswers.parse(referral.answers);
  return (
    <>
      <p class="govuk-body govuk-!-margin-bottom-2">
        {where === undefined ? (
          <span class="hw-reference">{reference}</span>
        ) : (
          <a class="govuk-link hw-reference" href={`${where}${id}`}>
            {reference}
          </a>
        )}
        : {kindInWords[kind]}. {stageInWords[stage]}. Received {formatDate(londonDate(received_at))}
        {agency_name !== '' && (
          <>
            {' '}
            from <bdi>{agency_name}</bdi>
          </>
        )}
      </p>
      {where === undefined && (
        <>
          {added.length > 0 && (
            <>
              <h3 class="govuk-heading-s">Added by the referrer</h3>
              <AddedByReferrer additions={added} />
            </>
          )}
          <BeforeContact answers={answers.filter(isReadBeforeContact)} />
          <Details summaryText={`What else referral ${reference} says`}>
            <KeptAnswers answers={answers.filter((answer) => !isReadBeforeContact(answer))} />
          </Details>
        </>
      )}
    </>
  );
}

/** Read before anybody rings or writes. Whether they were safe then is not here: it would read as if they were now. */
const isReadBeforeContact = ({ key }: { key: string }): boolean => key === 'safeContact';

function BeforeContact({ answers }: { answers: z.output<typeof keptAnswers> }) {
  // Intelligence asks for no contact, so it has no answer about it.
  if (answers.length === 0) return null;
  return (
    <SummaryList
      rows={answers.map(({ question, answer }) => ({
        key: { text: question },
        value: {
          text: (
            <div class="hw-text" dir="auto">
              {answer}
            </div>
          ),
        },
      }))}
    />
  );
}

interface ReferralRow {
  id: string;
  reference: string;
  kind: ReferralKind;
  stage: Stage;
  received_at: Date;
  /** Empty where the reader may not be told whom it came from. */
  agency_name: string;
  answers: unknown;
}

async function referralsAbout(tx: Transaction, personId: string): Promise<ReferralRow[]> {
  const found = await sql<ReferralRow>`
    select id, reference, kind, stage, received_at,
      case when need_to_know.is_source_withheld(answers) then '' else agency_name end as agency_name, answers
    from service.referral where person_id = ${personId}
    order by received_at desc, id desc limit 20`.execute(tx);
  return found.rows;
}
