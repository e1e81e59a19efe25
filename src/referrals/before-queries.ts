import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { ReferralKind, Stage } from './referral.ts';

/** Another referral of the young person. */
export interface EarlierReferral {
  id: string;
  reference: string;
  kind: ReferralKind;
  stage: Stage;
  receivedAt: Date;
  agencyName: string;
  /** Why it was decided as it was; empty where it needed no reason, or is not decided. */
  reasonInWords: string;
}

/** An episode of support. */
export interface EpisodeInShort {
  id: string;
  openedAt: Date;
  closedAt: Date | null;
  /** The providers that worked in it, by name. */
  providers: string[];
}

/** What went before, as far as the asker may see it, the newest first. */
export interface PersonHistory {
  referrals: EarlierReferral[];
  episodes: EpisodeInShort[];
}

/** Most of what one page tells of before; the rest is on the young person's own. */
const MOST_OF_BEFORE = 10;

/** The other referrals and the episodes of support of the young person of a referral. */
export async function historyOf(
  tx: Transaction,
  personId: string,
  butReferral: string,
): Promise<PersonHistory> {
  const referrals = await sql<EarlierReferral>`
    select r.id, r.reference, r.kind, r.stage, r.received_at as "receivedAt", r.agency_name as "agencyName",
      coalesce((
        select coalesce(w.text, a.details ->> 'reason')
        from service.referral_action a
        left join reference.reason w on w.list = 'decision' and w.code = a.details ->> 'reason'
        where a.referral_id = r.id and a.kind in ('declined', 'signposted', 'decision-amended') and a.details ? 'reason'
          and r.stage in ('declined', 'signposted')
        order by a.sequence desc limit 1), '') as "reasonInWords"
    from service.referral r where r.person_id = ${personId} and r.id <> ${butReferral}
    order by r.received_at desc, r.id desc limit ${MOST_OF_BEFORE}`.execute(tx);
  return { referrals: referrals.rows, episodes: await episodesOf(tx, personId) };
}

async function episodesOf(tx: Transaction, personId: string): Promise<EpisodeInShort[]> {
  const found = await sql<EpisodeInShort>`
    select e.id, e.opened_at as "openedAt", e.closed_at as "closedAt", array(
        select distinct o.name from service.allocation l join identity.organisation o on o.id = l.organisation_id
        where l.episode_id = e.id and (e.closed_at is not null or l.ended_at is null) order by o.name) as providers
    from service.episode e where e.person_id = ${personId}
    order by e.opened_at desc limit ${MOST_OF_BEFORE}`.execute(tx);
  return found.rows;
}

/** The support that somebody has now. */
export interface PresentSupport {
  since: Date;
  /** The providers that work with them; none yet while they wait for one. */
  providers: string[];
}

export async function supportNow(tx: Transaction, personId: string): Promise<PresentSupport | null> {
  const open = (await episodesOf(tx, personId)).find(({ closedAt }) => closedAt === null);
  return open ? { since: open.openedAt, providers: open.providers } : null;
}
