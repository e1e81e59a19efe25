/** What is imported, as the command line names it. */
export const fileKinds = ['wards', 'forces', 'deprivation', 'population', 'postcodes'] as const;
export type FileKind = (typeof fileKinds)[number];

/** What editions there are of; a population file is one of two kinds. */
export const placeKinds = [
  'wards',
  'forces',
  'deprivation',
  'population-by-age',
  'population-by-ethnic-group',
  'postcodes',
] as const;
export type PlaceKind = (typeof placeKinds)[number];

const ONS =
  'Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database right';

/** Who publishes it, as is printed below what is made of it, unless whoever imports it says otherwise. */
export const usualSource: Readonly<Record<PlaceKind, string>> = {
  wards: ONS,
  forces: ONS,
  deprivation:
    'Source: Indices of Deprivation, Ministry of Housing, Communities and Local Government, licensed under the Open Government Licence v.3.0',
  'population-by-age':
    'Source: Office for National Statistics licensed under the Open Government Licence v.3.0',
  'population-by-ethnic-group':
    'Source: Office for National Statistics licensed under the Open Government Licence v.3.0',
  postcodes: `${ONS}. Contains Royal Mail data © Royal Mail copyright and database right`,
};
