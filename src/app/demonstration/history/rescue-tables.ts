/** Requests for a rescue by the force that made them, and how many were done, up to 30 April 2021 (page 24). */
export const rescuesByForce: Readonly<Record<string, readonly [requests: number, rescues: number]>> = {
  sussex: [54, 21],
  hampshire: [25, 10],
  'thames-valley': [19, 7],
  suffolk: [18, 9],
  kent: [18, 5],
  norfolk: [17, 5],
  'devon-and-cornwall': [10, 6],
  dorset: [9, 4],
  metropolitan: [9, 3],
  essex: [6, 3],
  'police-scotland': [6, 1],
  cambridgeshire: [5, 2],
  'avon-and-somerset': [4, 0],
  'south-wales': [4, 1],
  surrey: [2, 1],
  hertfordshire: [1, 0],
  'west-midlands': [1, 0],
};

/** Rescues from May 2020 to April 2021 (page 24), and requests in that year that came to nothing (not printed). */
export const RESCUED_IN_YEAR_3 = 35;
export const NOT_RESCUED_IN_YEAR_3 = 58;

/** What became of the requests that no rescue followed. Not printed: nobody else collected was from too far away. */
export const otherOutcomes = {
  'declined-distance': 18,
  'local-authority-collected': 44,
  'family-collected': 25,
  'declined-no-capacity': 27,
  withdrawn: 16,
} as const;
