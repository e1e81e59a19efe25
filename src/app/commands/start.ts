import { systemClock } from '../../platform/clock/clock.ts';
import { createKeyring } from '../../platform/crypto/sealed-box.ts';
import { prepareDatabase } from '../../platform/database/prepare-database.ts';
import { asOwner, reachDatabase } from '../../platform/database/reach-database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { applicationSecret } from '../../platform/settings.ts';
import type { Command } from '../command-line.ts';
import { bringHistoryIn } from '../demonstration/history/bring-history-in.ts';
import { publishAssessment } from '../demonstration/history/publish-assessment.ts';
import { isUntouched, makeDemonstration } from '../demonstration/make-demonstration.ts';
import { bringPlacesIn } from '../demonstration/places/bring-places-in.ts';
import { serveUntilToldToStop } from '../serve-until-told-to-stop.ts';

export const command: Command = {
  usage: 'start',
  summary:
    'Serves the demonstration service, and makes it first if the database is new. For a look, not for work.',
  async run({ settings, say }) {
    if (settings.environment === 'production') {
      throw new Refusal(
        '"start" serves the demonstration: in production run "homeward migrate", then "homeward serve"',
      );
    }
    const secret = await applicationSecret(settings);
    const keyring = createKeyring(secret);
    const { connections, release } = await reachDatabase(settings);
    try {
      await prepareDatabase(connections, secret, keyring);
      await asOwner(connections, async (owner) => {
        if (!(await isUntouched(owner))) return;
        say('Making the demonstration service, for the first time');
        await makeDemonstration(owner, keyring, systemClock.now());
      });
      await bringPlacesIn(connections, systemClock.now());
      await bringHistoryIn(connections, systemClock.now());
      await publishAssessment(connections);
      await serveUntilToldToStop(settings, say, async ({ service }) => {
        if (service.demonstration) {
          say(
            `Every person in it is invented. Accounts, passwords and codes are on ${settings.publicUrl}/sign-in`,
          );
        }
      });
    } finally {
      await release();
    }
  },
};
