import type pg from 'pg';
import { THE_ROW } from './check-rows.ts';
import type { FileName, ImportFile } from './files.ts';

/** What became of the rows of a file. */
export interface Merged {
  added: number;
  changed: number;
  retired: number;
}

/** Columns of a waiting row, read as what they are. */
type Cells = (column: string) => string;

/**
 * Writes what waits into the tables of the service, in statements over all of it: what is new is added, what is another than
 * before is changed, what is gone is retired. History is kept by the tables themselves. A row that is wrong is passed over.
 */
export async function merge(
  client: pg.Client,
  files: readonly ImportFile[],
  supplied: ReadonlySet<FileName>,
  progress: (file: FileName) => void,
): Promise<ReadonlyMap<FileName, Merged>> {
  const merged = new Map<FileName, Merged>();
  for (const file of files) {
    if (!supplied.has(file.name)) continue;
    progress(file.name);
    merged.set(file.name, await merges[file.name]({ client, file, cells: cellsOf(file) }));
  }
  await followReferrals(client, supplied.has('support.csv'));
  await followPeople(client);
  return merged;
}

interface Merging {
  client: pg.Client;
  file: ImportFile;
  cells: Cells;
}

function cellsOf(file: ImportFile): Cells {
  const all = [...file.columns, ...file.made];
  return (column) => {
    const place = all.findIndex(({ name }) => name === column);
    if (place === -1) throw new Error(`${file.name} has no column ${column}`);
    return `(cells[${place + 1}])::${all[place]?.type}`;
  };
}

const merges: Readonly<Record<FileName, (merging: Merging) => Promise<Merged>>> = {
  'referrals.csv': mergeReferrals,
  'support.csv': (merging) => mergeOrdinals(merging, ofReferral('service.imported_support')),
  'onward_referrals.csv': (merging) => mergeOrdinals(merging, ofReferral('service.imported_onward_referral')),
  'rescues.csv': (merging) => mergeKeyed(merging, 'service.rescue_request'),
  'county_links.csv': (merging) => mergeOrdinals(merging, countyLinks),
  'nrm.csv': (merging) => mergeKeyed(merging, 'service.nrm_referral'),
  'events.csv': (merging) => mergeOrdinals(merging, events),
  'training.csv': (merging) => mergeKeyed(merging, 'service.training_session'),
};

/** The action that adds or changes a row: said with it, it is proved once a statement, and not once a row (db/policies/62-history-in.sql). */
const BY_THIS_ACTION = '(select audit.current_action())';

async function changedBy(client: pg.Client, statement: string): Promise<number> {
  return (await client.query(statement)).rowCount ?? 0;
}

/**
 * Adds rows that draw a reference each, by a statement that passes over what is there. Two in 300,000 draw the same as likely
 * as one throws a six: the second of them is passed over too, and draws again when the statement is run once more.
 *
 * @returns how many rows there are more.
 */
async function addAll(client: pg.Client, statement: string): Promise<number> {
  let all = 0;
  for (;;) {
    const added = await changedBy(client, `${statement} on conflict (reference) do nothing`);
    if (added === 0) return all;
    all += added;
  }
}

// Referrals and the young people they tell of -----------------------------------------------------------------

/** What a referral says, column by column, of the one file it came in: nobody changes it here. */
const SAID = [
  'agency_kind',
  'agency_name',
  'received_at',
  'given_names',
  'family_name',
  'name_key',
  'date_of_birth',
  'date_of_birth_precision',
  'gender',
  'ethnicity',
  'residence_ward',
  'referring_area',
  'local_authority_team',
  'education_status',
  'education_setting',
  'social_care_status',
  'disabilities',
  'gang_link',
  'missing_linked',
  'longest_missing_days',
  'linked_force',
  'linked_town',
] as const;
/** What is decided, or changed, here once somebody works with the referral; from then on the file does not change it. */
const WORKED_ON = [
  'kind',
  'stage',
  'decided_at',
  'decision_reason',
  'triaged_at',
  'person_id',
  'area',
] as const;

/** What a record takes from the young person's newest referral. */
const TAKEN = [
  'given_names',
  'family_name',
  'name_key',
  'date_of_birth',
  'date_of_birth_precision',
  'gender',
  'ethnicity',
  'area',
] as const;

