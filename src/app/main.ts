import type { ReportKind } from '../reporting/report-document.ts';
import { type Commands, runCommandLine } from './command-line.ts';

const reportOf = async (kind: ReportKind) => ({
  command: (await import('./commands/report.ts')).reportCommand(kind),
});

const commands: Commands = {
  start: () => import('./commands/start.ts'),
  serve: () => import('./commands/serve.ts'),
  migrate: () => import('./commands/migrate.ts'),
  worker: () => import('./commands/worker.ts'),
  'audit verify': () => import('./commands/audit-verify.ts'),
  'audit checkpoint': () => import('./commands/audit-checkpoint.ts'),
  demo: () => import('./commands/demo.ts'),
  'users add': async () => ({ command: (await import('./commands/users.ts')).add }),
  'users disable': async () => ({ command: (await import('./commands/users.ts')).disable }),
  'users reset': async () => ({ command: (await import('./commands/users.ts')).reset }),
  'reference import': () => import('./commands/reference-import.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  dispose: () => import('./commands/dispose.ts'),
  'export person': () => import('./commands/export.ts'),
  'report strategic-assessment': () => reportOf('strategic-assessment'),
  'report quarterly-performance': () => reportOf('quarterly-performance'),
  'report borough-profile': () => reportOf('borough-profile'),
  'report data-completeness': () => reportOf('data-completeness'),
  'report verify': () => import('./commands/report-verify.ts'),
  import: () => import('./commands/import.ts'),
};

// Where bin/homeward had to start another Node for us, the channel to it closes if it is killed outright.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

process.exitCode = await runCommandLine(process.argv.slice(2), commands, process);
