import type { PageObject } from '../support/page-object.ts';

/** What somebody chooses on a page of a referral, by question, and what they type, by label. */
export interface Given {
  /** The heading of the page it is for. */
  readonly on: string;
  readonly choose?: Readonly<Record<string, string>>;
  readonly fill?: Readonly<Record<string, string>>;
  /** Boxes that stand alone, by their label. */
  readonly tick?: readonly string[];
  readonly date?: readonly [question: string, day: string, month: string, year: string];
}

/**
 * Answers pages of a referral one after the other, and gives the page after them.
 * @throws Error when another page comes than is answered.
 */
export async function answerPages(first: PageObject, pages: readonly Given[]): Promise<PageObject> {
  let page = first;
  for (const { on, choose = {}, fill = {}, tick = [], date } of pages) {
    if ((await page.heading()) !== on) throw new Error(`“${await page.heading()}” came, not “${on}”`);
    for (const [question, answer] of Object.entries(choose)) await page.choose(question, answer);
    for (const [label, words] of Object.entries(fill)) await page.fill(label, words);
    for (const label of tick) await page.page.getByLabel(label, { exact: true }).check();
    if (date) {
      const [question, ...parts] = date;
      for (const [place, label] of ['Day', 'Month', 'Year'].entries())
        await page.fill(label, parts[place] ?? '', question);
    }
    page = await page.press('Save and continue');
  }
  return page;
}
