import { systemClock } from '../../platform/clock/clock.ts';
import { createKeyring } from '../../platform/crypto/sealed-box.ts';
import { prepareDatabase } from '../../platform/database/prepare-database.ts';
import { asOwner, reachDatabase } from '../../platform/database/reach-database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { applicationSecret } from '../../platform/settings.ts';
import type { Command } from '../command-line.ts';
import { bringHistoryIn } from '../demonstration/history/bring-history-in.ts';
import { publishAssessment } from '../demonstration/history/publish-assessment.ts';
import { makeDemonstration } from '../demonstration/make-demonstration.ts';
import { bringPlacesIn } from '../demonstration/places/bring-places-in.ts';

export const command: Command = {
  usage: 'demo',
  summary: 'Fills an empty database with an invented service; never one that holds anything else.',
  async run({ settings, print }) {
    if (settings.environment === 'production') {
      throw new Refusal(
        'A production service never holds invented people: run this with HOMEWARD_ENV=development',
      );
    }
    const secret = await applicationSecret(settings);
    const keyring = createKeyring(secret);
    const { connections, release } = await reachDatabase(settings);
    try {
      await prepareDatabase(connections, secret, keyring);
      await asOwner(connections, (owner) => makeDemonstration(owner, keyring, systemClock.now()));
      await bringPlacesIn(connections, systemClock.now());
      await bringHistoryIn(connections, systemClock.now());
      await publishAssessment(connections);
      print(
        'The demonstration is made: start it with "homeward serve", and find its accounts on the sign-in page.',
      );
    } finally {
      await release();
    }
  },
};
