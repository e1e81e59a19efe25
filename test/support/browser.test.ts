import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedBrowsers, launchBrowser, unpackedBrowser } from './browser.ts';

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
    'a browser that will not start is named, and the tests fail',
    async () => {
      await writeFile(join(folder, 'chromium'), '#!/bin/sh\necho "install the snap" >&2\nexit 1\n');
      await chmod(join(folder, 'chromium'), 0o755);

      const launch = launchBrowser({ ...bare, platform: 'aix', environment: { PATH: folder } });
      await expect(launch).rejects.toThrow(`would not start:\n${join(folder, 'chromium')}`);
    },
  );

  test('no browser at all says what to install', async () => {
    await expect(launchBrowser({ ...bare, platform: 'aix' })).rejects.toThrow(
      'Install Chrome, Chromium or Edge',
    );
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

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'two that unpack the packaged browser at once end with one whole copy',
  async () => {
    const cache = await mkdtemp(join(tmpdir(), 'homeward-browser-'));
    try {
      const [first, second] = await Promise.all([unpackedBrowser(cache), unpackedBrowser(cache)]);
      expect(second).toBe(first);
      expect(await readdir(cache)).toEqual([basename(first)]);
      expect(await readdir(first)).toEqual(expect.arrayContaining(['al2023', 'chromium', 'fonts']));
    } finally {
      await rm(cache, { recursive: true });
    }
  },
);
