import { z } from 'zod';
import { type CheckpointDestinations, deliverCheckpoints } from '../platform/audit/checkpoint-delivery.ts';
import { sealAudit } from '../platform/audit/sealing.ts';
import { systemClock } from '../platform/clock/clock.ts';
import type { Connections } from '../platform/database/connections.ts';
import { createScanner } from '../platform/files/file-scanner.ts';
import { type Job, job } from '../platform/jobs/job.ts';
import { type Recurrence, runJobs } from '../platform/jobs/run-jobs.ts';
import { createSender } from '../platform/messages/create-sender.ts';
import { deliverMessages } from '../platform/messages/delivery.ts';
import type { MessageSender } from '../platform/messages/message-sender.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Service } from '../platform/service.ts';
import type { Settings } from '../platform/settings.ts';
import { keepHouse } from './housekeeping.ts';
import { messageTemplates } from './message-templates.ts';

/** What the worker needs of the settings. */
export type WorkerSettings = Pick<
  Settings,
  'environment' | 'messages' | 'checkpointFolder' | 'checkpointEmail' | 'dataDir'
> &
  Partial<Pick<Settings, 'clamav'>>;

export interface RunningWorker {
  /** Lets what is in hand finish, and ends. */
  stop(): Promise<void>;
}

/** How often the audit is sealed, in seconds: what happened since could still be removed without trace. */
const SEAL_EVERY = 10;

/**
 * Does the background work of a service until it is stopped. Killed at any moment it loses nothing: what was in hand is
 * done again by whoever works next.
 *
 * @param sealEvery seconds between two sealings of the audit.
 * @throws Refusal when messages cannot leave as the settings would have them.
 */
export async function startWorker(
  service: Pick<Service, 'keyring' | 'publicUrl'>,
  connections: Connections,
  settings: WorkerSettings,
  sealEvery = SEAL_EVERY,
): Promise<RunningWorker> {
  const sender = createSender(settings);
  const jobs = jobsOf(service, connections, sender, destinationsOf(settings, sender), settings);
  const runner = await runJobs(connections.jobs, jobs, recurrencesOf(sealEvery));
  // What was left when the last worker stopped need not wait for the minute.
  await runner.add('deliver-messages');
  return {
    async stop() {
      await runner.stop();
      sender.close();
    },
  };
}

/** A job is asked for as soon as there is something to do; these are for what was missed. */
const recurrencesOf = (sealEvery: number): Recurrence[] => [
  { job: 'deliver-messages', when: '* * * * *' },
  { job: 'seal-audit', everySeconds: sealEvery },
  { job: 'deliver-checkpoints', when: '*/5 * * * *' },
  { job: 'scan-attachments', when: '* * * * *' },
  { job: 'carry-out-imports', when: '* * * * *' },
  { job: 'alarm-of-missed-check-ins', when: '* * * * *' },
  { job: 'work-out-reports', when: '* * * * *' },
  { job: 'publish-reports', when: '* * * * *' },
  // Before the working day, in winter and in summer.
  { job: 'remind-of-what-is-late', when: '10 6 * * *' },
  { job: 'keep-house', when: '20 3 * * *' },
  { job: 'review-retention', when: '20 2 * * *' },
  { job: 'dispose', when: '40 * * * *' },
];

const nothing = z.object({});

function jobsOf(
  { keyring, publicUrl }: Pick<Service, 'keyring' | 'publicUrl'>,
  connections: Pick<Connections, 'jobs'>,
  sender: MessageSender,
  destinations: CheckpointDestinations,
  settings: Pick<WorkerSettings, 'dataDir' | 'checkpointFolder' | 'clamav'>,
): Job[] {
  return [
    job('deliver-messages', nothing, async (_payload, { database, stopping }) => {
      await deliverMessages({ database, sender, keyring, publicUrl, templates: messageTemplates }, stopping);
    }),
    job('seal-audit', nothing, async (_payload, { database }) => {
      await sealAudit({ database, keyring, publicUrl });
    }),
    job('deliver-checkpoints', nothing, async (_payload, { database }) => {
      await deliverCheckpoints(database, destinations);
    }),
    job('keep-house', nothing, async (_payload, { database }) => {
      await keepHouse(database);
    }),
    job('alarm-of-missed-check-ins', nothing, async (_payload, { database }) => {
      const { alarmOfMissedCheckIns } = await import('./reminders.ts');
      await alarmOfMissedCheckIns(database, systemClock.now());
    }),
    job('remind-of-what-is-late', nothing, async (_payload, { database }) => {
      const { remindOfWhatIsLate } = await import('./reminders.ts');
      await remindOfWhatIsLate(database, systemClock.now());
    }),
    job('scan-attachments', nothing, async (_payload, { database, stopping }) => {
      const { scanAttachments } = await import('../attachments/index.ts');
      const scanner = createScanner(settings.clamav);
      await scanAttachments({ database, keyring, clock: systemClock, scanner }, stopping);
    }),
    // Loaded when it is first done: what a capability shows to others has its pages with it, of which a worker needs none.
    job('review-retention', nothing, async (_payload, { database }) => {
      const { reviewRetention } = await import('../disposal/index.ts');
      await reviewRetention(database, systemClock.now());
    }),
    job('work-out-reports', nothing, async (_payload, { database, stopping }) => {
      const { workOutReports } = await import('../reporting/work-out-report.ts');
      await workOutReports(database, stopping);
    }),
    job('publish-reports', nothing, async (_payload, { database, stopping }) => {
      const { publishReports } = await import('../reporting/publish-report.ts');
      await publishReports(database, { stopping });
    }),
    job('carry-out-imports', nothing, async (_payload, { database, stopping }) => {
      const { carryOutImports } = await import('../history-in/index.ts');
      await carryOutImports({ database, jobs: connections.jobs, keyring, clock: systemClock }, stopping);
    }),
    job('dispose', nothing, async (_payload, { database }) => {
      const { carryOutDisposals, logFolders } = await import('../disposal/index.ts');
      await carryOutDisposals(database, logFolders(settings));
    }),
  ];
}

function destinationsOf(settings: WorkerSettings, sender: MessageSender): CheckpointDestinations {
  const { checkpointFolder: folder, checkpointEmail: address } = settings;
  if (address !== undefined && sender.name === 'outbox') {
    throw new Refusal(
      'HOMEWARD_CHECKPOINT_EMAIL needs HOMEWARD_SMTP_URL or HOMEWARD_NOTIFY_API_KEY: nothing leaves this machine without',
    );
  }
  return { folder, email: address === undefined ? undefined : { address, sender } };
}
