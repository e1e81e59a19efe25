import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallReferral } from '../referrals/writing-a-referral.ts';
import { type MailServer, startMailServer } from '../support/mail.ts';
import { someone } from '../support/service.ts';
import { caseworker, newNotePath, noteSaying } from './casework.ts';
import { type OpenForm, PlainBrowser, type Reply } from './plain-browser.ts';
import { answerAll, startDraft } from './refer.ts';
import { buildProgram, ServiceProcesses } from './service-processes.ts';

const LONG = process.env.HOMEWARD_TEST_LONG === '1';
const ROUNDS = LONG ? 50 : 5;
/** For a machine that is busy with other tests: on an idle one a round takes three seconds. */
const PATIENCE_MS = 120_000;
const VICTIMS = ['web', 'worker', 'database', 'everything'] as const;
/** Whoever answers for it is told of each referral: its contact and its coordinator. */
const AREA = smallReferral.council.area;
const TOLD = 2;

let folder: string;
let mail: MailServer;
let service: ServiceProcesses;

/** Something that was sent to be carried out, and what came of it; `reply` is missing when no answer came. */
interface Sent {
  readonly marker: string;
  readonly browser: PlainBrowser;
  readonly form: OpenForm;
  reply?: Reply;
}

beforeAll(async () => {
  await buildProgram();
  folder = await mkdtemp(join(tmpdir(), 'homeward-kills-'));
  mail = await startMailServer();
  service = await ServiceProcesses.on(join(folder, 'var'), {
    HOMEWARD_WORKER: 'off',
    HOMEWARD_SMTP_URL: mail.url,
    HOMEWARD_MAIL_FROM: 'homeward@example.org',
  });
  await service.startWeb();
  await service.startWorker();
  await service.asOwner(async (owner) => {
    await someone(owner, 'spoc', { areas: [AREA] });
    await someone(owner, 'coordinator', { areas: [AREA] });
  });
});

afterAll(async () => {
  await service.killAll();
  await mail.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('whatever is killed while people work', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => ({ round: round + 1, victim: victimOf(round) })))(
    'round $round, $victim: what was acknowledged is there once, and the rest whole or not at all',
    async ({ victim }) => {
      const sent: Sent[] = [];
      const stopping = new AbortController();
      const writers = await service.asOwner(async (owner) => [
        await referrer(owner),
        await referrer(owner),
        await noteTaker(owner),
      ]);
      const working = Promise.all([
        ...writers.map((work) => work(sent, stopping.signal)),
        keepSealing(stopping.signal),
      ]);

      const isWellUnderWay = () => sent.some(({ reply }) => reply?.status === 303);
      await expect.poll(isWellUnderWay, { timeout: PATIENCE_MS / 2 }).toBe(true);
      await sleep(Math.random() * 1_200);
      await killAndRestart(victim);
      stopping.abort();
      await working;

      await service.asOwner(async (owner) => {
        await expectWholeOrNotAtAll(owner);
        for (const each of sent) {
          if (each.reply?.status === 303) expect(await timesStored(owner, each), each.marker).toBe(1);
        }
      });
      // Whatever was killed, nobody is told that something is wrong with the service itself.
      for (const each of sent) expect(each.reply?.status, each.marker).not.toBe(500);
      for (const each of sent) {
        const again = await each.browser.send(each.form);
        expect(again, each.marker).toMatchObject({ status: 303 });
        if (each.reply?.status === 303) expect(again.location).toBe(each.reply.location);
      }
      await service.asOwner(async (owner) => {
        for (const each of sent) expect(await timesStored(owner, each), each.marker).toBe(1);
        await expectWholeOrNotAtAll(owner);
      });
    },
    PATIENCE_MS,
  );

  it(
    'has told everybody in the end, each message at least once',
    async () => {
      const waiting = () =>
        service.asOwner(async (owner) => {
          // A message whose worker died is let go of after five minutes, for which nobody waits here.
          await owner.query(`update messages.message set next_attempt_at = now() where state = 'queued'`);
          await owner.query(`select jobs.add('deliver-messages', '{}')`);
          const { rows } = await owner.query<{ count: number }>(
            `select count(*) from messages.message where state <> 'sent'`,
          );
          return rows[0]?.count;
        });
      await expect.poll(waiting, { timeout: 20_000, interval: 500 }).toBe(0);
      const { rows } = await service.asOwner((owner) =>
        owner.query<{ id: string }>('select id from messages.message'),
      );
      const arrived = new Set(mail.messages.map(({ headers }) => headers.get('message-id')));
      expect(rows.map(({ id }) => `<${id}@example.org>`).filter((id) => !arrived.has(id))).toEqual([]);
      expect(rows.length).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'has an audit that is whole',
    async () => {
      const verified = await service.run('audit', 'verify', '--json');
      expect(verified).toMatchObject({ code: 0 });
      const { size, checkpoints } = JSON.parse(verified.stdout);
      expect(size).toBeGreaterThan(0);
      // It was sealed again and again while things were killed.
      expect(checkpoints).toBeGreaterThan(ROUNDS);
    },
    PATIENCE_MS,
  );
});

