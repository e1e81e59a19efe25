import type { Command } from '../command-line.ts';
import { serveUntilToldToStop } from '../serve-until-told-to-stop.ts';

export const command: Command = {
  usage: 'serve',
  summary: 'Serves the pages, and does the background work too unless HOMEWARD_WORKER=off.',
  async run({ settings, say }) {
    await serveUntilToldToStop(settings, say);
  },
};
