import { answersWith, type Fields } from '../referrals/writing-a-referral.ts';
import { faultsOf, type OpenForm, type PlainBrowser } from './plain-browser.ts';

/** Starts a draft and gives its address. @throws Error when it is not started. */
export async function startDraft(client: PlainBrowser): Promise<string> {
  const { status, location } = await client.send(await client.open('/refer', '_submission'));
  if (status !== 303 || !location.endsWith('/danger')) throw new Error(`No draft: ${status} ${location}`);
  return location.slice(0, -'/danger'.length);
}

/**
 * Answers the pages of a draft that come before one, and those that cannot be left out.
 * @param until the page to stop at; without it every page is answered.
 * @throws Error when a page does not take its answers.
 */
export async function answerUntil(
  client: PlainBrowser,
  draft: string,
  changes: Fields = {},
  until?: string,
): Promise<void> {
  for (const [part, fields] of answersWith(changes)) {
    if (part === until) return;
    const path = `${draft}/${part}`;
    // A page that the answers before it made pointless leads on.
    if ((await client.get(path)).status === 303) continue;
    const { status, body } = await client.send(await client.open(path, 'version'), fields);
    if (status !== 303) throw new Error(`${path} is not taken: ${status} ${faultsOf(body).join('; ')}`);
  }
}

/** Answers a draft up to the last look before sending, and gives that page's form. */
export async function answerAll(
  client: PlainBrowser,
  draft: string,
  changes: Fields = {},
): Promise<OpenForm> {
  await answerUntil(client, draft, changes);
  return client.open(`${draft}/check`, 'version');
}
