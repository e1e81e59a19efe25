import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, LaunchOptions } from 'playwright-core';
import { Refusal } from '../refusal.ts';

/** What decides which browser can be used: the platform, the processor and the environment. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Names under which Chrome, Chromium and Edge are installed on the PATH. */
const NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** Where their installers put them on systems that do not use the PATH. */
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'],
};
const WINDOWS_PLACES = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * A browser that prints or tests young people's case records must not be able to tell anybody about them: no name but
 * this machine's resolves, no proxy resolves it instead, and the browser's own errands are switched off.
 */
const OFFLINE = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
];

/** What a browser needs of the environment. Of the rest, which holds the service's secrets, it is told nothing. */
const NEEDED = [
  ...['HOME', 'LANG', 'LC_ALL', 'PATH', 'TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR'],
  ...['APPDATA', 'LOCALAPPDATA', 'PROGRAMFILES', 'SYSTEMROOT', 'TEMP', 'TMP', 'USERPROFILE', 'WINDIR'],
];

const THIS_MACHINE: Machine = {
  platform: process.platform,
  arch: process.arch,
  environment: process.env,
};

/**
 * A headless browser that reaches this machine only: an installed Chrome, Chromium or Edge, else on Linux x64
 * the one in `@sparticuz/chromium`. Whoever launches it closes it.
 *
 * @param cache where to keep the packaged browser unpacked; beside the installed packages unless told
 * @throws Refusal saying what was tried and what to install when there is none
 */
export async function launchBrowser(machine: Machine = THIS_MACHINE, cache?: string): Promise<Browser> {
  const tried: string[] = [];
  for (const executablePath of installedBrowsers(machine)) {
    try {
      return await launch({ executablePath, args: OFFLINE });
    } catch (error) {
      // Some systems install a stand-in which only says how to get the browser.
      tried.push(
        `${executablePath}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      );
    }
  }
  const packaged = machine.platform === 'linux' && machine.arch === 'x64' ? packagedBrowser() : undefined;
  if (packaged) return launchPackagedBrowser(packaged, cache);
  throw new Refusal(
    `There is no browser on this machine (${machine.platform} ${machine.arch}). Install Chrome, Chromium or Edge. ` +
      (tried.length > 0
        ? `These would not start: ${tried.join('; ')}`
        : 'None was found on the PATH or in its usual place.'),
  );
}

/** Loaded when a browser is wanted, and not with the program: most runs of it want none. */
async function launch(options: LaunchOptions): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const inherited = Object.fromEntries(
    NEEDED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  return chromium.launch({ ...options, env: { ...inherited, ...options.env } });
}

/** Paths of the installed browsers this machine's tests can try, best first. */
export function installedBrowsers({ platform, environment }: Machine): string[] {
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const windows = [
    environment.PROGRAMFILES,
    environment['PROGRAMFILES(X86)'],
    environment.LOCALAPPDATA,
  ].flatMap((root) => (root ? WINDOWS_PLACES.map((place) => `${root}\\${place}`) : []));
  const places = platform === 'win32' ? windows : [...onPath, ...(PLACES[platform] ?? [])];
  return places.filter(canRun);
}

/** The folder of `@sparticuz/chromium`; undefined where optional packages were left out. */
function packagedBrowser(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  } catch {
    return undefined;
  }
}

async function launchPackagedBrowser(installed: string, cache?: string): Promise<Browser> {
  const folder = await unpackedBrowser(installed, cache).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Refusal(
      `The browser that came with Homeward cannot be unpacked: ${error.message}. ` +
        'Install Chrome, Chromium or Edge, or let the service write there.',
    );
  });
  return launch({
    executablePath: join(folder, 'chromium'),
    // Not the package's own arguments: `--single-process` dies when a context closes, and
    // `--disable-web-security` would take a page without the protections that it relies on.
    args: [...OFFLINE, '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      HOME: folder,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    },
  });
}

/** Only fonts that come with the package: pages measure the same on every machine. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`;

/**
 * The folder of the unpacked `@sparticuz/chromium`, one per version, made once. Processes that start together may each
 * unpack; the first to finish gives the folder its name and the others use it, so none sees half a browser.
 *
 * @param installed the folder of the package
 * @param cache where to keep it; beside the installed packages, so that a fresh install starts afresh
 */
async function unpackedBrowser(
  installed: string,
  cache = join(installed, '..', '..', '.cache'),
): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(cache, `chromium-${version}`);
  if (await exists(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${folder}.new-`);
  try {
    // In a process of its own: the package is steered by environment variables, and sets LD_LIBRARY_PATH, which
    // the database server that the tests start must not inherit.
    await promisify(execFile)(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        'await (await import("@sparticuz/chromium")).default.executablePath()',
      ],
      {
        cwd: installed,
        env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      },
    );
    // The package's own file names /tmp, and a browser that finds no font at all crashes on its first page.
    await writeFile(join(draft, 'fonts', 'fonts.conf'), FONTS);
    // Unpacked for this user only, but the service is run now as root and now not.
    await chmod(join(draft, 'chromium'), 0o755);
    await chmod(draft, 0o755);
    await rename(draft, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
