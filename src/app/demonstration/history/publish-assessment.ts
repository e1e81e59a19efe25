import type pg from 'pg';
import { plainDate } from '../../../platform/clock/plain-date.ts';
import { asAccount } from '../../../platform/database/as-account.ts';
import type { Connections } from '../../../platform/database/connections.ts';
import { asOwner } from '../../../platform/database/reach-database.ts';
import { type Asker, Database, type Role, type Transaction } from '../../../platform/database/transaction.ts';
import {
  createReport,
  findReport,
  signOffReport,
  submitReport,
  workOutReports,
  writeText,
} from '../../../reporting/index.ts';

const TITLE = 'Strategic assessment, May 2020 to April 2021';

/** What its author says of the figures. The numbers are placeholders: prose and tables cannot disagree. */
const texts: Readonly<Record<string, string>> = {
  introduction:
    'This service of the demonstration is invented, and so is everybody in it. Its figures are those of a year that was published, so that the report can be read beside it.',
  'year-in-focus':
    '{{referrals.total current}} referrals were received, after {{referrals.total previous}} in the year before. {{referrals.decisions accepted}} of them were accepted.',
  counties:
    '{{county-lines.individuals current}} individuals were linked to a county line. Fewer than the year before, {{county-lines.individuals previous}}, in part because what is submitted has changed.',
  rescue: 'So far {{rescue.by-force rescued of}} requests ended in a rescue by the service itself.',
  outcomes: 'Of those whose support ended, {{support.positive-outcome}} had a positive outcome.',
};

/**
 * Writes and signs off a strategic assessment of the demonstration's history, as two members of its staff would; like theirs, it is
 * published by the background, which tries for a while to find out what it hides.
 * It goes on where an earlier start was killed, and does nothing once there is one.
 */
export async function publishAssessment(connections: Connections): Promise<void> {
  const begun = await asOwner(connections, findAssessment);
  if (begun.state === 'none') return;
  const as = <Result>(role: Role, name: string, work: (tx: Transaction, asker: Asker) => Promise<Result>) =>
    asAccount(
      connections,
      { email: `${name}@homeward.example`, role, task: 'assessment-of-the-demonstration' },
      work,
    );
  const analyst = <Result>(work: (tx: Transaction, asker: Asker) => Promise<Result>) =>
    as('analyst', 'yusuf.delacroix', work);

  const id = begun.id ?? (await analyst(writeAssessment));
  // One holds the turn, and counting takes two.
  const jobs = new Database(connections.jobs, { connections: 3, patience: 0 });
  try {
    await workOutReports(jobs);
    await analyst(async (tx) => {
      const report = await findReport(tx, id);
      if (report?.state === 'draft') await submitReport(tx, report);
    });
    await as('operations-manager', 'miriam.castellanos', async (tx, asker) => {
      const report = await findReport(tx, id);
      if (report?.state === 'submitted') await signOffReport(tx, report, asker);
    });
  } finally {
    await jobs.close();
  }
}

async function writeAssessment(tx: Transaction, asker: Asker): Promise<string> {
  const id = await createReport(tx, asker, {
    kind: 'strategic-assessment',
    title: TITLE,
    areaCode: null,
    period: { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') },
    comparison: { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') },
    editions: ['internal', 'public'],
    marking: 'OFFICIAL-SENSITIVE',
  });
  const report = await findReport(tx, id);
  if (!report) throw new Error('The report that was begun is not there');
  for (const [section, words] of Object.entries(texts))
    await writeText(tx, report, section, { version: 0, words, choice: 'mine' });
  return id;
}

/** The assessment that was begun and is not published; `none` where none is to be made. */
async function findAssessment(owner: pg.Client): Promise<{ state: 'none' | 'wanted'; id: string | null }> {
  const { rows } = await owner.query<{ wanted: boolean; id: string | null }>(
    `select exists (select from homeward.nature where demonstration)
         and exists (select from service.import where source = 'history-of-the-demonstration')
         and not exists (select from service.report_publication) as wanted,
       (select r.id from service.report r where r.title = $1 and r.state <> 'published' order by r.id limit 1) as id`,
    [TITLE],
  );
  const [found] = rows;
  return { state: found?.wanted ? 'wanted' : 'none', id: found?.id ?? null };
}
