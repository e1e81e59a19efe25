/** Where the network of a young person is read. */
export const networkAddress = (personId: string): string => `/people/${personId}/network`;

/** Where it is written how they are reached safely. */
export const safeContactAddress = (personId: string): string => `/people/${personId}/safe-contact`;
