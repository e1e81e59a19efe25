import { formatDate } from '../platform/clock/london-time.ts';
import { parsePlainDate } from '../platform/clock/plain-date.ts';
import { byInWords, keyInWords } from './key-words.ts';
import { periodInWords } from './period-words.ts';

/** More than these are told by how many they are. */
const MOST_NAMED = 20;

/** Numbers of a report by their names, none of which says what the number is. */
export function cellsInWords(cells: readonly string[]): string {
  const named = [...new Set(cells)].slice(0, MOST_NAMED).map(cellInWords);
  const more = new Set(cells).size - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** `referrals 2020-05-01..2021-04-30 gender=female` as a reader says it; what is left over of a share, and sums, too. */
function cellInWords(cell: string): string {
  const all = cell.split(' + ');
  if (all.length > 1) return `the sum of ${all.map(cellInWords).join(' and ')}`;
  const [whole, part] = cell.split(' less ');
  if (whole !== undefined && part !== undefined)
    return `${cellInWords(whole)}, without those of ${cellInWords(part)}`;
  const [, records, from, to, where = '', earlier] =
    /^([\w-]+) (?:(\d{4}-\d\d-\d\d)?\.\.|on )(\d{4}-\d\d-\d\d)((?: \w+=.*?)?)(, published \d+)?$/.exec(
      cell,
    ) ?? [];
  const [first, last] = [parsePlainDate(from ?? ''), parsePlainDate(to ?? '')];
  if (records === undefined || last === undefined) return cell;
  const which = where
    .split(/ (?=\w+=)/)
    .filter((each) => each !== '')
    .map((each) => {
      const [property = '', value = ''] = each.trim().split('=');
      return `${byInWords(property).toLowerCase()} ${value.split('|').map(keyInWords).join(' or ')}`;
    });
  const days = first === undefined ? `up to ${formatDate(last)}` : periodInWords({ from: first, to: last });
  return [
    `${keyInWords(records).toLowerCase()}, ${days}`,
    ...which,
    ...(earlier === undefined ? [] : ['as it was published before']),
  ].join(', ');
}