/** The referrals that wait, in the columns of service.referral, with what the file says of their support. */
function waitingReferrals(cells: Cells): string {
  const midnight = (day: string) => `(${day}::timestamp at time zone 'Europe/London')`;
  return `select f.*, p.id as person_id, case when f.decision = 'pending' then null else f.decided_at end as triaged_at,
      coalesce(s.support, d.support, 'none') as support,
      case f.decision when 'pending' then 'received' when 'accepted' then
        case coalesce(s.support, d.support, 'none') when 'none' then 'accepted' when 'open' then 'allocated' else 'closed' end
        else f.decision end as stage
    from (
      select ${cells('referral_ref')} as source_ref, ${cells('kind')} as kind, ${cells('person_ref')} as person_ref,
        coalesce(${cells('referring_agency')}, 'unknown') as agency_kind, ${cells('agency_name')} as agency_name,
        ${midnight(cells('received_on'))} as received_at, ${cells('decision_due_on')} as decision_due_on,
        coalesce(${cells('responsible_borough')}, 'not-known') as area,
        coalesce(${cells('given_names')}, '') as given_names, ${cells('family_name')} as family_name, ${cells('name_key')} as name_key,
        ${cells('date_of_birth')} as date_of_birth,
        case when ${cells('date_of_birth')} is null then 'not-known' else 'exact' end as date_of_birth_precision,
        coalesce(${cells('gender')}, 'unknown') as gender, coalesce(${cells('ethnicity')}, 'NOBT') as ethnicity,
        ${['residence_ward', 'referring_area', 'local_authority_team', 'education_status', 'education_setting', 'social_care_status', 'disabilities', 'gang_link', 'missing_linked', 'longest_missing_days', 'linked_force', 'linked_town', 'decision', 'decided_on', 'decision_reason'].map((column) => `${cells(column)} as ${column}`).join(', ')},
        case when ${cells('decision')} <> 'pending' then ${midnight(cells('decided_on'))} end as decided_at
      from incoming.row where file = 'referrals.csv' and faults is null) f
    left join service.person p on p.source_ref = f.person_ref
    left join (
      select cells[1] as referral_ref, case when count(*) > count(cells[5]) then 'open' else 'closed' end as support
      from incoming.row where file = 'support.csv' and faults is null group by cells[1]) s on s.referral_ref = f.source_ref
    left join (${supportHere}) d on d.source_ref = f.source_ref`;
}

/** What is known here of the support that followed each referral. */
const supportHere = `select r.source_ref, case when count(*) > count(i.closed_on) then 'open' else 'closed' end as support
  from service.imported_support i join service.referral r on r.id = i.referral_id group by r.source_ref`;

/** What an `imported` action tells (src/referrals/referral.ts): what the file said last. */
const told = (area: string): string =>
  `jsonb_build_object('personId', r.person_id, 'area', ${area}, 'decision', w.decision, 'decidedOn', w.decided_on,
    'reason', coalesce(w.decision_reason, ''), 'support', w.support)`;
/** Whether somebody has done anything to a referral here. */
const IS_WORKED_ON =
  'exists (select from service.referral_action x where x.referral_id = r.id and x.sequence > 1)';

