/** The fewest digits of a telephone number with its area code that is worth looking for. */
const FEWEST_DIGITS = 9;
const MOST_DIGITS = 15;

/**
 * The form in which a telephone number is looked for: its digits as they are dialled at home, so that `+44 (0)7700 900123`
 * is `07700900123`. The database makes the same of what is stored (service.referral.phone_key).
 * @returns undefined where what was typed is no telephone number
 */
export function phoneKey(typed: string): string | undefined {
  const written = typed.normalize('NFKC').trim();
  if (!/^[+(0-9][0-9\s().\p{Dash}/]*$/u.test(written)) return undefined;
  const digits = written.replace(/[^0-9+]/g, '').replace(/^(\+|00)440?/, '0');
  return digits.length >= FEWEST_DIGITS && digits.length <= MOST_DIGITS ? digits : undefined;
}
