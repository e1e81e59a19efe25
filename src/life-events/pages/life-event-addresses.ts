/** Where the plan for turning 18 is written. */
export const transitionPlanAddress = (personId: string): string => `/people/${personId}/transition-plan`;

/** Where responsibility passes to another borough. */
export const boroughAddress = (personId: string): string => `/people/${personId}/borough`;

/** Where support that has ended is opened again. */
export const reopenAddress = (personId: string): string => `/people/${personId}/reopen`;

/** Where a death is recorded, and where it is said that it was recorded in error. */
export const deathAddress = (personId: string): string => `/people/${personId}/death`;