async function mergeReferrals({ client, cells }: Merging): Promise<Merged> {
  const waiting = waitingReferrals(cells);
  // A young person's reference that is new makes a record of its own: whether it is somebody who is known, people say.
  await addAll(
    client,
    `insert into service.person (source_ref, ${TAKEN.join(', ')}, action_id)
     select person_ref, ${TAKEN.join(', ')}, ${BY_THIS_ACTION} from (
       select distinct on (person_ref) person_ref, ${TAKEN.join(', ')} from (${waiting}) w
       where person_id is null order by person_ref, received_at desc, source_ref desc) n
     -- Names that are like one another are put into the index of names together.
     order by family_name, given_names`,
  );
  const said = SAID.join(', ');
  const workedOn = WORKED_ON.join(', ');
  const changed = await changedBy(
    client,
    `update service.referral r set (${said}, ${workedOn}, decision_due_on, action_id)
       = (${named('k', SAID)}, ${named('k', WORKED_ON)}, k.decision_due_on, ${BY_THIS_ACTION})
     from (
       select r.id, ${named('w', SAID)},
         ${WORKED_ON.filter((column) => column !== 'area')
           .map((column) => `case when u.is_worked_on then r.${column} else w.${column} end as ${column}`)
           .join(', ')},
         -- A young person who has moved since then has their referrals moved with them.
         case when u.is_worked_on or r.area is distinct from u.area then r.area else w.area end as area,
         case when r.received_at = w.received_at then r.decision_due_on else w.decision_due_on end as decision_due_on
       from (${waiting}) w join service.referral r on r.source_ref = w.source_ref
       cross join lateral (
         select ${IS_WORKED_ON} as is_worked_on,
           (select a.details ->> 'area' from service.referral_action a where a.referral_id = r.id and a.sequence = 1) as area) u) k
     where r.id = k.id and (${named('r', SAID)}, ${named('r', WORKED_ON)}) is distinct from (${named('k', SAID)}, ${named('k', WORKED_ON)})`,
  );
  await client.query(
    `update service.referral_action a set details = k.details, person_id = k.person_id, area = k.area, action_id = ${BY_THIS_ACTION}
     from (
       select r.id, r.person_id, r.area, ${told(`case when r.area = w.area then w.area else x.details ->> 'area' end`)} as details
       from (${waiting}) w join service.referral r on r.source_ref = w.source_ref
       join service.referral_action x on x.referral_id = r.id and x.sequence = 1
       where not ${IS_WORKED_ON}) k
     where a.referral_id = k.id and a.sequence = 1 and a.details is distinct from k.details`,
  );
  const added = await addAll(
    client,
    `insert into service.referral (source_ref, ${said}, ${workedOn}, decision_due_on, answers, action_id)
     select w.source_ref, ${named('w', SAID)}, ${named('w', WORKED_ON)}, w.decision_due_on, '[]', ${BY_THIS_ACTION}
     from (${waiting}) w where not exists (select from service.referral r where r.source_ref = w.source_ref)`,
  );
  if (added > 0)
    await client.query(
      `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, action_id)
       select r.id, 1, r.area, r.person_id, 'imported', ${told('w.area')}, coalesce(r.decided_at, r.received_at), ${BY_THIS_ACTION}
       from (${waiting}) w join service.referral r on r.source_ref = w.source_ref
       where not exists (select from service.referral_action x where x.referral_id = r.id)`,
    );
  return { added, changed, retired: 0 };
}

const named = (table: string, columns: readonly string[]): string =>
  columns.map((column) => `${table}.${column}`).join(', ');

/** Referrals whose support, or whose own row, came with this import. */
const TOUCHED = `r.source_ref in (select cells[1] from incoming.row where file in ('referrals.csv', 'support.csv'))`;

/** What stands on referrals follows them: their stage, and whom and which borough their support is about. */
async function followReferrals(client: pg.Client, hasSupport: boolean): Promise<void> {
  if (hasSupport) await followSupport(client);
  for (const table of ['imported_support', 'imported_onward_referral'])
    await client.query(
      `update service.${table} t set person_id = r.person_id, area = r.area, action_id = ${BY_THIS_ACTION} from service.referral r
       where r.id = t.referral_id and (t.person_id, t.area) is distinct from (r.person_id, r.area) and ${TOUCHED}`,
    );
  for (const table of ['rescue_request', 'nrm_referral'])
    await client.query(
      `update service.${table} t set person_id = r.person_id, action_id = ${BY_THIS_ACTION} from service.referral r
       where r.id = t.referral_id and t.person_id is distinct from r.person_id and ${TOUCHED}`,
    );
}

