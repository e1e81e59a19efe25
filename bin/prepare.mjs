import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { exclusively } from './exclusively.mjs';

// Like bin/homeward: Node 20, and nothing but Node's own modules until ensure() has installed the rest.

export const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const builtMark = join(dist, '.built');

/**
 * Installs what package-lock.json asks for and builds `dist`, each only if it is not done already. Killed at any
 * moment it is done again; run twice at once, the second waits for the first.
 *
 * @throws when npm fails or a source does not compile
 */
export async function ensure() {
  if (isInstalled() && isBuilt()) return;
  mkdirSync(dist, { recursive: true });
  await exclusively(join(dist, '.preparing'), async () => {
    if (!isInstalled()) await install();
    if (!isBuilt()) await build();
  });
}

/** The Node 24 to run with: the one among our packages, else the one that runs this, if it is new enough. */
export function node24() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const packaged = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  throw new Error(
    `Homeward needs Node 24 and brings none for ${process.platform}-${process.arch}: install it and try again.`,
  );
}

/**
 * Whether node_modules holds what the lockfile says. npm writes down what it has installed when it has finished,
 * so this knows of installations by hand too, and of one that was cut short.
 */
function isInstalled() {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const notes = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(notes)) return false;
  const present = JSON.parse(readFileSync(notes, 'utf8')).packages;
  const same = (path) => {
    const { version, integrity } = wanted[path] ?? {};
    return present[path]?.version === version && present[path]?.integrity === integrity;
  };
  return (
    Object.keys(present).every(same) &&
    Object.entries(wanted).every(([path, its]) => path === '' || same(path) || !isForThisMachine(its))
  );
}

function isForThisMachine({ optional, os, cpu, libc }) {
  if (!optional) return true;
  // An optional package that names no machine may fail to install; which C library this is, only npm knows.
  return Boolean(os || cpu) && !libc && accepts(os, process.platform) && accepts(cpu, process.arch);
}

function accepts(list, value) {
  return !list || [list].flat().includes(value);
}

async function install() {
  say('Installing …');
  // Not the `node` in node_modules, which npm start puts first and npm ci takes away.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')));
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--prefer-offline'];
  const npm = spawn('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: path.join(delimiter) },
    shell: process.platform === 'win32',
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const code = await ended(npm).catch((error) => {
    throw new Error(`npm could not be run: ${error.message}`);
  });
  if (code !== 0)
    throw new Error('npm ci failed: see above. Homeward needs npm and its registry to install.');
  if (!isInstalled()) throw new Error('npm ci did not install all that package-lock.json asks for.');
}

function isBuilt() {
  return existsSync(builtMark) && readFileSync(builtMark, 'utf8') === sourcesHash();
}

async function build() {
  say('Building …');
  rmSync(builtMark, { force: true });
  const hash = sourcesHash();
  const { build: buildDist } = await import('./build.mjs');
  await buildDist();
  writeFileSync(builtMark, hash);
}

/** A hash over all that the build reads. The SQL of `db` is read when Homeward runs. */
function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of [
    ...filesUnder(join(root, 'src')),
    join(root, 'bin', 'build.mjs'),
    join(root, 'package-lock.json'),
  ]) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join('/')} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
    );
}

/**
 * Types, lint and every test. The last line is `N passed, N failed`, where types and lint count one each.
 *
 * @param {boolean} long also the tests that take long
 * @returns {Promise<boolean>} whether nothing failed
 */
async function check(long) {
  const env = {
    ...process.env,
    PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  };
  if (long) env.HOMEWARD_TEST_LONG = '1';
  if (!process.stdout.isTTY) env.NO_COLOR = '1';
  const steps = await Promise.all([
    step('Types', env, ['typescript/bin/tsc', '--project', '.', '--pretty', 'false']),
    step('Lint', env, ['@biomejs/biome/bin/biome', 'ci', '--colors=off', '--diagnostic-level=error', '.']),
  ]);
  const tests = await runTests(env);
  const passed = tests.passed + steps.filter(Boolean).length;
  const failed = tests.failed + steps.filter((ok) => !ok).length;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0;
}

async function step(name, env, [tool, ...args]) {
  const output = [];
  const child = spawn(node24(), [join(root, 'node_modules', tool), ...args], { cwd: root, env });
  child.stdout.on('data', (bytes) => output.push(bytes));
  child.stderr.on('data', (bytes) => output.push(bytes));
  const code = await ended(child);
  process.stdout.write(code === 0 ? `${name}: passed\n` : `${name}: failed\n${Buffer.concat(output)}\n`);
  return code === 0;
}

/** All of vitest's projects: each test by the socket, and those about the database by DATABASE_URL too. */
async function runTests(env) {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-check-'));
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const code = await ended(
      spawn(node24(), [vitest, ...args], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }),
    );
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that cannot even be loaded has no failed test in it.
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    const failed = numFailedTests + broken.length;
    return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ended(child) {
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a program of ours that Node 24 understands as it is written. */
async function runScript(script, args = []) {
  return (await ended(spawn(node24(), [join(root, script), ...args], { cwd: root, stdio: 'inherit' }))) === 0;
}

async function main([command, ...args]) {
  if (command === 'build' && args.length === 0) {
    await ensure();
    return true;
  }
  if (command === 'check' && args.every((arg) => arg === '--long')) {
    await ensure();
    return check(args.includes('--long'));
  }
  if (command === 'types' && args.length === 0) {
    await ensure();
    return runScript('src/platform/database/write-types.ts');
  }
  if (command === 'measures' && args.length === 0) {
    await ensure();
    return runScript('src/statistics/write-measures-document.ts');
  }
  if (command === 'bench') {
    await ensure();
    return runScript('bench/run.ts', args);
  }
  if (command === 'screenshots' && args.length <= 1) {
    await ensure();
    return runScript('test/support/take-screenshots.ts', args);
  }
  say(
    'Usage: node bin/prepare.mjs build | types | measures | check [--long] | bench … | screenshots [FOLDER]',
  );
  process.exitCode = 2;
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    if (!(await main(process.argv.slice(2)))) process.exitCode = 1;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
