import { describe, expect, it } from 'vitest';
import { Refusal } from '../platform/refusal.ts';
import { type Command, type Commands, type Invocation, runCommandLine, UsageError } from './command-line.ts';

function command(run: (invocation: Invocation) => void, rest: Partial<Command> = {}): Commands[string] {
  return async () => ({
    command: { usage: 'greet NAME [--loud]', summary: 'Greets.', ...rest, run: async (given) => run(given) },
  });
}

async function run(args: string[], commands: Commands, env: Record<string, string> = {}) {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, commands, {
    env,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  });
  return { code, out, err };
}

const greet = command(({ words, options, print }) => print(`Hello ${words[0]}${options.loud ? '!' : '.'}`), {
  words: 1,
  options: { loud: { type: 'boolean' } },
});

describe('a command line', () => {
  it('runs its command with words and options, in any order', async () => {
    expect(await run(['greet', '--loud', 'Ada'], { greet })).toEqual({
      code: 0,
      out: 'Hello Ada!\n',
      err: '',
    });
    expect((await run(['greet', 'Ada'], { greet })).out).toBe('Hello Ada.\n');
  });

  it('knows commands of two words, before those of one', async () => {
    const commands: Commands = {
      audit: command(() => expect.unreachable()),
      'audit verify': command(({ words, print }) => print(`verify ${words.length}`)),
    };
    expect((await run(['audit', 'verify'], commands)).out).toBe('verify 0\n');
  });

  it('loads no command but the one it runs', async () => {
    const other = () => expect.unreachable();
    expect((await run(['greet', 'Ada'], { greet, other })).code).toBe(0);
  });

  it.each([
    { args: ['greet'], fault: 'Something is missing.' },
    { args: ['greet', 'Ada', 'Bob'], fault: 'What is "Bob" for?' },
    { args: ['greet', 'Ada', '--quiet'], fault: "Unknown option '--quiet'" },
  ])('exits 2 and says how it is called: $args', async ({ args, fault }) => {
    const { code, out, err } = await run(args, { greet });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(fault);
    expect(err).toMatch(/\nUsage: homeward greet NAME \[--loud\]\n$/);
  });

  it('exits 2 where the command itself finds that it was called wrongly', async () => {
    const picky = command(() => {
      throw new UsageError('NAME must be a first name.');
    });
    expect(await run(['picky'], { picky })).toMatchObject({
      code: 2,
      err: expect.stringContaining('first name'),
    });
  });

  it('exits 1 with one line, and nothing else, for what is refused', async () => {
    const strict = command(() => {
      throw new Refusal('Not today: come back tomorrow');
    });
    expect(await run(['strict'], { strict })).toEqual({
      code: 1,
      out: '',
      err: 'Not today: come back tomorrow\n',
    });
  });

  it('exits 1 and says where, for a fault of ours', async () => {
    const broken = command(() => {
      throw new TypeError('oh');
    });
    const { code, err } = await run(['broken'], { broken });
    expect(code).toBe(1);
    expect(err).toMatch(/^homeward broken failed: TypeError: oh\n +at /);
  });

  it('refuses faulty settings before the command begins', async () => {
    const never = command(() => expect.unreachable());
    expect(await run(['never'], { never }, { HOMEWARD_PORT: 'x' })).toEqual({
      code: 1,
      out: '',
      err: 'HOMEWARD_PORT must be a number from 1 to 65535\n',
    });
  });

  it('tells what there is: on demand, and to who asks for something else', async () => {
    const list = 'Usage: homeward COMMAND\n  greet NAME [--loud]  Greets.\n';
    expect(await run(['--help'], { greet })).toEqual({ code: 0, out: list, err: '' });
    expect(await run(['greet', '--help'], { greet }, { HOMEWARD_PORT: 'x' })).toMatchObject({ code: 0 });
    expect(await run(['toString'], { greet })).toEqual({
      code: 2,
      out: '',
      err: `There is no command toString.\n${list}`,
    });
    expect((await run([], { greet })).code).toBe(2);
    const unknown = await run(['report', 'nonsense'], { greet, 'report of-greetings': greet });
    expect(unknown.err).toMatch(/^There is no command report nonsense\.\nUsage: homeward COMMAND\n {2}greet/);
    expect(unknown.err.trimEnd().split('\n')).toHaveLength(3);
  });
});
