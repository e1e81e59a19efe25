import { type Both, counted, countRows, countTable, share } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import type { Share } from '../measure.ts';
import type { Window } from '../reading.ts';
import { rescueRequests } from '../readings/events.ts';
import { COMPETITION, forceLabel, openKeys } from './referral-words.ts';

const TOP = 5;

export const measure = defineMeasure({
  id: 'rescue.by-force',
  version: 1,
  title: 'Rescue requests by police force',
  definition:
    'Requests to bring a young person home up to and including the last day of the period, all time, by the police force that had found them; of those, how many ended in a rescue. With a comparison, those up to its last day. Also the share of all requests that came from the five forces with most, and the share that ended in a rescue.',
  rules: {
    geography: 'The police force that asked; the Metropolitan Police is London.',
    unknowns: 'A force that is not known takes no rank and is in the total.',
    ties: `${COMPETITION} Of forces that tie for fifth, the first by name are among the five.`,
  },
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'rescue-requests', window: 'to-date' },
      by: 'force',
      keys: 'open',
      exclusive: true,
      ranked: true,
      unranked: ['unknown'],
      further: { rescues: { records: 'rescue-requests', where: { outcome: 'rescued' }, window: 'to-date' } },
    },
    parts: {
      topFiveShare: {
        kind: 'share',
        of: { records: 'rescue-requests', window: 'to-date' },
        part: { force: 'top-five' },
      },
      rescued: {
        kind: 'share',
        of: { records: 'rescue-requests', window: 'to-date' },
        part: { outcome: 'rescued' },
      },
    },
  },
  needs: ['rescues.csv'],
  reads: { requests: rescueRequests },
  figure({ requests }, { comparison }) {
    const compared = comparison !== null;
    const sum = (window: Window, of: 'requests' | 'rescues', force?: string) =>
      requests
        .filter((row) => row.window === window && (force === undefined || row.force === force))
        .reduce((all, row) => all + row[of], 0);
    const both = (of: 'requests' | 'rescues', force?: string): Both => ({
      current: sum('current', of, force),
      previous: compared ? sum('previous', of, force) : null,
    });
    const found = new Map(requests.map(({ force }) => [force, both('requests', force)]));
    const rows = countRows(
      counted(openKeys(found.keys(), forceLabel), found, compared),
      (key) => key !== 'unknown',
    );
    const all = both('requests');
    return {
      rows: rows.map((row) => ({ ...row, rescues: sum('current', 'rescues', row.key) })),
      total: countTable([], all).total,
      topFiveShare: {
        current: topShare(
          rows.filter(({ rank }) => rank !== null).map(({ current }) => current ?? 0),
          all.current,
        ),
        previous:
          all.previous === null
            ? null
            : topShare(
                rows.filter(({ rank }) => rank !== null).map(({ previous }) => previous ?? 0),
                all.previous,
              ),
      },
      rescued: {
        current: share(sum('current', 'rescues'), all.current),
        previous: all.previous === null ? null : share(sum('previous', 'rescues'), all.previous),
      },
    };
  },
});

/** Whichever of equals are taken, five of them are as many. */
function topShare(requests: readonly number[], all: number): Share {
  const top = [...requests].sort((a, b) => b - a).slice(0, TOP);
  return share(
    top.reduce((sum, count) => sum + count, 0),
    all,
  );
}
