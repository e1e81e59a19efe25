/** Onward referrals by service in each year: the second was printed (page 40), the first was not. */
export const onwardByService: Readonly<Record<string, readonly [year2: number, year3: number]>> = {
  vawg: [6, 2],
  'adult-social-care': [16, 25],
  probation: [22, 33],
  'childrens-social-care': [118, 152],
  'youth-offending-service': [97, 125],
  employment: [33, 54],
  education: [81, 100],
  housing: [49, 65],
  'family-support': [44, 61],
  'emotional-and-mental-health': [39, 53],
  health: [30, 42],
  'crime-and-offending': [27, 38],
  'finance-and-benefits': [17, 31],
  'drugs-and-alcohol': [21, 27],
  'relationship-support': [9, 10],
  other: [3, 1],
};

/** The youngest and the oldest whom a service is for, in completed years, where it is not for everybody. */
export const agesOfService: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'adult-social-care': [18, 99],
  probation: [17, 99],
  'childrens-social-care': [0, 17],
  'youth-offending-service': [10, 17],
  employment: [16, 99],
  housing: [16, 99],
  'finance-and-benefits': [16, 99],
};
