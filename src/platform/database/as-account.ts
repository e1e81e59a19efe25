import type pg from 'pg';
import { roleInWords } from '../identity/role-words.ts';
import { newToken } from '../identity/token.ts';
import { Refusal } from '../refusal.ts';
import { asGate } from './as-gate.ts';
import type { Connections } from './connections.ts';
import { asOwner } from './reach-database.ts';
import { type Asker, Database, type Role, type Transaction } from './transaction.ts';

/** How long the session of a command lasts, if the command is killed before it ends it. */
const MINUTES = 15;

export interface ActingAccount {
  /** Its email address; undefined for the one account that has the role, where there is only one. */
  email: string | undefined;
  /** Or any of several roles, the first of which the account has. */
  role: Role | readonly Role[];
  /** What the audit calls the command that opens the session. */
  task: string;
}

/**
 * Runs `work` in one transaction with the rights of somebody's account in one of its roles, for a command that the person
 * who runs the server calls. It sees what the account would see at its browser and nothing more. The session that it needs
 * is opened for it alone, is in the audit under the name of the task, and ends with it.
 *
 * @throws Refusal where no such account can be acted for, or we were not given the owner's connection.
 */
export async function asAccount<Result>(
  connections: Connections,
  account: ActingAccount,
  work: (tx: Transaction, asker: Asker) => Promise<Result>,
): Promise<Result> {
  const token = newToken();
  await asOwner(connections, (owner) => asGate(owner, () => openSession(owner, token, account)));
  const database = new Database(connections.web, { connections: 1 });
  try {
    const done = await database.asPerson(token, work);
    if (!done) throw new Refusal('The account was closed meanwhile');
    return done.result;
  } finally {
    await database.close();
    await asOwner(connections, (owner) =>
      asGate(owner, async () => void (await owner.query('select identity.end_session($1)', [token]))),
    );
  }
}

/**
 * The account that has a role and for which a command is done under a task of its own, without the account's session.
 *
 * @throws Refusal as {@link asAccount} does.
 */
export async function actingAccount(
  connections: Connections,
  account: Pick<ActingAccount, 'email' | 'role'>,
): Promise<string> {
  return await asOwner(connections, (owner) =>
    asGate(owner, async () => (await findGrant(owner, account)).accountId),
  );
}

async function openSession(owner: pg.Client, token: string, account: ActingAccount): Promise<void> {
  const { accountId, grantId } = await findGrant(owner, account);
  await owner.query(`select set_config('homeward.task', $1, true)`, [account.task]);
  const opened = await owner.query<{ id: string }>(
    `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, proved_again_at, device)
     values (sha256(convert_to($1, 'UTF8')), $2, $3, now() + make_interval(mins => $4), $4, now(), 'The server''s command line')
     returning id`,
    [token, accountId, grantId, MINUTES],
  );
  await owner.query(`select audit.write('session-by-operator', 'done', 'account', $1, null, $2)`, [
    accountId,
    { session: opened.rows[0]?.id },
  ]);
}

async function findGrant(
  owner: pg.Client,
  { email, role }: Pick<ActingAccount, 'email' | 'role'>,
): Promise<{ accountId: string; grantId: string }> {
  const { rows } = await owner.query<{ accountId: string; grantId: string }>(
    `select distinct on (a.id) a.id as "accountId", g.id as "grantId"
     from identity.account a join identity.access_grant g on g.account_id = a.id
     where a.disabled_at is null and g.role = any ($1) and g.approved_at is not null and g.ended_at is null
       and ($2::text is null or lower(a.email) = lower($2))
     order by a.id, array_position($1, g.role), g.requested_at limit 2`,
    [[role].flat(), email ?? null],
  );
  const [found, another] = rows;
  const named = [role]
    .flat()
    .map((each) => roleInWords[each].toLowerCase())
    .join(' or ');
  if (!found)
    throw new Refusal(
      email === undefined
        ? `Nobody has the role of ${named} yet`
        : `${email} has no account in the role of ${named}`,
    );
  if (another) throw new Refusal(`There is more than one ${named}: say with --as for which`);
  return found;
}