/** The stage of a referral follows what is known here of its support; support that goes on here, the days of its row. */
async function followSupport(client: pg.Client): Promise<void> {
  await client.query(`select need_to_know.continued_support_follows(${BY_THIS_ACTION})`);
  await client.query(
    `update service.referral_action a set details = a.details || jsonb_build_object('support', k.support), action_id = ${BY_THIS_ACTION}
     from (
       select r.id, coalesce(d.support, 'none') as support from service.referral r
       left join (${supportHere}) d on d.source_ref = r.source_ref where ${TOUCHED} and not ${IS_WORKED_ON}) k
     where a.referral_id = k.id and a.sequence = 1 and a.details ->> 'support' is distinct from k.support`,
  );
  await client.query(
    `update service.referral r set stage = k.stage, action_id = ${BY_THIS_ACTION}
     from (
       select r.id, case a.details ->> 'support' when 'none' then 'accepted' when 'open' then 'allocated' else 'closed' end as stage
       from service.referral r join service.referral_action a on a.referral_id = r.id and a.sequence = 1
       where ${TOUCHED} and not ${IS_WORKED_ON} and a.details ->> 'decision' = 'accepted') k
     where r.id = k.id and r.stage <> k.stage`,
  );
}

/**
 * Records take what they say from the newest referral, unless somebody has changed them here since. One that anybody works on
 * here keeps its borough, and with it those who work on it: that somebody has moved, people record (likely-moves.ts).
 */
async function followPeople(client: pg.Client): Promise<void> {
  await client.query(
    `update service.person p set (${TAKEN.join(', ')}, action_id) = (${named('n', TAKEN)}, ${BY_THIS_ACTION})
     from (
       select q.id, ${named(
         't',
         TAKEN.filter((column) => column !== 'area'),
       )},
         case when t.area <> q.area and need_to_know.is_worked_on(q.id) then q.area else t.area end as area
       from (
         select distinct on (r.person_id) r.person_id, ${named('r', TAKEN)}
         from service.referral r
         where r.source_ref is not null and r.person_id in (
           select touched.person_id from service.referral touched join service.person k on k.id = touched.person_id
           where touched.source_ref in (select cells[1] from incoming.row where file = 'referrals.csv' and faults is null)
             -- Who was not known before has taken what the newest says.
             and (k.version > 1 or k.action_id is distinct from ${BY_THIS_ACTION}))
         order by r.person_id, r.received_at desc, r.source_ref desc) t
       join service.person q on q.id = t.person_id
       where q.source_ref is not null and q.recorded_by is null and q.id not in (select need_to_know.restricted_now())) n
     where p.id = n.id and (${named('p', TAKEN)}) is distinct from (${named('n', TAKEN)})`,
  );
}

// Files whose rows have a key of their own ----------------------------------------------------------------------

async function mergeKeyed({ client, file, cells }: Merging, table: string): Promise<Merged> {
  const [key, ...others] = file.columns.map(({ name }) => name);
  const ofFile = others.filter((column) => column !== 'referral_ref');
  const ofReferral = others.includes('referral_ref') ? ['referral_id', 'person_id'] : [];
  const columns = [...ofReferral, ...ofFile];
  const waiting = `select ${cells(key ?? '')} as source_ref, ${[...ofReferral.map((column) => (column === 'referral_id' ? 'r.id as referral_id' : `r.${column}`)), ...ofFile.map((column) => `${notNull(table, column, cells(column))} as ${column}`)].join(', ')}
    from incoming.row ${ofReferral.length === 0 ? '' : `left join service.referral r on r.source_ref = ${cells('referral_ref')}`}
    where file = '${file.name}' and faults is null`;
  const changed = await changedBy(
    client,
    `update ${table} t set (${columns.join(', ')}, action_id) = (${named('w', columns)}, ${BY_THIS_ACTION}) from (${waiting}) w
     where t.source_ref = w.source_ref and (${named('t', columns)}) is distinct from (${named('w', columns)})`,
  );
  const added = await changedBy(
    client,
    `insert into ${table} (source_ref, ${columns.join(', ')}, action_id)
     select w.source_ref, ${named('w', columns)}, ${BY_THIS_ACTION} from (${waiting}) w
     where not exists (select from ${table} t where t.source_ref = w.source_ref)`,
  );
  return { added, changed, retired: 0 };
}

/** Columns of words that are empty where nothing is recorded. */
const EMPTY_WORDS: readonly string[] = ['service.training_session course', 'service.recorded_event source'];
const notNull = (table: string, column: string, cell: string): string =>
  EMPTY_WORDS.includes(`${table} ${column}`) ? `coalesce(${cell}, '')` : cell;

// Files whose rows are known by their parent and their place among its rows ---------------------------------------

