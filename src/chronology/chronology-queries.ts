import { type RawBuilder, sql } from 'kysely';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { whenFirstWritten } from './case-summary-queries.ts';
import type { EntryKind } from './chronology.ts';

/** One thing that happened. */
export interface ChronologyEntry {
  kind: EntryKind;
  /** Which record tells of it, and what happened there: the words are made from it. */
  what: string;
  id: string;
  at: Date;
  /** A code that the words need: the kind of a note, a level, an action. */
  code: string;
  text: string;
  source: string;
  impact: string;
  significant: boolean;
}

/** What of the chronology is looked at. */
export interface ChronologyPart {
  kinds: readonly EntryKind[];
  from?: PlainDate | undefined;
  until?: PlainDate | undefined;
  significantOnly: boolean;
  /** The last entry of the page before. */
  before?: { at: Date; id: string } | undefined;
  most: number;
}

const MOST_TEXT = 1_500;

/** Instants of a day, in London. */
const dayStarts = (day: RawBuilder<unknown>) => sql`(${day}::timestamp at time zone 'Europe/London')`;

/**
 * What each kind of record tells, as the asker's role and the policies let it: `at`, `id`, and what the words are made of.
 * Each reads one young person's rows by an index; the chronology takes the newest of each and merges them.
 */
const sources: Readonly<Record<EntryKind, (person: string) => RawBuilder<unknown>[]>> = {
  event: (person) => [
    sql`select 'event' as kind, 'event' as what, e.id, ${dayStarts(sql`e.happened_on`)} as at, '' as code, e.what as text, e.source, e.impact,
      e.significant from service.chronology_event e where e.person_id = ${person}`,
  ],
  // An allocation is told of with the support that it begins.
  referral: (person) => [
    sql`select 'referral', 'referral-received', r.id, r.received_at, r.kind, '',
        case when need_to_know.is_source_withheld(r.answers) then '' else r.agency_name end, '', true
      from service.referral r where r.person_id = ${person}`,
    sql`select 'referral', 'referral-action', a.id, a.at, a.kind, coalesce(a.details ->> 'why', ''), '', '', a.kind in ('accepted', 'declined', 'signposted', 'closed', 'reopened')
      from service.referral_action a where a.person_id = ${person}
        and a.kind not in ('sent', 'person-set-apart', 'referrer-verified', 'referrer-not-verified', 'triaged', 'information-added', 'allocated',
          'support-continued')`,
    // Withdrawn in time is an action; once somebody works with them the referrer only says so.
    sql`select 'referral', 'referral-addition', x.id, x.added_at, x.kind, left(x.words, ${MOST_TEXT}), '', '', x.kind = 'withdrawal'
      from service.referral r join service.referral_addition x on x.referral_id = r.id
      where r.person_id = ${person} and not (x.kind = 'withdrawal' and r.stage = 'withdrawn')`,
  ],
  support: (person) => [
    sql`select 'support', 'episode-opened', e.id, e.opened_at, '', '', '', '', true from service.episode e where e.person_id = ${person}`,
    sql`select 'support', 'episode-closed', e.id, e.closed_at, '', '', '', '', true
      from service.episode e where e.person_id = ${person} and e.closed_at is not null`,
    sql`select 'support', 'allocated', a.id, a.started_at, '', '', o.name, '', true
      from service.allocation a join identity.organisation o on o.id = a.organisation_id where a.person_id = ${person}`,
    sql`select 'support', 'allocation-ended', a.id, a.ended_at, coalesce(a.end_reason, ''), '', o.name, '', true
      from service.allocation a join identity.organisation o on o.id = a.organisation_id where a.person_id = ${person} and a.ended_at is not null`,
    sql`select 'support', 'support-before', b.id, ${dayStarts(sql`coalesce(b.allocated_on, b.first_engaged_on, b.closed_on)`)}, coalesce(b.closure_reason, ''), '',
        coalesce(o.name, b.provider, ''), '', true
      from service.imported_support b left join identity.organisation o on o.code = b.provider
      where b.person_id = ${person} and coalesce(b.allocated_on, b.first_engaged_on, b.closed_on) is not null`,
    sql`select 'support', 'follow-up', f.id, ${dayStarts(sql`f.done_on`)}, f.reached || ' ' || coalesce(f.safe, ''), left(f.what, ${MOST_TEXT}), '', '',
        f.safe is not distinct from 'no'
      from service.follow_up f where f.person_id = ${person} and f.done_on is not null`,
    sql`select 'support', 'summary', s.id, coalesce(first.recorded_at, s.recorded_at), '', left(s.stands, ${MOST_TEXT}), '', '', false
      from service.case_summary s ${whenFirstWritten} where s.person_id = ${person}`,
    sql`select 'support', 'file', f.id, f.uploaded_at, '', f.name, '', '', false
      from service.attachment f where f.person_id = ${person} and f.state = 'clean' and f.removed_at is null`,
  ],
  // A death that was recorded in error is nothing that happened.
  life: (person) => [
    sql`select 'life', 'borough-changed', c.id, ${dayStarts(sql`c.moved_on`)}, '', f.name || ' to ' || t.name, '', left(c.why, ${MOST_TEXT}), true
      from service.borough_change c join reference.area f on f.code = c.from_area join reference.area t on t.code = c.to_area
      where c.person_id = ${person}`,
    sql`select 'life', 'died', d.id, ${dayStarts(sql`d.died_on`)}, '', '', d.source, '', true
      from service.death d where d.person_id = ${person} and d.in_error_at is null`,
    // Who is in their life is the network's page; that somebody must not be contacted is something that happened.
    sql`select 'life', 'not-to-be-contacted', m.id, m.recorded_at, '', m.name || ', ' || m.relationship, '', left(m.contact_why, ${MOST_TEXT}), true
      from service.network_member m where m.person_id = ${person} and m.may_contact = 'never'`,
  ],
  note: (person) => [
    sql`select 'note', 'note', n.id, n.happened_at, n.kind, left(n.shared_text || case when n.shared_text <> '' then E'\n' else '' end || n.fact, ${MOST_TEXT}),
      a.name, '', n.kind = 'incident'
      from service.case_note n join identity.account a on a.id = n.author_id where n.person_id = ${person} and n.deleted_at is null`,
  ],
  contact: (person) => [
    sql`select 'contact', 'contact', c.id, c.happened_at, c.how || ' ' || c.with_whom || ' ' || c.outcome, c.place, a.name, '', false
      from service.contact c join identity.account a on a.id = c.worker_id where c.person_id = ${person} and c.happened_at is not null`,
  ],
  concern: (person) => [
    sql`select 'concern', 'concern-raised', c.id, c.raised_at, '', left(c.what, ${MOST_TEXT}), a.name, '', true
      from service.concern c join identity.account a on a.id = c.raised_by where c.person_id = ${person}`,
    sql`select 'concern', 'concern-closed', c.id, c.closed_at, coalesce(c.outcome, ''), left(c.outcome_reason, ${MOST_TEXT}), c.decided_by, '', true
      from service.concern c where c.person_id = ${person} and c.closed_at is not null`,
  ],
  risk: (person) => [
    sql`select 'risk', 'risk', r.id, r.assessed_at, r.level, left(r.reasons, ${MOST_TEXT}), a.name, '', r.level = 'high'
      from service.risk_assessment r join identity.account a on a.id = r.assessed_by where r.person_id = ${person}`,
  ],
  consent: (person) => [
    sql`select 'consent', 'decision', d.id, ${dayStarts(sql`d.decided_on`)}, d.kind || ' ' || d.consent || ' ' || d.shared,
        left(d.what || case when d.reasons <> '' then E'\n' else '' end || d.reasons, ${MOST_TEXT}), d.with_whom, '',
        d.consent = 'refused' or d.shared = 'no' or d.rule is not null
      from service.sharing_decision d where d.person_id = ${person}`,
    sql`select 'consent', 'consent-withdrawn', d.id, ${dayStarts(sql`d.withdrawn_on`)}, d.kind, left(d.what, ${MOST_TEXT}), d.with_whom, '', true
      from service.sharing_decision d where d.person_id = ${person} and d.withdrawn_on is not null`,
  ],
  plan: (person) => [
    sql`select 'plan', 'safety-plan', p.id, ${dayStarts(sql`p.reviewed_on`)}, '', '', '', '', false from service.safety_plan p where p.person_id = ${person}`,
    sql`select 'plan', 'trigger-profile', t.id, ${dayStarts(sql`t.reviewed_on`)}, '', '', '', '', false from service.trigger_profile t where t.person_id = ${person}`,
    sql`select 'plan', 'needs', n.id, ${dayStarts(sql`n.assessed_on`)}, n.stage, '', '', '', false
      from service.needs_assessment n where n.person_id = ${person}`,
    sql`select 'plan', 'goal', g.id, ${dayStarts(sql`g.set_on`)}, g.status, left(g.words, ${MOST_TEXT}), '', '', false
      from service.goal g where g.person_id = ${person}`,
  ],
  progress: (person) => [
    sql`select 'progress', 'ete', t.id, ${dayStarts(sql`t.from_on`)}, t.status, t.place, '', '', false from service.ete_period t where t.person_id = ${person}`,
    sql`select 'progress', 'onward', w.id, ${dayStarts(sql`w.made_on`)}, w.service, '', '', '', false
      from service.onward_referral w where w.person_id = ${person}`,
  ],
};

