import type pg from 'pg';
import { faultLine, importHistory } from '../../../history-in/index.ts';
import type { Connections } from '../../../platform/database/connections.ts';
import { asOwner } from '../../../platform/database/reach-database.ts';
import { csvOf } from './history-csv.ts';
import { historyFiles } from './history-rows.ts';
import { makeHistory } from './make-history.ts';

/**
 * Imports the invented history into a demonstration that has none, as any service's is imported: beside the living cases,
 * whose lists it leaves as they are. Does nothing where the database is no demonstration, or holds an import already.
 */
export async function bringHistoryIn(connections: Connections, now: Date): Promise<void> {
  if (!(await asOwner(connections, isWithoutHistory))) return;
  const history = makeHistory();
  const faults: string[] = [];
  const outcome = await importHistory(connections.jobs, {
    files: historyFiles.map((name) => ({
      name,
      async *read() {
        yield Buffer.from(csvOf(name, history));
      },
    })),
    source: 'history-of-the-demonstration',
    mode: 'all',
    onBehalfOf: null,
    now,
    fault: (fault) => {
      faults.push(faultLine(fault));
    },
  });
  if (!outcome.imported) throw new Error(`The demonstration's history cannot be imported: ${faults[0]}`);
}

async function isWithoutHistory(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ without: boolean }>(
    'select exists (select from homeward.nature where demonstration) and not exists (select from service.import) as without',
  );
  return rows[0]?.without ?? false;
}
