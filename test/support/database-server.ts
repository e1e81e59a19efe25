import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort, useServer } from '../../src/platform/database/embedded-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: { readonly dataDir: string; readonly tcpPort: number };
  }
}

/** Vitest's global set-up: a place for one server, which the first test that needs a database starts. */
export default async function prepareTestServer(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'homeward-test-'));
  const tcpPort = await freePort();
  project.provide('testServer', { dataDir, tcpPort });
  return async () => {
    const started = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid')).catch(
      () => undefined,
    );
    if (started) await (await useServer(dataDir, { tcpPort })).stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