function victimOf(round: number): (typeof VICTIMS)[number] {
  return VICTIMS[round % VICTIMS.length] ?? 'everything';
}

async function killAndRestart(victim: (typeof VICTIMS)[number]): Promise<void> {
  switch (victim) {
    case 'web':
      await service.kill('web');
      return service.startWeb();
    case 'worker':
      await service.kill('worker');
      return service.startWorker();
    case 'database':
      // Nobody starts it again but the service itself.
      await service.killDatabase();
      return service.untilItAnswers();
    case 'everything':
      await service.killAll();
      await service.startWeb();
      return service.startWorker();
  }
}

/** Sends one thing after another, whatever happens, until told to stop; `open` gives the form to send next. */
type Work = (sent: Sent[], stopping: AbortSignal) => Promise<void>;

function sendsOneAfterAnother(browser: PlainBrowser, open: (marker: string) => Promise<OpenForm>): Work {
  return async (sent, stopping) => {
    while (!stopping.aborted) {
      try {
        const marker = `A marker, ${randomUUID()}`;
        const sending: Sent = { marker, browser, form: await open(marker) };
        sent.push(sending);
        sending.reply = await browser.send(sending.form);
      } catch {
        await sleep(50); // it is down, or was in the middle: they try again
      }
    }
  };
}

async function referrer(owner: pg.Client): Promise<Work> {
  const { cookie } = await someone(owner, 'referrer');
  const browser = new PlainBrowser(service.url, { cookie });
  return sendsOneAfterAnother(browser, async (marker) =>
    answerAll(browser, await startDraft(browser), { whatIsHappening: marker }),
  );
}

async function noteTaker(owner: pg.Client): Promise<Work> {
  const { worker, personId } = await caseworker(owner);
  const browser = new PlainBrowser(service.url, { cookie: worker.cookie });
  return sendsOneAfterAnother(browser, async (marker) => {
    const form = await browser.open(newNotePath(personId), 'fact');
    return { ...form, fields: { ...form.fields, ...noteSaying(marker) } };
  });
}

/** Has the audit sealed far more often than it would be, so that kills come in the middle of it. */
async function keepSealing(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await service
      .asOwner((owner) => owner.query(`select jobs.add('seal-audit', '{}')`))
      .catch(() => undefined);
    await sleep(50);
  }
}

async function timesStored(owner: pg.Client, { marker }: Sent): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `select (select count(*) from service.case_note where fact = $1)
       + (select count(*) from service.referral r
          where exists (select from jsonb_array_elements(r.answers) a where a ->> 'value' = $1)) as count`,
    [marker],
  );
  return Number(rows[0]?.count);
}

/** A referral, its first action, what tells of it and what the audit says of it are there together; so are a note and its audit. */
async function expectWholeOrNotAtAll(owner: pg.Client): Promise<void> {
  const { rows: referrals } = await owner.query(
    `with told as (
       select substring(path from '[0-9a-f-]{36}$')::uuid as id, count(*)::int as messages
       from messages.message where template = 'referral-received' group by 1
     ), begun as (
       select referral_id as id, count(*)::int as actions from service.referral_action where kind = 'sent' group by 1
     ), audited as (
       select subject_id as id, count(*)::int as entries from audit.entry where action = 'send-referral' group by 1
     ), emptied as (
       select referral_id as id, count(*)::int as drafts from service.referral_draft where referral_id is not null group by 1
     ), arranged as (
       select referral_id as id from service.allocation
     )
     select id, r.id is not null as referral, actions, messages, entries, drafts
     from (select id from service.referral where id not in (select id from arranged)) r
       full join told using (id) full join begun using (id) full join audited using (id) full join emptied using (id)
     where (r.id is not null, actions, messages, entries, drafts) is distinct from (true, 1, $1::int, 1, 1)`,
    [TOLD],
  );
  expect(referrals).toEqual([]);
  const { rows: notes } = await owner.query(
    `select n.id as note, e.id as entry
     from service.case_note n full join (select * from audit.entry where action = 'write-note') e on e.subject_id = n.id
     where n.id is null or e.id is null`,
  );
  expect(notes).toEqual([]);
}
