import { Refusal } from '../platform/refusal.ts';
import type { Settings } from '../platform/settings.ts';
import { type OpenedService, openService } from './open-service.ts';
import { toldToStop } from './told-to-stop.ts';
import { createWebServer } from './web-server.ts';
import { type RunningWorker, startWorker } from './worker.ts';

/**
 * Serves until the process is told to stop; then lets requests under way finish.
 *
 * @param ready called once, before the first request is taken, with the opened service.
 * @throws Refusal when the port is taken, or the service cannot be opened.
 */
export async function serveUntilToldToStop(
  settings: Settings,
  say: (line: string) => void,
  ready: (opened: OpenedService) => Promise<void> = async () => {},
): Promise<void> {
  // Listened for from the first: told to stop while it starts, it still lets go of all that it has started.
  const told = toldToStop();
  const opened = await openService(settings);
  try {
    await ready(opened);
    const server = await createWebServer(opened.service);
    try {
      await server.listen({ host: settings.host, port: settings.port });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
      throw new Refusal(
        `Port ${settings.port} is taken: Homeward may be running already. Open ${settings.publicUrl}, or set HOMEWARD_PORT to another port`,
      );
    }
    let worker: RunningWorker | undefined;
    try {
      if (settings.worker) worker = await startWorker(opened.service, opened.connections, settings);
      say(`Homeward is at ${settings.publicUrl}`);
      await told;
    } finally {
      await server.close();
      await worker?.stop();
    }
  } finally {
    await opened.close();
  }
}
