/**
 * Every number that the service takes an advisory lock with. They stand together so that no two things that have nothing
 * to do with each other wait for one another. Locks for one thing among many, such as one referral, are hashes of its
 * name instead. A number is never changed: two versions of the service must mean the same by it.
 */
export const advisoryLocks = {
  /** Shared by every user of an embedded server, in its database `postgres`: the last one stops it. */
  serverInUse: 4_866_733,
  /** One process at a time changes the shape of a database. */
  migrating: 4_866_734,
  /** Two processes of one service do not change the logins at once. */
  changingLogins: 4_866_736,
  /** One process at a time appends to the audit's tree. */
  sealing: 4_866_737,
  /** What was looked up before a record is made holds every record there is. */
  makingAPerson: 4_866_738,
  /** One import at a time. */
  importing: 4_866_739,
  /** One report is published at a time: each goes by all that was published before it. */
  publishing: 4_866_740,
  /** Shared by all who work out figures, who record nothing that is counted: they do not wait for each other (as_at.unsettled). */
  counting: 4_866_741,
  /** One process at a time works out the public editions of drafts. */
  workingOut: 4_866_742,
} as const;
