/** Whom a row of casework is about, and who recorded it. */
export interface About {
  personId: string;
  episodeId: string;
  referralId: string;
  organisationId: string;
  area: string;
  /** The caseworker who works with them. */
  workerId: string;
  /** A word of its own for this kind of content and this young person. */
  canary: string;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * What a row of each table of casework holds (homeward.casework_policies), and what is changed in it so that it has a
 * history. A new one needs a line here, and in table-matrix.ts:
 *
 *   'service.contact': {
 *     row: ({ personId, organisationId, canary }) => ({ person_id: personId, organisation_id: organisationId, note: canary }),
 *     change: ({ canary }) => ({ note: `${canary}now` }),
 *   },
 */
export const caseworkRows: Readonly<
  Record<`service.${string}`, { row: (about: About) => Values; change: (about: About) => Values }>
> = {};
