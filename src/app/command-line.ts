import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { Refusal } from '../platform/refusal.ts';
import { readSettings, type Settings } from '../platform/settings.ts';

/** What a command is given to work with. */
export interface Invocation {
  /** The words after the command that belong to no option. */
  readonly words: readonly string[];
  /** The options of the command, as `node:util` parses them. */
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly settings: Settings;
  /** Prints a line of the result on standard output. */
  print(line: string): void;
  /** Says a line about the work on standard error. */
  say(line: string): void;
}

/** One command: what a module of `commands/` exports as `command`. */
export interface Command {
  /** How to call it, without the word `homeward`: `import FOLDER [--accept-valid]`. */
  readonly usage: string;
  /** What it does, in one short sentence. */
  readonly summary: string;
  readonly options?: ParseArgsOptionsConfig;
  /** How many words it takes besides its options: exactly, or from and to. None if left out. */
  readonly words?: number | readonly [from: number, to: number];
  /** @throws Refusal for what the command will not do, UsageError for what it was not asked rightly. */
  run(invocation: Invocation): Promise<void>;
}

/** The commands by name, one word or two; a module is loaded only when it is called. */
export type Commands = Readonly<Record<string, () => Promise<{ readonly command: Command }>>>;

/** A command that was called in a way it cannot be. Prints how it can be, and exits 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command line runs in; the real one is the process's own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/**
 * Runs one command line, without the leading `node homeward`.
 *
 * @returns the exit code: 0 when it did what was asked, 1 when it refused or failed, 2 when it was called wrongly.
 */
export async function runCommandLine(
  args: readonly string[],
  commands: Commands,
  { env, stdout, stderr }: Surroundings,
): Promise<number> {
  const say = (line: string) => void stderr.write(`${line}\n`);
  const print = (line: string) => void stdout.write(`${line}\n`);
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((candidate) =>
    Object.hasOwn(commands, candidate),
  );
  const load = name === undefined ? undefined : commands[name];
  if (name === undefined || !load) {
    const asked = args.length === 0 || ['help', '--help', '-h'].includes(args[0] ?? '');
    const family = Object.entries(commands).filter(([each]) => each.startsWith(`${args[0]} `));
    if (!asked) say(`There is no command ${args.slice(0, family.length > 0 ? 2 : 1).join(' ')}.`);
    const told = family.length > 0 ? Object.fromEntries(family) : commands;
    for (const line of await overview(told)) (asked ? print : say)(line);
    return asked && args.length > 0 ? 0 : 2;
  }
  const { command } = await load();
  try {
    const { words, options } = parse(command, args.slice(name.split(' ').length));
    if (options.help) print(`homeward ${command.usage}\n${command.summary}`);
    else await command.run({ words, options, settings: readSettings(env), print, say });
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      say(`${error.message}\nUsage: homeward ${command.usage}`);
      return 2;
    }
    if (error instanceof Refusal) say(error.message);
    else
      say(
        `homeward ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    return 1;
  }
}

function parse(command: Command, args: string[]): Pick<Invocation, 'words' | 'options'> {
  const [from, to] =
    typeof command.words === 'object' ? command.words : [command.words ?? 0, command.words ?? 0];
  const { positionals: words, values: options } = readArguments(command, args);
  if (options.help) return { words, options };
  if (words.length < from) throw new UsageError('Something is missing.');
  if (words.length > to) throw new UsageError(`What is "${words[to]}" for?`);
  return { words, options };
}

function readArguments(command: Command, args: string[]) {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function overview(commands: Commands): Promise<string[]> {
  const loaded = await Promise.all(Object.values(commands).map(async (load) => (await load()).command));
  const lengths = loaded.map(({ usage }) => usage.length).filter((length) => length <= USAGE_BESIDE);
  const width = Math.max(0, ...lengths);
  return [
    'Usage: homeward COMMAND',
    ...loaded.flatMap(({ usage, summary }) =>
      usage.length > USAGE_BESIDE
        ? [`  ${usage}`, `  ${' '.repeat(width)}  ${summary}`]
        : [`  ${usage.padEnd(width)}  ${summary}`],
    ),
  ];
}

/** A longer usage has its summary below it. */
const USAGE_BESIDE = 48;
