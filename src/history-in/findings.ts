import type pg from 'pg';
import type { LikelyKnown } from './likely-known.ts';
import type { LikelyMove } from './likely-moves.ts';
import type { SupportContinued } from './support-continued.ts';
import type { Found } from './told.ts';
import type { UnlikeRows } from './unlike-rows.ts';

/** What an import found for people to look at: nothing is wrong with its files because of it. */
export interface Findings {
  known: Found<LikelyKnown>;
  move: Found<LikelyMove>;
  unlike: Found<UnlikeRows>;
  continued: Found<SupportContinued>;
}

export const NOTHING_FOUND: Findings = {
  known: { count: 0, kept: [] },
  move: { count: 0, kept: [] },
  unlike: { count: 0, kept: [] },
  continued: { count: 0, kept: [] },
};

/**
 * Keeps with an import what it found, so that it can be worked through later: in references, without the names that say why
 * two records are alike. Those stand on the records, and are corrected there.
 */
export async function keepFindings(client: pg.Client, importId: string, findings: Findings): Promise<void> {
  const rows = Object.entries(findings).flatMap(([kind, { kept }]: [string, Found<object>]) =>
    kept.map(({ personId, otherPersonId, told }, n) => {
      const { reasons: _reasons, ...details } = { reasons: [], ...told };
      return { kind, place: n + 1, person_id: personId, other_person_id: otherPersonId, details };
    }),
  );
  if (rows.length === 0) return;
  await client.query(
    `insert into service.import_finding (import_id, kind, place, person_id, other_person_id, details)
     select $1, f.kind, f.place, f.person_id, f.other_person_id, f.details
     from jsonb_to_recordset($2) as f (kind text, place int, person_id uuid, other_person_id uuid, details jsonb)`,
    [importId, JSON.stringify(rows)],
  );
}