/** What happened to a young person, as far as the asker may see it, the newest first, and whether there is more. */
export async function chronologyOf(
  tx: Transaction,
  personId: string,
  part: ChronologyPart,
): Promise<{ entries: ChronologyEntry[]; more: boolean }> {
  const wanted = [sql`true`];
  if (part.from !== undefined) wanted.push(sql`e.at >= ${dayStarts(sql`${part.from}::date`)}`);
  if (part.until !== undefined) wanted.push(sql`e.at < ${dayStarts(sql`(${part.until}::date + 1)`)}`);
  if (part.significantOnly) wanted.push(sql`e.significant`);
  if (part.before !== undefined)
    wanted.push(sql`(e.at, e.id) < (${part.before.at}, ${part.before.id}::uuid)`);
  const limit = part.most + 1;
  const branches = part.kinds
    .flatMap((kind) => sources[kind](personId))
    .map(
      (
        source,
      ) => sql`(select * from (${source}) e (kind, what, id, at, code, text, source, impact, significant)
        where ${sql.join(wanted, sql` and `)} order by e.at desc, e.id desc limit ${limit})`,
    );
  if (branches.length === 0) return { entries: [], more: false };
  const { rows } = await sql<ChronologyEntry>`
    select * from (${sql.join(branches, sql` union all `)}) e (kind, what, id, at, code, text, source, impact, significant)
    order by e.at desc, e.id desc limit ${limit}`.execute(tx);
  return { entries: rows.slice(0, part.most), more: rows.length > part.most };
}
