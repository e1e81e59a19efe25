-- Areas: the authorities that can be responsible for a young person, and the patches coordinators work in.

create table reference.patch (
  code text primary key,
  name text not null
);

create table reference.area (
  -- GSS code of the authority; 'out-of-london' and 'not-known' are areas too, so that no referral has none.
  code text primary key,
  name text not null,
  patch text references reference.patch,
  kind text not null check (kind in ('borough', 'elsewhere', 'not-known'))
);

insert into reference.patch values
  ('north-west', 'North West'), ('south', 'South'), ('east-and-central-west', 'East and Central West');

-- No borough-by-borough list of the patches was ever published: this is a starting point, and reference data.
insert into reference.area (code, name, patch, kind) values
  ('E09000001', 'City of London', 'east-and-central-west', 'borough'),
  ('E09000002', 'Barking and Dagenham', 'east-and-central-west', 'borough'),
  ('E09000003', 'Barnet', 'north-west', 'borough'),
  ('E09000004', 'Bexley', 'south', 'borough'),
  ('E09000005', 'Brent', 'north-west', 'borough'),
  ('E09000006', 'Bromley', 'south', 'borough'),
  ('E09000007', 'Camden', 'north-west', 'borough'),
  ('E09000008', 'Croydon', 'south', 'borough'),
  ('E09000009', 'Ealing', 'north-west', 'borough'),
  ('E09000010', 'Enfield', 'north-west', 'borough'),
  ('E09000011', 'Greenwich', 'south', 'borough'),
  ('E09000012', 'Hackney', 'east-and-central-west', 'borough'),
  ('E09000013', 'Hammersmith and Fulham', 'east-and-central-west', 'borough'),
  ('E09000014', 'Haringey', 'north-west', 'borough'),
  ('E09000015', 'Harrow', 'north-west', 'borough'),
  ('E09000016', 'Havering', 'east-and-central-west', 'borough'),
  ('E09000017', 'Hillingdon', 'north-west', 'borough'),
  ('E09000018', 'Hounslow', 'north-west', 'borough'),
  ('E09000019', 'Islington', 'north-west', 'borough'),
  ('E09000020', 'Kensington and Chelsea', 'east-and-central-west', 'borough'),
  ('E09000021', 'Kingston upon Thames', 'south', 'borough'),
  ('E09000022', 'Lambeth', 'south', 'borough'),
  ('E09000023', 'Lewisham', 'south', 'borough'),
  ('E09000024', 'Merton', 'south', 'borough'),
  ('E09000025', 'Newham', 'east-and-central-west', 'borough'),
  ('E09000026', 'Redbridge', 'east-and-central-west', 'borough'),
  ('E09000027', 'Richmond upon Thames', 'south', 'borough'),
  ('E09000028', 'Southwark', 'south', 'borough'),
  ('E09000029', 'Sutton', 'south', 'borough'),
  ('E09000030', 'Tower Hamlets', 'east-and-central-west', 'borough'),
  ('E09000031', 'Waltham Forest', 'east-and-central-west', 'borough'),
  ('E09000032', 'Wandsworth', 'south', 'borough'),
  ('E09000033', 'Westminster', 'east-and-central-west', 'borough'),
  ('out-of-london', 'Outside London', null, 'elsewhere'),
  ('not-known', 'Not known yet', null, 'not-known');
