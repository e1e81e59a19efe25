import { type Commands, runCommandLine } from './command-line.ts';

const commands: Commands = {
  migrate: () => import('./commands/migrate.ts'),
};

process.exitCode = await runCommandLine(process.argv.slice(2), commands, process);
