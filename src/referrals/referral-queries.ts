import { sql } from 'kysely';
import { type Birth, birthFrom, type Names, namesFrom } from '../people/index.ts';
import { recordLook } from '../platform/audit/record.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import {
  fold,
  type ReferralAction,
  type ReferralKind,
  type ReferralState,
  referralAction,
} from './referral.ts';
import { answersWithoutSource, type KeptAnswer, keptAnswers } from './referral-answers.ts';
import { type OpenSupport, openSupportOf } from './support-from-files-queries.ts';

/** An action with who took it and when. */
export interface TakenAction {
  sequence: number;
  action: ReferralAction;
  at: Date;
  by: string;
  /** The reason it was taken for, as the list of reasons has it; empty where it has none. */
  reasonInWords: string;
}

/** What happened to a referral, in order. The names of referrers are in no list of colleagues. */
async function actionsOf(
  tx: Transaction,
  referralId: string,
  referrer: Referrer | null,
  isSourceWithheld: boolean,
): Promise<TakenAction[]> {
  const found = await tx
    .selectFrom('service.referral_action as a')
    .leftJoin('identity.account as c', 'c.id', 'a.by_account')
    .leftJoin('reference.reason as w', (join) =>
      join
        .on('w.list', '=', sql`case a.kind when 'handed-back' then 'hand-back' else 'decision' end`)
        .on('w.code', '=', sql`a.details ->> 'reason'`),
    )
    .select(['a.sequence', 'a.kind', 'a.details', 'a.at', 'a.by_account', 'c.name'])
    // A code that no list has still reads.
    .select(sql<string>`coalesce(w.text, a.details ->> 'reason', '')`.as('reason'))
    .where('a.referral_id', '=', referralId)
    .orderBy('a.sequence')
    .execute();
  return found.map((row) => ({
    sequence: row.sequence,
    action: referralAction.parse({ ...(row.details as object), kind: row.kind }),
    at: row.at,
    by: isSourceWithheld && row.name === null ? 'The referrer' : whoTook(row, referrer),
    reasonInWords: row.reason,
  }));
}

function whoTook(
  { kind, by_account, name }: { kind: string; by_account: string | null; name: string | null },
  referrer: Referrer | null,
): string {
  if (kind === 'imported') return 'The import';
  if (referrer !== null && by_account === referrer.accountId) return referrer.name;
  return name ?? 'Somebody whose account is gone';
}

/** Who sent a referral, and how it is known that they are who they say. */
export interface Referrer {
  accountId: string;
  name: string;
  email: string;
  verified: { at: Date; by: string; agencyName: string } | null;
}

/** A referral as a coordinator works with it. */
export interface CoordinatedReferral extends Names, Birth {
  id: string;
  reference: string;
  kind: ReferralKind;
  receivedAt: Date;
  decisionDueOn: PlainDate;
  area: string;
  areaName: string;
  gender: string;
  ethnicity: string;
  postcode: string;
  /** Empty where the asker may not be told whom it came from, as the agency's name. */
  agencyKind: string;
  agencyName: string;
  /** Whether the asker may not be told whom it came from: a borough, where the referrer of intelligence did not agree to it. */
  isSourceWithheld: boolean;
  /** The episode of support that it began or joined. */
  episodeId: string | null;
  /** When the young person died whose record it is linked with; null for the living, and where there is no record. */
  personDiedOn: PlainDate | null;
  answers: KeptAnswer[];
  /** Null for one that came from the system before this one, and where the source is withheld. */
  referrer: Referrer | null;
  actions: TakenAction[];
  state: ReferralState;
  /** Support that came with it from a file, is open there, and that no provider here has taken over. */
  openSupport: OpenSupport[];
  /** The sequence of the last action: whoever acts says which they had seen. */
  version: number;
}

/** A referral of the asker's areas; `null` when there is none, or it is not theirs to see. */
export async function findReferral(tx: Transaction, id: string): Promise<CoordinatedReferral | null> {
  const row = await tx
    .selectFrom('service.referral as r')
    .innerJoin('reference.area as a', 'a.code', 'r.area')
    .leftJoin('service.person as p', 'p.id', 'r.person_id')
    .selectAll('r')
    .select(['a.name as area_name', 'p.died_on as person_died_on'])
    .select(sql<boolean>`need_to_know.is_source_withheld(r.answers)`.as('is_source_withheld'))
    .where('r.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const referrer = await referrerOf(tx, id);
  const isSourceWithheld = row.is_source_withheld;
  if (!referrer && !isSourceWithheld && row.source_ref === null) return null;
  const actions = await actionsOf(tx, id, referrer, isSourceWithheld);
  const answers = keptAnswers.parse(row.answers);
  const kind = row.kind as ReferralKind;
  return {
    id,
    reference: row.reference,
    kind,
    receivedAt: row.received_at,
    decisionDueOn: plainDate(row.decision_due_on),
    area: row.area,
    areaName: row.area_name,
    ...namesFrom(row),
    ...birthFrom(row),
    gender: row.gender,
    ethnicity: row.ethnicity,
    postcode: row.postcode,
    agencyKind: isSourceWithheld ? '' : row.agency_kind,
    agencyName: isSourceWithheld ? '' : row.agency_name,
    isSourceWithheld,
    episodeId: row.episode_id,
    personDiedOn: row.person_died_on === null ? null : plainDate(row.person_died_on),
    answers: isSourceWithheld ? answersWithoutSource(answers) : answers,
    referrer,
    actions,
    state: fold(
      kind,
      actions.map(({ action }) => action),
    ),
    openSupport: row.source_ref === null ? [] : await openSupportOf(tx, id),
    version: actions.at(-1)?.sequence ?? 0,
  };
}

async function referrerOf(tx: Transaction, referralId: string): Promise<Referrer | null> {
  const found = await sql<{
    account_id: string;
    name: string;
    email: string;
    verified_at: Date | null;
    verified_by: string | null;
    verified_agency: string | null;
  }>`
    select f.account_id, f.name, f.email, v.at as verified_at, c.name as verified_by, v.agency_name as verified_agency
    from need_to_know.referrer_of(${referralId}) f
    left join lateral (
      select * from service.referrer_verification x where x.referrer_id = f.account_id order by x.at desc limit 1
    ) v on true
    left join identity.account c on c.id = v.recorded_by`.execute(tx);
  const row = found.rows[0];
  if (!row) return null;
  return {
    accountId: row.account_id,
    name: row.name,
    email: row.email,
    verified:
      row.verified_at === null
        ? null
        : {
            at: row.verified_at,
            by: row.verified_by ?? 'somebody whose account is gone',
            agencyName: row.verified_agency ?? '',
          },
  };
}

/** Finds a referral for a page that shows it, and writes down that it was looked at. */
export async function lookAtReferral(tx: Transaction, id: string): Promise<CoordinatedReferral | null> {
  const referral = await findReferral(tx, id);
  if (referral) {
    await recordLook(tx, {
      action: 'view-referral',
      subject: { kind: 'referral', id },
      personId: referral.state.personId,
    });
  }
  return referral;
}
