import { text } from '../../platform/forms/fields.ts';

/** The reference of a record, as it is typed: read by `readReference`. */
export const typedReference = text({
  called: 'Reference',
  most: 40,
  needed: 'Enter the reference of the record',
});

export const NOT_A_REFERENCE = 'Enter a reference in the right form, such as HW-23BC-9XZW';
