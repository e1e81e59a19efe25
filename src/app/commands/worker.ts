import { once } from 'node:events';
import type { Command } from '../command-line.ts';
import { openService } from '../open-service.ts';
import { startWorker } from '../worker.ts';

export const command: Command = {
  usage: 'worker',
  summary: 'Does the background work: messages, the sealing of the audit, housekeeping.',
  async run({ settings, say }) {
    const opened = await openService(settings);
    try {
      const worker = await startWorker(opened.service, opened.connections, settings);
      say('Homeward is at work in the background');
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await worker.stop();
    } finally {
      await opened.close();
    }
  },
};