/** Whether a row is wrong in such a way that nobody can say whose it is: it may be any of those that seem to be gone. */
const hasStrayRow = ({ name, columns: [parent] }: ImportFile): string =>
  `exists (select from incoming.row r, jsonb_array_elements(r.faults) f
     where r.file = '${name}' and f ->> 0 in ('${THE_ROW}', '${parent?.name}'))`;

interface Ordinals {
  table: string;
  /** The column of the parent, and those that are copied from it. */
  parent: string;
  copied: readonly string[];
  /** Each parent and what is copied, by the reference that the file has: a query with the columns ref, parent, and those. */
  parents: string;
  /** References whose rows this file tells all of: one that it has none of any more has none. Null where it tells of everybody. */
  toldOf: string | null;
  /** Every parent that is known here, where `parents` are those of the file alone. */
  known?: string;
  /** Which rows go when the file has them no more; all of them where it is not said. */
  retired?: string;
}

const ofReferral = (table: string): Ordinals => ({
  table,
  parent: 'referral_id',
  copied: ['person_id', 'area'],
  parents: `select source_ref as ref, id as parent, person_id, area from service.referral where source_ref is not null`,
  toldOf: `select cells[1] from incoming.row where file = 'referrals.csv'`,
  // What a provider here took over stands with what it took over: were it to come back, it would be counted twice.
  ...(table === 'service.imported_support' ? { retired: 't.continued_in is null' } : {}),
});

const events: Ordinals = {
  table: 'service.recorded_event',
  parent: 'person_id',
  copied: [],
  parents: `select source_ref as ref, id as parent from service.person where source_ref is not null`,
  toldOf: `select cells[4] from incoming.row where file = 'referrals.csv'`,
};

const countyLinks: Ordinals = {
  table: 'service.county_link',
  parent: 'individual_ref',
  copied: [],
  parents: `select distinct cells[1] as ref, cells[1] as parent from incoming.row where file = 'county_links.csv'`,
  // The file is itself the list of its individuals.
  toldOf: null,
  known: 'select distinct individual_ref as ref, individual_ref as parent from service.county_link',
};

async function mergeOrdinals(
  { client, file, cells }: Merging,
  { table, parent, copied, parents, toldOf, known = parents, retired: goes = 'true' }: Ordinals,
): Promise<Merged> {
  const ofFile = file.columns.slice(1).map(({ name }) => name);
  const columns = [...copied, ...ofFile];
  // A row that is wrong keeps its place: what is known here of that place stands until the row is right.
  const waiting = `select p.parent as ${parent}, i.ordinal, ${[...copied.map((column) => `p.${column}`), ...ofFile.map((column) => `${notNull(table, column, cells(column))} as ${column}`)].join(', ')}
    from (select *, row_number() over (partition by cells[1] order by line) as ordinal from incoming.row where file = '${file.name}') i
    join (${parents}) p on p.ref = i.cells[1] where i.faults is null`;
  const matched = `t.${parent} = w.${parent} and t.ordinal = w.ordinal`;
  const changed = await changedBy(
    client,
    `update ${table} t set (${columns.join(', ')}, action_id) = (${named('w', columns)}, ${BY_THIS_ACTION}) from (${waiting}) w
     where ${matched} and (${named('t', columns)}) is distinct from (${named('w', columns)})`,
  );
  const added = await changedBy(
    client,
    `insert into ${table} (${parent}, ordinal, ${columns.join(', ')}, action_id)
     select w.${parent}, w.ordinal, ${named('w', columns)}, ${BY_THIS_ACTION} from (${waiting}) w where not exists (select from ${table} t where ${matched})`,
  );
  const retired = await changedBy(
    client,
    `delete from ${table} t using (
       select p.parent, coalesce(n.rows, 0) as rows from (${known}) p
       left join (select cells[1] as ref, count(*) as rows from incoming.row where file = '${file.name}' group by cells[1]) n on n.ref = p.ref
       where n.ref is not null or ${toldOf === null ? 'true' : `p.ref in (${toldOf})`}) k
     where t.${parent} = k.parent and t.ordinal > k.rows and ${goes} and not ${hasStrayRow(file)}`,
  );
  return { added, changed, retired };
}
