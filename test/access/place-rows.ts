import type pg from 'pg';

/** About a mile and a half of London. */
const SQUARE = JSON.stringify({
  type: 'Polygon',
  coordinates: [
    [
      [-0.12, 51.48],
      [-0.12, 51.5],
      [-0.1, 51.5],
      [-0.1, 51.48],
      [-0.12, 51.48],
    ],
  ],
});

/** A row in each table of what is known of places, and a target. */
export async function putPlaces(owner: pg.Client): Promise<void> {
  await owner.query(`
    insert into reference.place_edition (kind, edition, source, fingerprint, rows) values ('wards', '2019', 'A publisher', repeat('0', 64), 1);
    insert into reference.edition_in_use (kind, in_use_from, edition) values ('wards', '-infinity', '2019');
    insert into reference.ward (place_edition_id, code, name, area, shape) select id, 'E05000416', 'Bishop’s', 'E09000022', '${SQUARE}' from reference.place_edition;
    insert into reference.force_shape (place_edition_id, force, code, name, shape)
    select id, 'metropolitan', 'E23000001', 'Metropolitan Police', '${SQUARE}' from reference.place_edition;
    insert into reference.deprivation (place_edition_id, ward, name, area, score, rank)
    select id, 'E05000416', 'Bishop’s', 'E09000022', 30, 1 from reference.place_edition;
    insert into reference.population (place_edition_id, area, people) select id, 'E09000022', 1 from reference.place_edition;
    insert into reference.postcode (place_edition_id, postcode) select id, 'SE1 7PB' from reference.place_edition;
    insert into reference.performance_target (measure, in_force_from, value, direction, source)
    values ('support.engaged', '2020-01-01', 60, 'at-least', 'The funder')`);
}
