import type { Command } from '../command-line.ts';
import { openService } from '../open-service.ts';
import { toldToStop } from '../told-to-stop.ts';
import { startWorker } from '../worker.ts';

export const command: Command = {
  usage: 'worker',
  summary: 'Does the background work: messages, the sealing of the audit, housekeeping.',
  async run({ settings, say }) {
    const told = toldToStop();
    const opened = await openService(settings);
    try {
      const worker = await startWorker(opened.service, opened.connections, settings);
      say('Homeward is at work in the background');
      await told;
      await worker.stop();
    } finally {
      await opened.close();
    }
  },
};
