import type { Caveat } from './caveats.ts';

/** What is frozen with the figures of an edition when it is published: all that its reader sees beside them. */
export interface Frozen {
  readonly title: string;
  readonly marking: string;
  /** The area that a borough profile is of. */
  readonly area: { readonly code: string; readonly name: string } | null;
  readonly author: string;
  readonly signedOffBy: string;
  /** ISO 8601, in UTC. */
  readonly signedOffAt: string;
  readonly publishedAt: string;
  /** What the author wrote, by section. */
  readonly texts: Readonly<Record<string, string>>;
  /** What of earlier reports was found to have changed: they are not to be found again from this one alone. */
  readonly lateCorrections: readonly Caveat[];
}
