import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Keyring } from '../src/platform/crypto/sealed-box.ts';
import { csrfToken } from '../src/platform/http/csrf.ts';
import type { Call } from './load.ts';

/** Somebody whose session is open for as long as a benchmark takes. */
export interface Actor {
  accountId: string;
  cookie: string;
  csrf: string;
}

interface Place {
  role: 'coordinator' | 'spoc' | 'caseworker' | 'provider-manager' | 'operations-manager' | 'referrer';
  areas?: readonly string[];
  teamId?: string;
  organisationId?: string;
}

/** Ends the access of those whom earlier benchmarks made: they would all be told of what this one sends. */
export async function endActors(owner: pg.Client): Promise<void> {
  await owner.query(
    `update identity.access_grant g set ended_at = now() from identity.account a
     where a.id = g.account_id and a.email like '%@bench.example' and g.ended_at is null`,
  );
}

export async function makeActor(owner: pg.Client, keyring: Keyring, place: Place): Promise<Actor> {
  const accountId = randomUUID();
  const grantId = randomUUID();
  const token = randomBytes(32).toString('base64url');
  await owner.query('insert into identity.account (id, email, name, kind) values ($1, $2, $3, $4)', [
    accountId,
    `${accountId}@bench.example`,
    `Bench ${place.role}`,
    place.role === 'referrer' ? 'referrer' : 'staff',
  ]);
  await owner.query(
    `insert into identity.access_grant (id, account_id, role, organisation_id, team_id, areas, approved_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    [grantId, accountId, place.role, place.organisationId ?? null, place.teamId ?? null, place.areas ?? []],
  );
  await owner.query(
    `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, proved_again_at)
     values (sha256(convert_to($1, 'UTF8')), $2, $3, now() + interval '12 hours', 720, now())`,
    [token, accountId, grantId],
  );
  return {
    accountId,
    cookie: `homeward-session=${token}; homeward-visit=bench`,
    csrf: csrfToken(keyring, token),
  };
}

export function get(actor: Actor, path: string): Call {
  return { method: 'GET', path, headers: { cookie: actor.cookie } };
}

/** A form, sent once: each call has a submission id of its own. */
export function post(actor: Actor, path: string, fields: Record<string, string>): Call {
  const body = new URLSearchParams({ _csrf: actor.csrf, _submission: randomUUID(), ...fields }).toString();
  return {
    method: 'POST',
    path,
    headers: {
      cookie: actor.cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  };
}
