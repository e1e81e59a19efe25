import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/platform/package-root.ts';

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** Follows the imports of `src` under a folder by the rules of docs/architecture.md. */
async function cruise(folder: string): Promise<Cruise> {
  const program = join(packageRoot, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const args = [program, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    maxBuffer: 100_000_000,
  });
  return JSON.parse(stdout);
}

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, 'src'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function cruised({ modules }: Cruise): string[] {
  return modules
    .map(({ source }) => source)
    .filter((source) => /^src\/.*\.tsx?$/.test(source))
    .sort();
}

it('keeps to the floors, in every file there is', async () => {
  const result = await cruise(packageRoot);
  expect(result.summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)).toEqual([]);
  expect(cruised(result)).toEqual(await sources(packageRoot));
}, 120_000);

/** A file that must not be, and what it breaks. Each imports what stands there for it to import. */
const planted = [
  { file: 'src/platform/clock/circle.ts', imports: './round.ts', breaks: 'no-circles' },
  {
    file: 'src/platform/knows.ts',
    imports: '../people/index.ts',
    breaks: 'platform-knows-nothing-of-the-domain',
  },
  { file: 'src/reference/reads.ts', imports: 'node:fs', breaks: 'reference-does-no-io' },
  {
    file: 'src/people/leans.ts',
    imports: '../referrals/index.ts',
    breaks: 'people-and-organisations-stand-on-floor-0',
  },
  { file: 'src/referrals/reaches.tsx', imports: '../app/main.ts', breaks: 'capabilities-do-not-reach-up' },
  {
    file: 'src/referrals/peeks.ts',
    imports: '../support/inside.ts',
    breaks: 'a-capability-shows-only-its-index',
  },
  { file: 'src/app/peeks.ts', imports: '../people/inside.ts', breaks: 'a-capability-shows-only-its-index' },
  {
    file: 'src/statistics/imports.ts',
    imports: '../support/index.ts',
    breaks: 'statistics-reads-views-only',
  },
  { file: 'src/platform/ships.ts', imports: 'vitest', breaks: 'nothing-ships-a-test-tool' },
  { file: 'src/platform/tests.ts', imports: '../../test/support/thing.ts', breaks: 'no-src-imports-tests' },
];

const innocent = [
  'src/app/main.ts',
  'src/people/index.ts',
  'src/people/inside.ts',
  'src/referrals/index.ts',
  'src/support/index.ts',
  'src/support/inside.ts',
  'test/support/thing.ts',
];

describe('the checker', () => {
  let folder: string;
  let result: Cruise;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeward-boundaries-'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      await cp(join(packageRoot, file), join(folder, file));
    }
    await symlink(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
    for (const file of innocent) await plant(file, 'export {};\n');
    for (const { file, imports } of planted) await plant(file, `import '${imports}';\n`);
    await plant('src/platform/clock/round.ts', "import './circle.ts';\n");
    result = await cruise(folder);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  async function plant(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }

  it('looks at every file', async () => {
    expect(cruised(result).filter((file) => file.startsWith('src/'))).toEqual(await sources(folder));
  });

  it.each(planted)('catches $file, which breaks “$breaks”', ({ file, breaks }) => {
    expect(
      result.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name),
    ).toContain(breaks);
  });

  it('accuses nobody else', () => {
    const accused = new Set(result.summary.violations.map(({ from }) => from));
    expect(innocent.filter((file) => accused.has(file))).toEqual([]);
  });

  it('has a planted violation for each of its rules', async () => {
    const { default: config } = await import(join(packageRoot, '.dependency-cruiser.cjs'));
    const rules: string[] = config.forbidden.map(({ name }: { name: string }) => name);
    expect([...new Set(planted.map(({ breaks }) => breaks))].sort()).toEqual(rules.sort());
  });
});
